// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/decide/mixed_work.h"

#include "engine/decide.h"
#include "schema/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace qualog::tools {

namespace {

constexpr std::size_t kMembers = 20;
constexpr std::size_t kCategories = 55;
constexpr std::size_t kCodes = 230;
constexpr std::size_t kSources = 30;
constexpr std::uint32_t kSourceLength = 40'000;
constexpr std::size_t kBetweenBursts = 5'000;

const NameKey kNameKey{Bytes(32, 2)};

std::string name_of(std::size_t member) {
  return member == 0 ? "ada" : fmt::format("coder {}", member);
}

}  // namespace

template <class Id>
Id MixedWork::new_id() {
  Id id;
  for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(random_());
  return id;
}

MixedWork::Act MixedWork::act_of(std::size_t member, std::vector<fb::ActionUnion> actions) {
  return {name_of(member),
          command_of(new_id<CommandId>(), sessions_[member], std::move(actions), engine::kLatest)};
}

std::vector<MixedWork::Act> MixedWork::beginning() {
  for (std::size_t member = 0; member < kMembers; ++member)
    sessions_.push_back(new_id<SessionId>());
  codings_.resize(kMembers);
  fb::ProjectCreatedT created;
  created.lineage = new_id<LineageId>();
  created.title = name_text(kNameKey, "mixed work");
  std::vector<fb::ActionUnion> project, content;
  project.push_back(action_of(std::move(created)));
  for (std::size_t member = 1; member < kMembers; ++member) content.push_back(member_added(member));
  for (std::size_t made = 0; made < kCategories; ++made) content.push_back(code_created());
  categories_ = std::exchange(codes_, {});
  for (std::size_t made = 0; made < kCodes; ++made) content.push_back(code_created());
  for (std::size_t made = 0; made < kSources; ++made) content.push_back(source_created());
  std::vector<Act> acts;
  acts.push_back(act_of(0, std::move(project)));
  acts.push_back(act_of(0, std::move(content)));
  return acts;
}

std::vector<MixedWork::Act> MixedWork::next(std::size_t commands) {
  std::vector<Act> acts;
  for (std::size_t number = 1; number <= commands; ++number) {
    const auto member = below(kMembers);
    std::vector<fb::ActionUnion> actions;
    if (number % kBetweenBursts == 0)
      actions = burst(member);
    else
      actions.push_back(any_action(member));
    acts.push_back(act_of(member, std::move(actions)));
  }
  return acts;
}

fb::ActionUnion MixedWork::any_action(std::size_t member) {
  const auto percent = below(100);
  if (percent < 2 && !codings_[member].empty()) return coding_removed(member);
  if (percent < 10) return code_created();
  if (percent < 13) return code_renamed();
  if (percent < 15) return code_moved();
  if (percent < 18) return annotation_created();
  return coding_added(member);
}

fb::ActionUnion MixedWork::member_added(std::size_t member) {
  fb::MemberAddedT added;
  added.principal = name_of(member);
  added.group = fb::Group::Contributor;
  return action_of(std::move(added));
}

fb::ActionUnion MixedWork::source_created() {
  fb::SourceCreatedT source;
  source.id = new_id<ItemId>();
  source.name = name_text(kNameKey, fmt::format("interview {}", ++names_));
  source.text = plain_text(std::string(kSourceLength, 'a'));
  source.length = kSourceLength;
  sources_.push_back(source.id);
  return action_of(std::move(source));
}

fb::ActionUnion MixedWork::code_created() {
  fb::CodeCreatedT code;
  code.id = new_id<ItemId>();
  code.name = name_text(kNameKey, fmt::format("code {}", ++names_));
  if (!categories_.empty()) code.parent = one_of(categories_);
  codes_.push_back(code.id);
  return action_of(std::move(code));
}

fb::ActionUnion MixedWork::code_renamed() {
  fb::CodePropsChangedT changed;
  changed.code = one_of(codes_);
  changed.name = name_text(kNameKey, fmt::format("code {}", ++names_));
  return action_of(std::move(changed));
}

fb::ActionUnion MixedWork::code_moved() {
  fb::CodeMovedT moved;
  moved.code = one_of(codes_);
  moved.parent = one_of(categories_);
  return action_of(std::move(moved));
}

fb::ActionUnion MixedWork::coding_added(std::size_t member) {
  constexpr double kShortest = 8, kLongest = 1'200;
  std::lognormal_distribution<double> lengths(std::log(253), 1);
  const auto length = static_cast<std::uint32_t>(std::clamp(lengths(random_), kShortest, kLongest));
  fb::CodingAddedT coding;
  coding.id = new_id<ItemId>();
  coding.code = one_of(codes_);
  coding.source = one_of(sources_);
  coding.begin = static_cast<std::uint32_t>(below(kSourceLength - length));
  coding.end = *coding.begin + length;
  codings_[member].push_back(coding.id);
  return action_of(std::move(coding));
}

fb::ActionUnion MixedWork::coding_removed(std::size_t member) {
  auto& codings = codings_[member];
  std::swap(codings[below(codings.size())], codings.back());
  fb::CodingRemovedT removed;
  removed.codings = {codings.back()};
  codings.pop_back();
  return action_of(std::move(removed));
}

fb::ActionUnion MixedWork::annotation_created() {
  fb::AnnotationCreatedT annotation;
  annotation.id = new_id<ItemId>();
  annotation.source = one_of(sources_);
  annotation.begin = static_cast<std::uint32_t>(below(kSourceLength - 100));
  annotation.end = *annotation.begin + 100;
  annotation.text = plain_text("Compare this with what was said at the beginning.");
  return action_of(std::move(annotation));
}

std::vector<fb::ActionUnion> MixedWork::burst(std::size_t member) {
  constexpr double kSmallest = 300, kLargest = 5'000;
  std::uniform_real_distribution<double> sizes(std::log(kSmallest), std::log(kLargest));
  std::vector<fb::ActionUnion> actions(static_cast<std::size_t>(std::exp(sizes(random_))));
  for (auto& action : actions) action = coding_added(member);
  return actions;
}

}  // namespace qualog::tools
