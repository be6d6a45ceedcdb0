// SPDX-License-Identifier: Apache-2.0
// Chooser: which item a field of an action names: mostly one that is there, of a right kind, that
// nobody else edits, that makes sense (senses.h) and is not named yet; now and then a deleted, a
// foreign or a new one, or any. It knows no action. One thread.
#pragma once

#include "engine/rules/rule.h"
#include "tests/simulation/generate/senses.h"

namespace qualog::simulation {

// Who acts, and what there is to choose from.
struct Surroundings {
  const Known& known;
  const projector::Reader& state;
  SessionId session;
  std::string_view principal;
  std::size_t people = 1;
  unsigned nonsense = 0;  // percent
  CommandId last_own;     // the last command of who acts, which may still be under way
};

class Chooser {
 public:
  // For one action. `row`: nullptr for one that is not served.
  Chooser(const Surroundings& surroundings, Dice& dice, const engine::Rule* row)
      : around_(surroundings), dice_(dice), row_(row) {}

  // An item for this field of this table, the action's own or one in it; it is chosen from now on.
  // Zero: none fits.
  ItemId item(std::string_view table, std::string_view field);
  const Chosen& chosen() const { return chosen_; }
  // What the row says of a field, or other rows where it does not; nullptr: nothing.
  const engine::Reference* reference_to(std::string_view table, std::string_view field) const;

 private:
  struct Wish {
    std::string_view table;
    std::string_view field;
    bool living = true;
    bool sensible = true;
  };

  ItemId some_item(std::string_view table, std::string_view field);
  ItemId of_kinds(const engine::Reference& reference, const Wish& wish);
  ItemId first_fitting(const std::vector<ItemId>& items, const Wish& wish, int& looks);
  bool fits(const ItemId& id, const Wish& wish) const;
  bool may_edit(const Candidate& candidate, std::string_view field) const;

  const Surroundings& around_;
  Dice& dice_;
  const engine::Rule* row_;
  Chosen chosen_;
};

}  // namespace qualog::simulation
