// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/history/values_then.h"

#include "projector/value_json.h"

namespace qualog::tools {

using projector::EffectEntry;
using projector::EffectRow;
using projector::Facet;

namespace {

const EffectEntry* entry_on(const EffectRow& effect, const ItemId& item, Facet facet) {
  for (const auto& entry : effect.entries)
    if (entry.item == item && entry.facet == facet && !entry.created) return &entry;
  return nullptr;
}

}  // namespace

Bytes value_after(const projector::Reader& state, const projector::ItemRow& row, const ItemId& item,
                  Facet facet, Sequence at) {
  const auto* slot = row.find(facet);
  Bytes value = slot != nullptr ? slot->value : Bytes{};
  for (Sequence later = row.version(facet).sequence; later > at;) {
    const auto effect = projector::effect_at(state, later);
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

boost::json::value value_json(const projector::Reader& state, const ItemId& item, Facet facet,
                              const Bytes& value) {
  if (value.empty() && lies_in_own_table(facet)) return nullptr;
  return projector::facet_json(state, item, facet, value);
}

}  // namespace qualog::tools
