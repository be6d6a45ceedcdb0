// SPDX-License-Identifier: Apache-2.0
// Possibilities: what somebody could do at this moment, as far as their program would offer it:
// what their role allows, what there is something to do it to, and in edit mode what changes the
// item that they edit. Read from the rows; it knows hardly any action. One thread.
#pragma once

#include "tests/simulation/generate/chooser.h"

namespace qualog::simulation {

class Possibilities {
 public:
  explicit Possibilities(const Surroundings& surroundings);

  // `row`: nullptr for an action that is not served, which nobody is offered.
  bool can(fb::Action action, const engine::Rule* row) const;
  // Whether this session has the project for itself.
  bool is_alone() const { return around_.known.exclusive() == around_.session; }
  bool edits() const { return !edited_.empty(); }

 private:
  bool is_allowed(engine::Need need) const;
  bool edits_for(const engine::Rule& row) const;
  bool has_items_for(fb::Action action, const engine::Rule& row) const;

  const Surroundings& around_;
  std::uint8_t group_;                   // fb::Group
  bool is_open_;                         // the project is not deleted
  std::vector<projector::Kind> edited_;  // of what this session edits
};

}  // namespace qualog::simulation
