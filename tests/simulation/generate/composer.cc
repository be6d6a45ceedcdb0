// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/generate/composer.h"

#include "engine/decide.h"
#include "projector/items.h"
#include "projector/kinds.h"
#include "schema/actions.h"
#include "schema/codec.h"
#include "schema/validate.h"
#include "tests/simulation/written.h"

#include <algorithm>

namespace qualog::simulation {

namespace {

bool is_editing(const Known& known, const SessionId& session) {
  return std::ranges::any_of(known.leases(),
                             [&](const auto& held) { return held.second.session == session; });
}

// Of what this session edits.
std::vector<projector::Kind> held_kinds(const Surroundings& around) {
  std::vector<projector::Kind> kinds;
  for (const auto& [item, lease] : around.known.leases())
    if (lease.session == around.session)
      if (const auto row = projector::item_slice(around.state, item)) kinds.push_back(row->kind);
  return kinds;
}

// Whether it changes an item of these kinds, or what stands on one.
bool is_about(const engine::Rule& row, const std::vector<projector::Kind>& kinds) {
  for (const auto& reference : row.references) {
    if (std::ranges::find(row.leased, reference.field) == row.leased.end()) continue;
    for (const auto kind : reference.kinds.list()) {
      const bool stands = projector::traits_of(kind).on_place;
      if (std::ranges::find(kinds, stands ? projector::Kind::Source : kind) != kinds.end())
        return true;
    }
  }
  return false;
}

}  // namespace

Composer::Composer(const Plan& plan) : plan_(plan) {
  std::uint32_t sum = 0;
  for (const auto action : all_actions()) {
    const auto weight = plan.weights[static_cast<std::size_t>(action)];
    if (weight == 0) continue;
    const auto* row = written_row(action);
    if (row != nullptr && row->lease == engine::LeaseRule::Holds) holding_.push_back(action);
    if (row != nullptr && row->need == engine::Need::Import) importing_.push_back(action);
    sum += weight;
    actions_.emplace_back(sum, action);
  }
}

fb::Action Composer::some_action(Dice& dice) const {
  const auto luck = static_cast<std::uint32_t>(dice.below(actions_.back().first));
  const auto found = std::upper_bound(
      actions_.begin(), actions_.end(), luck,
      [](std::uint32_t value, const auto& weighted) { return value < weighted.first; });
  return found->second;
}

bool Composer::comes_up(fb::Action action) const {
  return plan_.weights[static_cast<std::size_t>(action)] > 0;
}

// Who edits changes what is edited; who has the project alone imports; what was undone is redone.
fb::Action Composer::fitting_action(const Surroundings& around, Dice& dice) const {
  const bool is_alone = around.known.exclusive() == around.session;
  if (is_alone && dice.one_in(8) && comes_up(fb::Action::ImportStarted))
    return fb::Action::ImportStarted;
  const bool was_undone = !around.known.undos().empty();
  if (was_undone && dice.one_in(30) && comes_up(fb::Action::RedoApplied))
    return fb::Action::RedoApplied;
  const auto held = held_kinds(around);
  std::vector<fb::Action> fitting;
  if (!held.empty() && dice.percent(60))
    std::ranges::copy_if(holding_, std::back_inserter(fitting),
                         [&](auto action) { return is_about(*written_row(action), held); });
  return fitting.empty() ? some_action(dice) : dice.one_of(fitting);
}

flatbuffers::Offset<fb::Proposal> Composer::proposal(Builder& fbb, const Surroundings& around,
                                                     Dice& dice) const {
  return proposal(fbb, around, dice, fitting_action(around, dice));
}

flatbuffers::Offset<fb::Proposal> Composer::proposal(Builder& fbb, const Surroundings& around,
                                                     Dice& dice, fb::Action action) const {
  const auto body = Filler(fbb, around, dice).action(action, written_row(action));
  return fb::CreateProposal(fbb, action, body);
}

std::vector<flatbuffers::Offset<fb::Proposal>> Composer::proposals(Builder& fbb,
                                                                   const Surroundings& around,
                                                                   Dice& dice) const {
  const auto first = fitting_action(around, dice);
  std::vector<flatbuffers::Offset<fb::Proposal>> made = {proposal(fbb, around, dice, first)};
  if (first == fb::Action::ImportStarted && !importing_.empty())
    for (auto more = dice.below(5); more > 0; --more)
      made.push_back(dice.one_in(2) ? proposal(fbb, around, dice, dice.one_of(importing_))
                                    : proposal(fbb, around, dice));
  else if (dice.percent(plan_.habits.several_actions))
    for (auto more = dice.from_to(1, 3); more > 0; --more)
      made.push_back(proposal(fbb, around, dice));
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
  const Surroundings around{known, state, author.session, plan_.people, plan_.habits.nonsense};
  const auto actions = fbb.CreateVector(proposals(fbb, around, dice));
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

std::optional<Bytes> Composer::other_bytes(const Bytes& sent, const Known& known,
                                           const projector::Reader& state, Dice& dice) const {
  const auto& command = **command_view(sent);
  Builder fbb(1024);
  const auto session = flatbuffers::UnPack(*command.session());
  const Surroundings around{known, state, session, plan_.people, plan_.habits.nonsense};
  const auto actions = fbb.CreateVector(proposals(fbb, around, dice));
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
