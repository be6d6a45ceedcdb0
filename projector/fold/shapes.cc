// SPDX-License-Identifier: Apache-2.0
#include "projector/fold/shapes.h"

namespace qualog::projector {

void assign(std::vector<ItemId>& into, const flatbuffers::Vector<const fb::ItemId*>* ids) {
  if (ids == nullptr || ids->size() == 0) return;
  into.clear();
  for (const auto* id : *ids) into.push_back(id_of(id));
}

RangeRow range_of(const ItemId& source, flatbuffers::Optional<std::uint32_t> begin,
                  flatbuffers::Optional<std::uint32_t> end) {
  if (!begin || !end) return {source, true, {}};
  return {source, false, {*begin, *end, false}};
}

void set_area(Change& change, const ItemId& id, Facet facet, const fb::Area* area) {
  if (area != nullptr) change.set(id, facet, area_from(area));
}

void set_place(Change& change, const ItemId& id, const ItemId& source,
               flatbuffers::Optional<std::uint32_t> begin, flatbuffers::Optional<std::uint32_t> end,
               const fb::Area* area) {
  change.set_range(id, Facet::Range, range_of(source, begin, end));
  set_area(change, id, Facet::Area, area);
}

}  // namespace qualog::projector
