// SPDX-License-Identifier: Apache-2.0
#include "projector/query/living.h"

namespace qualog::projector {

namespace {
bool is_content(Kind kind) { return kind >= Kind::Folder && kind <= Kind::Seealso; }
}  // namespace

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

Standing Liveness::if_supported(const ItemSlice& item, const ItemId& one, const ItemId& other) {
  const auto state = value_of<Life>(item, Facet::Life).state;
  const bool alive = state == LifeState::Alive && supports(one) && supports(other);
  return alive ? Standing::Alive : Standing::Gone;
}

Standing Liveness::standing(const ItemId& id, const ItemSlice& item) {
  if (item.kind == Kind::Coding || item.kind == Kind::Annotation) {
    const auto place = value_of<Place>(item, Facet::Place);
    return if_supported(item, place.code, place.source);
  }
  if (item.kind == Kind::Seealso) {
    const auto ends = value_of<Ends>(item, Facet::Ends);
    return if_supported(item, ends.from, ends.to);
  }
  return known(id);
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
    if (!is_content(item.kind)) return true;
    const Standing standing = liveness.standing(id, item);
    if (standing == Standing::Alive || standing == Standing::Merged) visit(id, item, standing);
    return true;
  });
}

}  // namespace qualog::projector
