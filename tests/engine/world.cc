// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/world.h"

#include "engine/folding.h"
#include "projector/query/text.h"
#include "schema/actions.h"
#include "schema/codec.h"
#include "tests/engine/blobs/every_blob.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

using engine::Answer;
using engine::Outcome;
using projector::Facet;

Person person_called(std::string_view principal) {
  Person person;
  person.principal = principal;
  person.session = id_from<SessionId>(sha256(view(principal)));
  return person;
}

World::World(std::uint8_t lineage) : keys_{Bytes(32, 0x43), test_name_key()}, lineage_(lineage) {
  LineageId id;
  id.bytes.fill(lineage);
  head_.chain = Chain(ChainDomain::Events).start(id);
  auto created = project_created("Gym in change");
  created.AsProjectCreated()->lineage = id;
  did(ann, std::move(created));
}

Person World::join(std::string_view principal, fb::Group group) {
  did(ann, member_added(principal, group));
  return person_called(principal);
}

// ---- commands -----------------------------------------------------------------------------------

fb::CommandT World::command(const Person& person, const Actions& actions) {
  auto command =
      command_of(new_command(), person.session, actions, person.seen.value_or(head().value));
  command.after = person.after;
  return command;
}

Answer World::does(const Person& person, const Actions& actions) {
  return sends(person, command(person, actions));
}

Answer World::does_blindly(const Person& person, const Actions& actions) {
  auto blind = command(person, actions);
  blind.seen = flatbuffers::nullopt;
  return sends(person, blind);
}

Sequence World::did(const Person& person, const Actions& actions) {
  const auto answer = does(person, actions);
  BOOST_REQUIRE_EQUAL(result(answer), "accepted");
  return answer.sequence;
}

Answer World::sends(const Person& person, const fb::CommandT& command, bool trusted) {
  if (!checks_refusals) return run(person, command, trusted);
  const auto before = digests();
  const auto before_head = head();
  auto answer = run(person, command, trusted);
  if (answer.outcome == Outcome::accepted && !answer.noop) return answer;
  const auto after = digests();
  BOOST_TEST((before.state == after.state), "a refusal changed the state");
  BOOST_TEST((before.content == after.content), "a refusal changed the content");
  BOOST_TEST(head().value == before_head.value);
  if (answer.outcome == Outcome::error) BOOST_TEST((before.aside == after.aside));
  return answer;
}

Answer World::run(const Person& person, const fb::CommandT& command, bool trusted) {
  clock_.pass(1);
  const engine::SessionOrder order;
  EveryBlob blobs;
  engine::Round round(state_, head_, keys_, order, static_cast<std::int64_t>(clock_.now_us()),
                      lease_timeout_us, &blobs);
  engine::Submission submission{copy(command), person.principal, trusted, {}, person.groups};
  const auto taken = round.take(submission);
  BOOST_REQUIRE_MESSAGE(taken, taken.error().message);
  keep(round);
  return round.pending().front().answer;
}

void World::keep(const engine::Round& round) {
  records_ = round.batches();
  for (const auto& batch : round.batches()) {
    events_.insert(events_.end(), batch.events.begin(), batch.events.end());
    asides_.insert(asides_.end(), batch.asides.begin(), batch.asides.end());
  }
  head_.next_event = Sequence{events_.size() + 1};
  head_.next_aside = AsideNumber{asides_.size() + 1};
}

// ---- things -------------------------------------------------------------------------------------

ItemId World::new_item() {
  ItemId id;
  id.bytes[0] = 0x01;
  id.bytes[1] = lineage_ ^ kLineage;
  id.bytes[6] = 0x70;
  ++ids_;
  for (std::size_t byte = 0; byte < 6; ++byte)
    id.bytes[15 - byte] = static_cast<std::uint8_t>(ids_ >> (8 * byte));
  return id;
}

CommandId World::new_command() { return CommandId{new_item().bytes}; }

ItemId World::a_code(std::string_view name, const ItemId& parent) {
  const auto id = new_item();
  did(ann, code_created(id, name, parent));
  return id;
}

ItemId World::a_source(std::string_view name, std::string_view text) {
  const auto id = new_item();
  did(ann, source_created(id, name, text));
  return id;
}

ItemId World::a_memo(std::string_view name) {
  const auto id = new_item();
  did(ann, source_created(id, name, "to think about", {}, fb::SourceKind::Memo));
  return id;
}

ItemId World::a_folder(std::string_view name) {
  const auto id = new_item();
  did(ann, folder_created(id, name));
  return id;
}

// ---- looks --------------------------------------------------------------------------------------

std::unique_ptr<fb::EventT> World::event(Sequence sequence) const {
  BOOST_REQUIRE(sequence.value >= 1);
  BOOST_REQUIRE(sequence.value <= events_.size());
  return unpack(**event_view(events_[sequence.value - 1]));
}

projector::Digests World::replayed() const {
  projector::MemoryStore fresh;
  projector::Fold fold(fresh);
  for (const auto& event : events_) BOOST_REQUIRE(engine::fold_event(fold, event));
  for (const auto& aside : asides_) BOOST_REQUIRE(engine::fold_aside(fold, aside));
  return projector::digests(fresh);
}

bool World::alive(const ItemId& item) const {
  return projector::standing(state_, item) == projector::Standing::Alive;
}

Sequence World::version_of(const ItemId& source) const {
  const auto content = projector::content_row(state_, source);
  return content ? content->version : Sequence{};
}

std::string World::name_of(const ItemId& item) const {
  return value<projector::Props>(item, Facet::Props).name.plain;
}

std::string World::range_of(const ItemId& item, Facet facet) const {
  const auto row = projector::range_row(state_, item, facet);
  if (!row) return "none";
  if (row->whole) return "whole";
  return "[" + std::to_string(row->range.begin) + "," + std::to_string(row->range.end) + ")" +
         (row->range.detached ? " detached" : "");
}

projector::InboxEntry World::last_refusal() const {
  auto entries = projector::inbox(state_);
  BOOST_REQUIRE(!entries.empty());
  return std::move(entries.back());
}

std::string result(const Answer& answer) {
  if (answer.refusal) return std::string(refusal_name(answer.refusal->code));
  return answer.noop ? "noop" : std::string(engine::name(answer.outcome));
}

std::string facets(const Answer& answer) {
  std::string words;
  if (!answer.refusal) return words;
  for (const auto& facet : answer.refusal->facets) {
    if (!words.empty()) words += " ";
    const auto colon = facet.find(':'), dot = facet.rfind('.');
    words += facet.substr(0, std::min(colon, dot)) + facet.substr(dot);
  }
  return words;
}

Sequence winner(const Answer& answer) {
  if (!answer.refusal || !answer.refusal->winner) return {};
  return Sequence{answer.refusal->winner->sequence};
}

}  // namespace qualog::test
