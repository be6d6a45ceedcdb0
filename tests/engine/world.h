// SPDX-License-Identifier: Apache-2.0
// World: one project in memory for the tests of the rules. Commands take the owner's way (a Round:
// decide, fold, profile, aside) on a MemoryStore; what a log would hold is kept, so that it can be
// folded again. With every answer it is checked that a refusal changes nothing. One thread.
#pragma once

#include "engine/owner/round.h"
#include "projector/digest.h"
#include "projector/items.h"
#include "projector/overlay.h"
#include "projector/query/inbox.h"
#include "projector/query/leases.h"
#include "tests/support/actions.h"
#include "tests/support/effects.h"

#include <array>
#include <string>
#include <vector>

namespace qualog::test {

// Somebody at work in one session.
struct Person {
  std::string principal;
  SessionId session;
  std::optional<std::uint64_t> seen;  // nothing: the head when the command is sent
  CommandId after;
  std::vector<std::string> groups = {};  // of the server's directory

  Person seeing(Sequence sequence) const {
    Person other = *this;
    other.seen = sequence.value;
    return other;
  }
  Person in_session(std::uint8_t number) const {
    Person other = *this;
    other.session.bytes[0] = number;
    return other;
  }
  Person building_on(const CommandId& command) const {
    Person other = *this;
    other.after = command;
    return other;
  }
  ItemId profile() const { return projector::profile_item(principal); }
};

Person person_called(std::string_view principal);

class World {
 public:
  static constexpr std::uint8_t kLineage = 0x22;

  // A project whose only member is ann. Another lineage is another project, with ids of its own.
  explicit World(std::uint8_t lineage = kLineage);

  const Person ann = person_called("ann");

  // Somebody whom ann adds.
  Person join(std::string_view principal, fb::Group group = fb::Group::Contributor);

  engine::Answer does(const Person& person, const Actions& actions);
  engine::Answer does(const Person& person, Action action) {
    return does(person, Actions{std::move(action)});
  }
  // As does(), without `seen`.
  engine::Answer does_blindly(const Person& person, const Actions& actions);
  // A command that is accepted with an event, or the test fails; gives its last event.
  Sequence did(const Person& person, const Actions& actions);
  Sequence did(const Person& person, Action action) {
    return did(person, Actions{std::move(action)});
  }
  // The same command again, or one that the test has made.
  engine::Answer sends(const Person& person, const fb::CommandT& command, bool trusted = false);
  fb::CommandT command(const Person& person, const Actions& actions);

  // A living thing that ann makes, the shortest way.
  ItemId a_code(std::string_view name, const ItemId& parent = {});
  ItemId a_source(std::string_view name, std::string_view text);
  ItemId a_memo(std::string_view name);
  ItemId a_folder(std::string_view name);

  // The version of a source's text.
  Sequence version_of(const ItemId& source) const;

  ItemId new_item();
  CommandId new_command();

  Sequence head() const { return head_.sequence(); }
  AsideNumber next_aside() const { return head_.next_aside; }
  projector::MemoryStore& state() { return state_; }
  FakeClock& clock() { return clock_; }
  const std::vector<Bytes>& events() const { return events_; }
  const std::vector<Bytes>& asides() const { return asides_; }
  // What the last command would append.
  const std::vector<log::Batch>& records() const { return records_; }
  // Event n as a native; n from 1.
  std::unique_ptr<fb::EventT> event(Sequence sequence) const;
  const engine::LineageKeys& keys() const { return keys_; }

  projector::Digests digests() const { return projector::digests(state_); }
  // All that was accepted and refused, folded into a store of its own.
  projector::Digests replayed() const;

  // What is alive, and what it holds.
  bool alive(const ItemId& item) const;
  template <class Value>
  Value value(const ItemId& item, projector::Facet facet) const {
    const auto row = projector::item(state_, item);
    return row ? projector::value_of<Value>(*row, facet) : Value{};
  }
  std::string name_of(const ItemId& item) const;
  // "[2,5)", "[2,5) detached", "whole"; "none" where there is no range.
  std::string range_of(const ItemId& item, projector::Facet facet = projector::Facet::Range) const;
  // The last refusal in the inbox.
  projector::InboxEntry last_refusal() const;

  std::int64_t lease_timeout_us = projector::kLeaseTimeoutUs;
  bool checks_refusals = true;  // costs two digests a refusal

 private:
  engine::Answer run(const Person& person, const fb::CommandT& command, bool trusted);
  void keep(const engine::Round& round);

  projector::MemoryStore state_;
  FakeClock clock_;
  engine::LineageKeys keys_;
  log::Head head_;
  std::vector<log::Batch> records_;
  std::vector<Bytes> events_;
  std::vector<Bytes> asides_;
  std::uint64_t ids_ = 0;
  std::uint8_t lineage_;
};

// "accepted", "noop", "error", or the code of the refusal: "STALE".
std::string result(const engine::Answer& answer);
// The facets of a refusal as kinds: "annotation.text code.below".
std::string facets(const engine::Answer& answer);
// The sequence of the event that was first; 0 where none is named.
Sequence winner(const engine::Answer& answer);

}  // namespace qualog::test
