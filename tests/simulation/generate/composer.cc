// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/generate/composer.h"

#include "engine/decide.h"
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

}  // namespace

Composer::Composer(const Plan& plan) : plan_(plan) {
  std::uint32_t sum = 0;
  for (const auto action : all_actions()) {
    const auto weight = plan.weights[static_cast<std::size_t>(action)];
    if (weight == 0) continue;
    const auto* row = written_row(action);
    if (row != nullptr && row->lease == engine::LeaseRule::Holds) holding_.push_back(action);
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

flatbuffers::Offset<fb::Proposal> Composer::proposal(Builder& fbb, const Surroundings& around,
                                                     Dice& dice) const {
  const bool edits = is_editing(around.known, around.session);
  const auto action =
      edits && !holding_.empty() && dice.percent(60) ? dice.one_of(holding_) : some_action(dice);
  const auto body = Filler(fbb, around, dice).action(action, written_row(action));
  return fb::CreateProposal(fbb, action, body);
}

std::vector<flatbuffers::Offset<fb::Proposal>> Composer::proposals(Builder& fbb,
                                                                   const Surroundings& around,
                                                                   Dice& dice) const {
  std::vector<flatbuffers::Offset<fb::Proposal>> made = {proposal(fbb, around, dice)};
  if (dice.percent(plan_.habits.several_actions))
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
