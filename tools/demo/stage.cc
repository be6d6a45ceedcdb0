// SPDX-License-Identifier: Apache-2.0
#include "tools/demo/stage.h"

#include "engine/decide.h"
#include "projector/query/codes.h"
#include "projector/query/counts.h"
#include "projector/query/sources.h"
#include "schema/actions.h"
#include "schema/time.h"

#include <fmt/format.h>

namespace qualog::demo {

Error untrue(std::string_view claim) {
  return fail(Code::io,
              fmt::format("demo: this should have held and did not: {}; please report it", claim));
}

std::string called(std::string_view account) {
  std::string name(account);
  if (!name.empty() && name.front() >= 'a' && name.front() <= 'z')
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
  return name;
}

std::string time_of_day(std::int64_t unix_us) {
  const auto text = rfc3339(unix_us);
  return text.size() < 19 ? text : text.substr(11, 8) + " UTC";
}

Result<Stage> Stage::make(const std::filesystem::path& directory, engine::Effects effects) {
  QUALOG_TRY(engine::DataDirectory::init(directory));
  QUALOG_ASSIGN(auto data, engine::DataDirectory::open(directory));
  return Stage(std::move(data), effects);
}

Result<void> Stage::open(const ProjectId& id) {
  project_id_ = id;
  QUALOG_ASSIGN(project_, engine::Project::open(place(), effects_));
  if (codes_.empty()) return learn_names();
  return {};
}

Result<void> Stage::close() {
  const auto closed = project_->close();
  project_.reset();
  return closed;
}

Result<void> Stage::learn_names() {
  QUALOG_ASSIGN(const auto state, read());
  for (const auto& code : projector::codes(*state)) codes_[code.props.name.plain] = code.id;
  for (const auto& source : projector::sources(*state))
    sources_[source.props.name.plain] = source.id;
  return {};
}

Result<Sequence> Stage::head() const {
  QUALOG_ASSIGN(const auto state, read());
  const auto applied = engine::applied_of(*state);
  QUALOG_TRY(expect(applied.has_value(), "the project knows how far it has come"));
  return applied->head.sequence();
}

SessionId Stage::session(std::string_view account) {
  auto& session = sessions_[std::string(account)];
  if (!session) session = new_id<SessionId>();
  return session;
}

fb::CommandT Stage::command(std::string_view account, std::vector<fb::ActionUnion> actions,
                            std::optional<Sequence> seen) {
  const auto id = new_id<CommandId>();
  return command_of(id, session(account), std::move(actions), seen ? seen->value : engine::kLatest);
}

engine::Answer Stage::ask(std::string_view account, fb::ActionUnion action,
                          std::optional<Sequence> seen) {
  return owner().ask(command(account, {std::move(action)}, seen), std::string(account));
}

Result<Sequence> Stage::act(std::string_view account, fb::ActionUnion action) {
  const auto name = action_name(action.type);
  const auto answer = ask(account, std::move(action));
  QUALOG_TRY(expect(answer.outcome == engine::Outcome::accepted && !answer.noop,
                    fmt::format("{} may do {}", called(account), name)));
  return answer.sequence;
}

Result<ItemId> Stage::code(std::string_view name) const {
  const auto found = codes_.find(name);
  QUALOG_TRY(expect(found != codes_.end(), fmt::format("the code {} was imported", name)));
  return found->second;
}

Result<ItemId> Stage::source(std::size_t interview) const {
  const auto name = sample_interviews()[interview].name;
  const auto found = sources_.find(name);
  QUALOG_TRY(expect(found != sources_.end(), fmt::format("{} was imported", name)));
  return found->second;
}

Result<fb::CodingAddedT> Stage::coding(const SampleCoding& coding) const {
  const auto& passage = sample_passages()[coding.passage];
  fb::CodingAddedT action;
  action.id = new_id<ItemId>();
  QUALOG_ASSIGN(action.code, code(sample_codes()[coding.code].name));
  QUALOG_ASSIGN(action.source, source(passage.interview));
  action.begin = passage.begin;
  action.end = passage.end;
  return action;
}

Holdings holdings(const projector::Reader& state) {
  const auto counts = projector::counts(state);
  return {counts.codes, counts.codings};
}

}  // namespace qualog::demo
