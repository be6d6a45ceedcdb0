// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/study.h"

#include "engine/decide.h"
#include "schema/commands.h"

#include <fmt/format.h>

namespace qualog::tools {

fb::CommandT Study::command_in(const SessionId& session, std::vector<fb::ActionUnion> actions) {
  return command_of(engine::new_id<CommandId>(effects()), session, std::move(actions),
                    engine::kLatest);
}

std::vector<fb::CommandT> Study::beginning(const LineageId& lineage) {
  const auto session = new_session();
  fb::ProjectCreatedT created;
  created.lineage = lineage;
  created.title = name_text(keys_.name, "bench");
  std::vector<fb::ActionUnion> project, content;
  project.push_back(action_of(std::move(created)));
  for (std::size_t number = 0; number < kCodes; ++number)
    content.push_back(next_code(fmt::format("code {}", number)));
  for (std::size_t number = 0; number < kSources; ++number) content.push_back(next_source(number));
  std::vector<fb::CommandT> commands;
  commands.push_back(command_in(session, std::move(project)));
  commands.push_back(command_in(session, std::move(content)));
  return commands;
}

fb::ActionUnion Study::next_code(const std::string& name) {
  fb::CodeCreatedT code;
  code.id = engine::new_id<ItemId>(effects());
  code.name = name_text(keys_.name, name);
  codes_.push_back(code.id);
  return action_of(std::move(code));
}

fb::ActionUnion Study::next_source(std::size_t number) {
  fb::SourceCreatedT source;
  source.id = engine::new_id<ItemId>(effects());
  source.name = name_text(keys_.name, fmt::format("interview {}", number));
  source.text = plain_text(std::string(kSourceLength, 'a'));
  source.length = kSourceLength;
  sources_.push_back(source.id);
  return action_of(std::move(source));
}

fb::ActionUnion Study::next_coding() {
  const std::size_t number = next_++;
  fb::CodingAddedT coding;
  coding.id = engine::new_id<ItemId>(effects());
  coding.code = codes_[number * 7 % kCodes];
  coding.source = sources_[number % kSources];
  // Each time round the source the passages have other lengths, so that none comes twice.
  constexpr std::size_t kRound = kSourceLength - kLengths - 8;
  coding.begin = static_cast<std::uint32_t>(number * 31 % kRound);
  coding.end =
      *coding.begin + 8 + static_cast<std::uint32_t>((number * 13 + number / kRound) % kLengths);
  return action_of(std::move(coding));
}

fb::CommandT Study::code(const SessionId& session) {
  std::vector<fb::ActionUnion> actions;
  actions.push_back(next_code(engine::new_id<ItemId>(effects()).text()));
  return command_in(session, std::move(actions));
}

fb::CommandT Study::codings(const SessionId& session, std::size_t count) {
  std::vector<fb::ActionUnion> actions;
  for (std::size_t number = 0; number < count; ++number) actions.push_back(next_coding());
  return command_in(session, std::move(actions));
}

}  // namespace qualog::tools
