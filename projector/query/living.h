// SPDX-License-Identifier: Apache-2.0
// All that is alive, in one pass over the items: rows are read in place, and whether the code or
// source of a coding stands is looked up once, not once a coding. What "alive" means is said by
// projector/items.h; Liveness gives the same answer. One thread; the reader outlives it.
#pragma once

#include "projector/items.h"

#include <unordered_map>

namespace qualog::projector {

class Liveness {
 public:
  explicit Liveness(const Reader& reader) : reader_(reader) {}

  // As standing(reader, id); `item` is its row.
  Standing standing(const ItemId& id, const ItemSlice& item);
  bool alive(const ItemId& id) { return known(id) == Standing::Alive; }

 private:
  Standing known(const ItemId& id);
  bool supports(const ItemId& id);

  const Reader& reader_;
  std::unordered_map<ItemId, Standing> known_;
};

// Visits every item, in the order of ids; the slice is valid during the call. False stops.
// A row that cannot be read is damage and is left out.
using VisitSlice = FunctionRef<bool(const ItemId& id, const ItemSlice& item)>;
void visit_items(const Reader& reader, VisitSlice visit);

// The same for the living items that are content (projector/kinds.h), and for those merged into a
// living one: `standing` is Alive or Merged.
using VisitLiving = FunctionRef<void(const ItemId& id, const ItemSlice& item, Standing standing)>;
void visit_living(const Reader& reader, VisitLiving visit);

}  // namespace qualog::projector
