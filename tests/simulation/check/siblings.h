// SPDX-License-Identifier: Apache-2.0
// Siblings: of living items of a kind under one parent no two have one name, and nothing lies below
// itself, merges counted as levels (I22). Kept from what each event touched. One thread.
#pragma once

#include "projector/tables.h"
#include "schema/fbs/event_generated.h"
#include "tests/simulation/violation.h"

#include <map>
#include <tuple>

namespace qualog::simulation {

class Siblings {
 public:
  explicit Siblings(Verdicts& verdicts) : verdicts_(verdicts) {}

  // The event is folded into `state`.
  void after(const projector::Reader& state, const fb::Event& event);

 private:
  using Name = std::tuple<ItemId, projector::Kind, Bytes>;

  void forget(const ItemId& item);
  // Whether nobody else has it.
  bool take(const ItemId& item, Name name);
  void check_tree(const projector::Reader& state, const ItemId& item);

  Verdicts& verdicts_;
  std::map<Name, ItemId> names_;
  std::map<ItemId, Name> named_;
};

}  // namespace qualog::simulation
