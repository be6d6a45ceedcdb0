// SPDX-License-Identifier: Apache-2.0
// MatrixModel: what the rows of the rule table say of two acts on one scene, interpreted by the
// test alone: who stands on what, who wrote which facet when, who holds the lease. It reads rows
// and never calls a check of decide. One thread.
#pragma once

#include "engine/rules/rule.h"
#include "tests/support/actions.h"

#include <map>
#include <set>
#include <string>

namespace qualog::test {

class MatrixModel {
 public:
  using Items = std::vector<ItemId>;

  // An item as the scene has it, made before anybody looks. `on`: what it would be gone with.
  void has(const ItemId& item, projector::Kind kind, Items on = {});
  void is_merged(const ItemId& code, const ItemId& into);
  void holds_lease(const ItemId& item, int session);
  // The action whose event an undo of the scene takes back.
  void will_be_undone(const Action& action) { to_undo_ = action; }

  // The act of a session, accepted as event `at`.
  void apply(const Action& action, int session, std::uint64_t at);

  // What the rows allow for an act of a session that looked at `seen`: one answer where the columns
  // decide; where a special row has a say, what it declares beside the columns' answer.
  std::set<std::string> predict(const Action& action, int session, std::uint64_t seen) const;

 private:
  struct Write {
    std::uint64_t at = 0;
    int session = 0;
  };
  struct Thing {
    projector::Kind kind = projector::Kind::None;
    Items on;
    bool dead = false;
    ItemId into;  // merged away
    Items uses;   // its classification, or its value
    Write created;
    std::map<projector::Facet, Write> writes;
    int lease = 0;  // the session that holds it
  };

  std::optional<std::string> columns(const engine::Rule& rule, const Action& action, int session,
                                     std::uint64_t seen) const;
  std::optional<std::string> of_lease(const engine::Rule& rule, const Action& action,
                                      int session) const;
  std::optional<std::string> of_exclusive(const engine::Rule& rule, int session) const;
  std::optional<std::string> of_frozen(const engine::Rule& rule) const;
  std::optional<std::string> of_references(const engine::Rule& rule, const Action& action) const;
  std::optional<std::string> of_versions(const engine::Rule& rule, const Action& action,
                                         int session, std::uint64_t seen) const;
  std::set<std::string> predict_undo(int session) const;
  bool gone(const ItemId& item) const;
  bool stands_on(const ItemId& item, const ItemId& other) const;
  Items content_of(const ItemId& item) const;
  Items written(const engine::Write& write, const Action& action) const;
  Items supports(const engine::Rule& rule, const Action& action) const;
  void take_exclusive(int session);
  void write(const engine::Rule& rule, const Action& action, int session, std::uint64_t at);
  void make(const engine::Rule& rule, const Action& action, int session, std::uint64_t at);

  std::map<ItemId, Thing> things_;
  Action to_undo_;
  bool undone_ = false;
  int exclusive_ = 0;    // the session that holds the project
  bool frozen_ = false;  // the codebook, by a milestone
};

// The ids in a field of an action, as the row names it; "" is the project.
std::vector<ItemId> ids_in(const Action& action, std::string_view field);

}  // namespace qualog::test
