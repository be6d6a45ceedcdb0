// SPDX-License-Identifier: Apache-2.0
#include "replay/meaning.h"

#include "replay/reading/log_reading.h"
#include "schema/codec.h"
#include "schema/fbs/aside_generated.h"
#include "schema/fbs/event_generated.h"
#include "schema/validate.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::replay {

void Meaning::find(Sequence before, std::string reason) {
  if (!open_.finding) open_.finding = Finding{place_, before, std::move(reason)};
}

// Why an event cannot stand where it stands, by its header.
const char* Meaning::flaw_of(const fb::Event& event, Sequence sequence) const {
  if (event.sequence() != sequence.value) return "it carries another number";
  if (event.time() < open_.time) return "its time lies before that of the event before it";
  if (begins_unit(sequence, event.group())) return nullptr;
  if (event.group() != open_.group) return "it belongs to a group that does not stand before it";
  return open_.group_closed ? "it belongs to a group that was closed before it" : nullptr;
}

void Meaning::event(Sequence sequence, ByteView stored) {
  const Sequence before{sequence.value - 1};
  const auto event = event_view(stored);
  if (!event) return find(before, fmt::format("event {}: not sound", sequence.value));
  if (const auto flaw = flaw_in(**event, stored))
    find(before, fmt::format("event {}: {} {}", sequence.value, flaw->field, flaw->problem));
  if (const char* flaw = flaw_of(**event, sequence))
    find(before, fmt::format("event {}: {}", sequence.value, flaw));
  open_.time = (*event)->time();
  open_.group = (*event)->group();
  open_.group_closed = false;
  if (begins_unit(sequence, open_.group)) open_.event_command = {};
  use((*event)->command_id(), open_.event_command, before);
}

void Meaning::aside(AsideNumber number, Sequence after, ByteView stored) {
  const auto aside = aside_view(stored);
  if (!aside) return find(after, fmt::format("aside {}: not sound", number.value));
  if (const auto flaw = flaw_in(**aside, stored))
    find(after, fmt::format("aside {}: {} {}", number.value, flaw->field, flaw->problem));
  if ((*aside)->number() != number.value)
    find(after, fmt::format("aside {}: it carries another number", number.value));
  if ((*aside)->body_type() != fb::AsideBody::ConflictDraftPart) open_.aside_command = {};
  use((*aside)->command_id(), open_.aside_command, after);
}

// The events of a group share one command, and so do the parts of a refusal.
void Meaning::use(const fb::CommandId* id, CommandId& last, Sequence before) {
  if (id == nullptr) return;
  const auto command = flatbuffers::UnPack(*id);
  if (command == last) return;
  last = command;
  uses_.push_back({command, before});
}

void Meaning::settled(const log::Place& place) {
  place_ = place;
  open_.group_closed = true;
  open_.uses = uses_.size();
  settled_ = open_;
}

void Meaning::discarded() {
  open_ = settled_;
  uses_.resize(open_.uses);
}

std::optional<Finding> Meaning::used_twice() {
  const auto order = [](const Use& a, const Use& b) {
    return std::tie(a.command, a.sequence) < std::tie(b.command, b.sequence);
  };
  std::sort(uses_.begin(), uses_.end(), order);
  const auto same = [](const Use& a, const Use& b) { return a.command == b.command; };
  const auto twice = std::adjacent_find(uses_.begin(), uses_.end(), same);
  if (twice == uses_.end()) return std::nullopt;
  const auto again = std::next(twice)->sequence;
  return Finding{
      place_, again,
      fmt::format("what follows event {} carries a command id that was used before", again.value)};
}

std::optional<Finding> Meaning::finish() {
  if (settled_.finding) return settled_.finding;
  return used_twice();
}

}  // namespace qualog::replay
