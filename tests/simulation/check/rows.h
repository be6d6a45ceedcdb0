// SPDX-License-Identifier: Apache-2.0
// Rows: what the written rows of the rules table promise of every event, held against the log
// alone: who acted, on what, with whose lease, having seen what, undoing what (I8 to I13, I22). It
// keeps books of its own and calls no check of decide; the rows in force may be others. It knows no
// action but those that change members, leases and the project's life. One thread.
#pragma once

#include "engine/rules/rule.h"
#include "projector/store.h"
#include "schema/fbs/event_generated.h"
#include "tests/simulation/check/siblings.h"

#include <functional>
#include <map>
#include <set>

namespace qualog::simulation {

class Rows {
 public:
  struct Looks {
    const projector::Reader& state;  // the fold of all events before
    std::function<const fb::Event&(std::uint64_t)> event;
    std::function<bool(const CommandId&)> is_sent;  // by a client
    // What was sent under an id, by its digest; nullptr: by no client.
    std::function<const fb::Command*(const CommandId&, const Digest&)> command;
    std::int64_t lease_timeout_us = 0;
  };

  Rows(Verdicts& verdicts, Looks looks) : verdicts_(verdicts), looks_(std::move(looks)) {}

  // The event is about to be folded.
  void before(const fb::Event& event);
  // It has been.
  void after(const fb::Event& event);
  void aside(const fb::Aside& aside);

 private:
  using Facets = std::vector<std::pair<ItemId, projector::Facet>>;

  // An event with its row; of an undo, what is undone.
  struct Asked {
    const fb::Event& event;
    const engine::Rule& row;
    const flatbuffers::Table& action;
    bool computed = false;
  };
  struct Write {
    std::uint64_t at = 0;
    SessionId session;
  };
  struct Lease {
    std::uint64_t token = 0;
    SessionId session;
  };

  Asked asked(const fb::Event& event) const;
  Asked asked_first(const fb::Event& event) const;
  const fb::Event& first_of(const fb::Event& event) const;
  bool is_computed(const fb::Event& event) const;
  static std::vector<ItemId> ids(const Asked& asked, std::string_view field);
  static Facets facets(const Asked& asked, bool checked_only);

  void check_authority(const Asked& asked);
  bool may(const Asked& asked, engine::Need need) const;
  fb::Group group_of(std::string_view principal) const;
  void check_order(const fb::Aside& aside);
  void check_winner(const fb::Aside& aside, const fb::ConflictRefused& refused);
  bool is_wrong(const engine::Reference& reference, const ItemId& id) const;
  void check_references(const Asked& asked);
  void check_reference(const Asked& asked, const engine::Reference& reference, const ItemId& id);
  bool needs_edit_mode(const Asked& asked) const;
  void check_lease(const Asked& asked);
  void check_free(const Asked& asked, const ItemId& item);
  void check_held(const Asked& asked, const ItemId& item);
  void check_first_writer(const Asked& asked);
  void check_closure(const Asked& asked, const ItemId& root, const char* invariant);
  const fb::Event& intent_of(const fb::Event& event) const;
  void check_taken_back(const Asked& asked);
  void check_undo(const Asked& asked);
  void check_group(const fb::Event& event);
  bool made_since(const ItemId& item, const Asked& asked) const;
  bool written_since(const ItemId& item, projector::Facet facet, const Asked& asked) const;
  std::vector<ItemId> content_of(const ItemId& item) const;

  void remember_writes(const Asked& asked);
  void remember_members(const fb::Event& event);
  void remember_lease(const fb::Event& event);
  void remember_exclusive(const fb::Event& event);
  void remember_record(const SessionId& session, const std::string& principal, std::int64_t time);
  void wrong(const char* invariant, const Asked& asked, const std::string& what);

  Verdicts& verdicts_;
  Looks looks_;
  std::map<std::string, fb::Group, std::less<>> groups_;
  bool deleted_ = false;  // the project
  std::map<ItemId, Lease> leases_;
  std::vector<Write> exclusive_;               // what began or ended exclusive sessions
  std::uint64_t last_exclusive_ = 0;           // the last that began one
  SessionId alone_;                            // who has the project for itself
  std::map<SessionId, std::string> sessions_;  // by whom
  std::map<SessionId, std::int64_t> last_record_;
  std::map<std::pair<ItemId, projector::Facet>, std::vector<Write>> writes_;
  std::map<ItemId, Write> created_;
  // What is in effect on a facet, and what each event found there and left.
  std::map<std::pair<ItemId, projector::Facet>, std::uint64_t> effective_;
  struct Effect {
    Facets facets;
    std::vector<std::uint64_t> found;
    std::vector<std::uint64_t> left;
  };
  std::map<std::uint64_t, Effect> effects_;
  Siblings siblings_{verdicts_};
  std::int64_t clock_ = 0;
  std::uint64_t group_ = 0;  // that the events before belong to
  CommandId command_;        // of the event before
};

}  // namespace qualog::simulation
