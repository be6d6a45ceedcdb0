// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/generate/composer.h"

#include "engine/decide.h"
#include "schema/actions.h"
#include "schema/codec.h"
#include "schema/validate.h"
#include "tests/simulation/generate/possibilities.h"
#include "tests/simulation/written.h"

#include <algorithm>

namespace qualog::simulation {

namespace {

bool is_editing(const Known& known, const SessionId& session) {
  return std::ranges::any_of(known.leases(),
                             [&](const auto& held) { return held.second.session == session; });
}

constexpr int kTriesMax = 8;

}  // namespace

Composer::Composer(const Plan& plan) : plan_(plan) {
  const auto add = [](Weighted& to, std::uint32_t weight, fb::Action action) {
    to.emplace_back(weight + (to.empty() ? 0 : to.back().first), action);
  };
  for (const auto action : all_actions()) {
    const auto weight = plan.weights[static_cast<std::size_t>(action)];
    if (weight == 0) continue;
    const auto* row = written_row(action);
    if (row != nullptr && row->lease == engine::LeaseRule::Holds) add(holding_, weight, action);
    if (row != nullptr && row->need == engine::Need::Import) importing_.push_back(action);
    add(actions_, weight, action);
  }
}

fb::Action Composer::one_of(const Weighted& actions, Dice& dice) {
  const auto luck = static_cast<std::uint32_t>(dice.below(actions.back().first));
  const auto found = std::upper_bound(
      actions.begin(), actions.end(), luck,
      [](std::uint32_t value, const auto& weighted) { return value < weighted.first; });
  return found->second;
}

bool Composer::comes_up(fb::Action action) const {
  return plan_.weights[static_cast<std::size_t>(action)] > 0;
}

// Nothing: they find nothing to do. Now and then somebody tries what cannot be.
std::optional<fb::Action> Composer::fitting_action(const Surroundings& around, Dice& dice) const {
  if (dice.one_in(12)) return one_of(actions_, dice);
  const Possibilities possible(around);
  if (possible.is_alone() && dice.one_in(8) && comes_up(fb::Action::ImportStarted))
    return fb::Action::ImportStarted;
  if (!around.known.undos().empty() && dice.one_in(30) && comes_up(fb::Action::RedoApplied))
    return fb::Action::RedoApplied;
  const bool edits = possible.edits() && !holding_.empty() && dice.percent(60);
  for (int tries = 0; tries < kTriesMax; ++tries) {
    const auto action = one_of(edits ? holding_ : actions_, dice);
    if (possible.can(action, written_row(action))) return action;
  }
  return std::nullopt;
}

// Empty: nothing to do.
std::vector<fb::Action> Composer::some_actions(const Surroundings& around, Dice& dice) const {
  std::vector<fb::Action> actions;
  const auto add = [&](std::optional<fb::Action> action) {
    if (action) actions.push_back(*action);
  };
  add(fitting_action(around, dice));
  if (actions.empty()) return actions;
  if (actions.front() == fb::Action::ImportStarted && !importing_.empty())
    for (auto more = dice.below(5); more > 0; --more)
      add(dice.one_in(2) ? dice.one_of(importing_) : fitting_action(around, dice));
  else if (dice.percent(plan_.habits.several_actions))
    for (auto more = dice.from_to(1, 3); more > 0; --more) add(fitting_action(around, dice));
  return actions;
}

std::vector<flatbuffers::Offset<fb::Proposal>> Composer::proposals(Builder& fbb,
                                                                   const Surroundings& around,
                                                                   Dice& dice) const {
  std::vector<flatbuffers::Offset<fb::Proposal>> made;
  for (const auto action : some_actions(around, dice))
    if (const auto body = Filler(fbb, around, dice, written_row(action)).action(action))
      made.push_back(fb::CreateProposal(fbb, action, *body));
  return made;
}

flatbuffers::Optional<std::uint64_t> Composer::look(const Author& author,
                                                    const Surroundings& around, Sequence head,
                                                    Dice& dice) const {
  const auto& habits = plan_.habits;
  if (dice.percent(habits.no_look)) return flatbuffers::nullopt;
  if (dice.percent(habits.newest_look)) return engine::kLatest;
  // Who reads on while somebody else edits.
  if (around.known.last_edit() && dice.one_in(8)) return around.known.last_edit().value - 1;
  // Who waited for an edit mode looked before the one edited who had it.
  if (const auto before = around.known.before_last_editor(around.session); before && dice.one_in(4))
    return before.value;
  // Who edits has the text of before still in mind.
  if (dice.percent(habits.old_look) || (is_editing(around.known, around.session) && dice.one_in(3)))
    return author.looked.value - dice.below(std::min<std::uint64_t>(author.looked.value, 25) + 1);
  if (dice.one_in(150)) return head.value + 1 + dice.below(3);
  return author.looked.value;
}

std::optional<Bytes> Composer::compose(const Author& author, const Known& known,
                                       const projector::Reader& state, Sequence head,
                                       Dice& dice) const {
  Builder fbb(1024);
  const Surroundings around{known,
                            state,
                            author.session,
                            author.principal,
                            plan_.people,
                            plan_.habits.nonsense,
                            author.own.empty() ? CommandId{} : author.own.back()};
  const auto made = proposals(fbb, around, dice);
  if (made.empty()) return std::nullopt;
  const auto actions = fbb.CreateVector(made);
  flatbuffers::Offset<fb::Text> reason;
  if (dice.one_in(20)) reason = fb::CreateText(fbb, fbb.CreateString("why"), {}, 3);
  CommandId after;
  if (dice.percent(plan_.habits.builds_on) && !author.own.empty())
    after = dice.one_in(8) ? dice.id<CommandId>() : dice.one_of(author.own);
  const auto id = flatbuffers::Pack(dice.id<CommandId>());
  const auto session = flatbuffers::Pack(author.session);
  const auto packed_after = flatbuffers::Pack(after);
  return finished(fbb, fb::CreateCommand(fbb, &id, &session, look(author, around, head, dice),
                                         after ? &packed_after : nullptr, reason, actions));
}

Bytes Composer::again(const Bytes& sent, const Author& author, Dice& dice) const {
  auto command = unpack(**command_view(sent));
  command->command_id = dice.id<CommandId>();
  command->session = author.session;
  command->after = {};
  if (command->seen) command->seen = author.looked.value;
  Bytes bytes;
  pack(*command, bytes);
  return bytes;
}

std::optional<Bytes> Composer::other_bytes(const Bytes& sent, const Author& author,
                                           const Known& known, const projector::Reader& state,
                                           Dice& dice) const {
  const auto& command = **command_view(sent);
  Builder fbb(1024);
  const auto session = flatbuffers::UnPack(*command.session());
  const Surroundings around{
      known, state, session, author.principal, plan_.people, plan_.habits.nonsense, {}};
  const auto made = proposals(fbb, around, dice);
  if (made.empty()) return std::nullopt;
  const auto actions = fbb.CreateVector(made);
  return finished(fbb, fb::CreateCommand(fbb, command.command_id(), command.session(),
                                         command.seen(), nullptr, {}, actions));
}

std::optional<Bytes> Composer::finished(Builder& fbb, flatbuffers::Offset<fb::Command> command) {
  fbb.Finish(command, fb::CommandIdentifier());
  Bytes bytes(fbb.GetBufferPointer(), fbb.GetBufferPointer() + fbb.GetSize());
  const auto view = command_view(bytes);
  if (!view || flaw_in(**view, bytes.size())) return std::nullopt;
  pack(*unpack(**view), bytes);
  return bytes;
}

}  // namespace qualog::simulation
