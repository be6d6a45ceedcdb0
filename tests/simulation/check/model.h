// SPDX-License-Identifier: Apache-2.0
// Model: a project as the pages of rules describe it, kept in maps, written without a look at how
// decide or fold do it: names, the tree, what is alive, first writer wins, leases, roles. Of each
// command of one common action it says beforehand what the answer must be; where texts, positions
// or undo decide, it says nothing. Events teach it what happened. One thread.
#pragma once

#include "schema/fbs/command_generated.h"
#include "tests/simulation/check/model_items.h"
#include "tests/simulation/check/outcomes.h"
#include "tests/simulation/violation.h"

#include <functional>
#include <set>

namespace qualog::simulation {

struct ModelRow;  // model_rows.h

class Model {
 public:
  struct Looks {
    // What was sent under an id, by its digest; nullptr: by no client.
    std::function<const fb::Command*(const CommandId&, const Digest&)> command;
    const Outcomes& outcomes;
    std::int64_t lease_timeout_us = 0;
    bool speaks = true;  // only where nothing happens but the actions that it knows
  };

  Model(Verdicts& verdicts, Looks looks) : verdicts_(verdicts), looks_(std::move(looks)) {}

  void event(const fb::Event& event);
  void aside(const fb::Aside& aside);
  std::uint64_t compared() const { return compared_; }

 private:
  struct Asked {
    const fb::Command& command;
    fb::Action type;
    const flatbuffers::Table& action;
    std::string principal;
    SessionId session;
    std::uint64_t head = 0;
    std::int64_t now = 0;
  };
  using Answer = std::optional<std::string>;  // nothing: go on, or nothing is said

  Answer expected(const Asked& asked) const;
  Answer of_command(const Asked& asked) const;
  Answer of_role(const ModelRow& row, const Asked& asked) const;
  Answer of_lease(const ModelRow& row, const Asked& asked) const;
  Answer of_references(const ModelRow& row, const Asked& asked) const;
  Answer of_claim(const ModelRow& row, const Asked& asked) const;
  Answer of_names(const ModelRow& row, const Asked& asked) const;
  Answer of_versions(const ModelRow& row, const Asked& asked) const;
  Answer of_repetition(const Asked& asked) const;
  Answer of_members(const Asked& asked) const;
  Answer of_the_rest(const Asked& asked) const;
  bool is_said(const Asked& asked) const;
  static bool is_beyond(const Asked& asked);
  bool locked(const ItemId& item, const Asked& asked) const;
  bool unseen(const ItemId& item, projector::Facet facet, const Asked& asked) const;
  std::uint64_t seen(const Asked& asked) const;
  void compare(const Asked& asked, const std::string& answer, const std::string& more = {});

  void learn(const fb::Event& event);
  void learn_action(const fb::Event& event);
  void learn_memo(const fb::Event& event, const ItemId& item, const ItemId& memo);
  void learn_guests(const fb::Event& event);
  void learn_record(const SessionId& session, const std::string& principal, std::int64_t time);

  Verdicts& verdicts_;
  Looks looks_;
  ModelItems items_;
  std::map<std::string, fb::Group> groups_;
  bool guests_ = true;
  std::map<std::uint64_t, bool> guests_before_;  // an event that set it
  bool deleted_ = false;
  struct Lease {
    std::uint64_t token = 0;
    SessionId session;
  };
  std::map<ItemId, Lease> leases_;
  struct Session {
    std::string principal;
    std::int64_t last = 0;
  };
  std::map<SessionId, Session> sessions_;
  std::set<ItemId> immutable_;  // sources that nobody can edit
  bool lost_ = false;           // something happened that it knows nothing of
  std::uint64_t compared_ = 0;
};

}  // namespace qualog::simulation
