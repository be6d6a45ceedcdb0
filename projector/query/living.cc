// SPDX-License-Identifier: Apache-2.0
#include "projector/query/living.h"

#include "projector/kinds.h"

#include <algorithm>

namespace qualog::projector {

Standing Liveness::known(const ItemId& id) {
  const auto [at, is_new] = known_.try_emplace(id, Standing::Missing);
  if (is_new) at->second = projector::standing(reader_, id);
  return at->second;
}

bool Liveness::supports(const ItemId& id) {
  if (!id) return true;
  const Standing standing = known(id);
  return standing == Standing::Alive || standing == Standing::Merged;
}

Standing Liveness::standing(const ItemId& id, const ItemSlice& item) {
  if (traits_of(item.kind).on_parent) return known(id);
  if (value_of<Life>(item, Facet::Life).state != LifeState::Alive) return known(id);
  const auto below = supports_of(item);
  const bool alive =
      std::all_of(below.begin(), below.end(), [&](const ItemId& one) { return supports(one); });
  return alive ? Standing::Alive : Standing::Gone;
}

void visit_items(const Reader& reader, VisitSlice visit) {
  ItemSlice item;
  reader.scan(Table::Items, {}, [&](ByteView key, ByteView value) {
    Decoder decoder(value);
    describe(decoder, item);
    if (decoder.complete() && key.size() == sizeof(ItemId)) return visit(item_in(key, 0), item);
    reader.report_damage("the state: an item cannot be read; run verify --rebuild");
    return true;
  });
}

void visit_living(const Reader& reader, VisitLiving visit) {
  Liveness liveness(reader);
  visit_items(reader, [&](const ItemId& id, const ItemSlice& item) {
    if (!traits_of(item.kind).content) return true;
    const Standing standing = liveness.standing(id, item);
    if (standing == Standing::Alive || standing == Standing::Merged) visit(id, item, standing);
    return true;
  });
}

}  // namespace qualog::projector
