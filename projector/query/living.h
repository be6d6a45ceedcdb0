// SPDX-License-Identifier: Apache-2.0
// All that is alive, in one pass over the items: rows are read in place, and whether the code or
// source of a coding stands is looked up once, not once a coding. What "alive" means is said by
// projector/items.h; Liveness gives the same answer. One thread; the reader outlives it.
#pragma once

#include "projector/items.h"

#include <unordered_map>

namespace qualog::projector {

// FacetRow and ItemRow read in place: views into the stored row.
struct FacetSlice {
  Facet facet = Facet::None;
  ByteView value;
  std::optional<Version> version;
};
template <class Visitor>
void describe(Visitor& visit, FacetSlice& row) {
  visit("facet", row.facet);
  visit("value", row.value);
  visit("version", row.version);
}

struct ItemSlice {
  Kind kind = Kind::None;
  Stamp created;
  std::optional<Stamp> modified;
  std::vector<FacetSlice> facets;

  // Empty where the item has no such facet.
  ByteView value(Facet facet) const;
};
template <class Visitor>
void describe(Visitor& visit, ItemSlice& row) {
  visit("kind", row.kind);
  visit("created", row.created);
  visit("modified", row.modified);
  visit("facets", row.facets);
}

// The value of a facet; a default value where the item has none.
template <class Value>
Value value_of(const ItemSlice& item, Facet facet) {
  const auto value = item.value(facet);
  return value.empty() ? Value{} : decode<Value>(value).value_or(Value{});
}

class Liveness {
 public:
  explicit Liveness(const Reader& reader) : reader_(reader) {}

  // As standing(reader, id); `item` is its row.
  Standing standing(const ItemId& id, const ItemSlice& item);
  bool alive(const ItemId& id) { return known(id) == Standing::Alive; }

 private:
  Standing known(const ItemId& id);
  bool supports(const ItemId& id);
  Standing if_supported(const ItemSlice& item, const ItemId& one, const ItemId& other);

  const Reader& reader_;
  std::unordered_map<ItemId, Standing> known_;
};

// Visits every item, in the order of ids; the slice is valid during the call. False stops.
// A row that cannot be read is damage and is left out.
using VisitSlice = FunctionRef<bool(const ItemId& id, const ItemSlice& item)>;
void visit_items(const Reader& reader, VisitSlice visit);

// The same for the living folders, sources, codes, codings, annotations and links, and for the
// codes merged into a living one: `standing` is Alive or Merged.
using VisitLiving = FunctionRef<void(const ItemId& id, const ItemSlice& item, Standing standing)>;
void visit_living(const Reader& reader, VisitLiving visit);

}  // namespace qualog::projector
