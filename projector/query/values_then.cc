// SPDX-License-Identifier: Apache-2.0
#include "projector/query/values_then.h"

#include <algorithm>

namespace qualog::projector {

namespace {

const EffectEntry* entry_on(const EffectRow& effect, const ItemId& item, Facet facet) {
  const auto found = std::ranges::find_if(effect.entries, [&](const EffectEntry& entry) {
    return entry.item == item && entry.facet == facet && !entry.created;
  });
  return found == effect.entries.end() ? nullptr : &*found;
}

}  // namespace

Bytes value_after(const Reader& reader, const ItemRow& row, const ItemId& item, Facet facet,
                  Sequence at) {
  const auto* slot = row.find(facet);
  Bytes value = slot != nullptr ? slot->value : Bytes{};
  for (Sequence later = row.version(facet).sequence; later > at;) {
    const auto effect = effect_at(reader, later);
    const auto* entry = effect ? entry_on(*effect, item, facet) : nullptr;
    if (entry == nullptr) break;
    value = entry->before;
    later = entry->previous.sequence;
  }
  return value;
}

bool lies_in_own_table(Facet facet) {
  return facet == Facet::Range || facet == Facet::RangeTo || facet == Facet::Content;
}

}  // namespace qualog::projector
