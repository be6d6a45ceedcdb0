// SPDX-License-Identifier: Apache-2.0
#include "projector/query/history.h"

#include "projector/items.h"

#include <algorithm>

namespace qualog::projector {

namespace {

// A row that does not hold the id's bytes does not speak of the item: most need no decoding.
bool may_name(ByteView row, const ItemId& id) {
  return text_of(row).find(text_of(id.view())) != std::string_view::npos;
}

void add_facets(const EffectRow& effect, const ItemId& id, ItemChange& change) {
  for (const auto& entry : effect.entries) {
    if (entry.item != id) continue;
    change.created = change.created || entry.created;
    change.facets.push_back(entry.facet);
  }
  std::sort(change.facets.begin(), change.facets.end());
  change.facets.erase(std::unique(change.facets.begin(), change.facets.end()), change.facets.end());
}

}  // namespace

std::optional<Authorship> authorship(const Reader& reader, const ItemId& id) {
  const auto row = item(reader, id);
  if (!row) return std::nullopt;
  Authorship found{row->kind, row->created, person(reader, row->created.profile), row->modified,
                   std::nullopt};
  if (row->modified) found.modified_by = person(reader, row->modified->profile);
  return found;
}

std::vector<ItemChange> item_history(const Reader& reader, const ItemId& id) {
  std::vector<ItemChange> changes;
  reader.scan(Table::Effects, {}, [&](ByteView key, ByteView value) {
    if (!may_name(value, id)) return true;
    const auto effect = decode<EffectRow>(value);
    if (!effect) report_damaged_row(reader);
    if (!effect) return true;
    ItemChange change;
    add_facets(*effect, id, change);
    if (change.facets.empty()) return true;
    change.sequence = sequence_at_end(key);
    change.action = effect->action;
    change.time = effect->time;
    change.by.profile = effect->profile;
    change.session = effect->session;
    change.undo_of = effect->undo_of;
    change.undone_by = effect->undone_by;
    changes.push_back(std::move(change));
    return true;
  });
  for (auto& change : changes) change.by = actor(reader, change.by.profile);
  return changes;
}

}  // namespace qualog::projector
