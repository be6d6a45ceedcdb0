// SPDX-License-Identifier: Apache-2.0
#include "projector/query/milestones.h"

#include "projector/items.h"

#include <algorithm>
#include <tuple>

namespace qualog::projector {

namespace {

MilestoneEntry entry_of(const ItemId& id, const ItemSlice& item) {
  return {id, value_of<Props>(item, Facet::Props).name, value_of<Freeze>(item, Facet::Freeze),
          item.created};
}

}  // namespace

std::vector<MilestoneEntry> milestones(const Reader& reader) {
  std::vector<MilestoneEntry> entries;
  for (const auto& id : ends_of_keys(reader, Table::Children, key_of({}, Kind::Milestone))) {
    const auto item = item_slice(reader, id);
    if (!item) report_damaged_row(reader);
    if (item && standing(reader, *item) == Standing::Alive) entries.push_back(entry_of(id, *item));
  }
  const auto order = [](const MilestoneEntry& entry) {
    return std::tie(entry.moment.sequence, entry.created.sequence);
  };
  std::sort(entries.begin(), entries.end(),
            [&](const auto& a, const auto& b) { return order(a) < order(b); });
  return entries;
}

}  // namespace qualog::projector
