// SPDX-License-Identifier: Apache-2.0
#include "projector/fold/edit.h"

#include <map>
#include <utility>

namespace qualog::projector {

namespace {

// Every range on the source, kept apart: moving one writes the rows that are read here.
std::vector<Anchored> anchored_on(const Reader& reader, const ItemId& source) {
  std::vector<Anchored> found;
  visit_anchored(reader, source.view(), [&](const Anchored& anchored) {
    found.push_back(anchored);
    return true;
  });
  return found;
}

// A whole source lies at 0 to 0 and stays there.
bool is_whole(const Reader& reader, const Anchored& anchored) {
  if (anchored.range.begin != 0 || anchored.range.end != 0) return false;
  const auto row = range_row(reader, anchored.item, anchored.facet);
  return row && row->whole;
}

// By what stands on the range: an edit may keep as many places as there are ranges.
using Kept = std::map<std::pair<ItemId, Facet>, text::Restore>;

Kept kept_in(const std::vector<SavedRange>& saved) {
  Kept kept;
  for (const auto& row : saved)
    kept.emplace(std::pair(row.item, row.facet), text::Restore{row.before, row.after});
  return kept;
}

std::vector<SavedRange> move_ranges(Change& change, const ItemId& source, const text::EditMap& map,
                                    const Kept& kept) {
  std::vector<SavedRange> saved;
  for (const auto& anchored : anchored_on(change.store(), source)) {
    if (is_whole(change.store(), anchored)) continue;
    const auto restore = kept.find({anchored.item, anchored.facet});
    const auto moved = map.move(anchored.range, restore != kept.end() ? &restore->second : nullptr);
    if (moved.restore)
      saved.push_back({anchored.item, anchored.facet, moved.restore->before, moved.restore->after});
    if (moved.range != anchored.range)
      change.place_range(anchored.item, anchored.facet, {source, false, moved.range});
  }
  return saved;
}

void rewrite(Change& change, const ItemId& source, const std::vector<text::Splice>& splices,
             const text::Pieces& inserted, const text::EditMap& map, const Kept& kept) {
  Store& store = change.store();
  auto content = content_row(store, source).value_or(ContentRow{});
  auto applied = text::apply(content.pieces, splices, inserted);
  if (!applied)
    return store.report_damage("the state: an edit does not fit its text; run verify --rebuild");
  content.pieces = std::move(applied->text);
  content.length = static_cast<std::uint32_t>(text::length(content.pieces));
  content.declared_length = content.length;
  content.version = change.act().sequence;
  put_row(store, Table::Contents, source.view(), content);
  put_row(store, Table::History, key_of(source, change.act().sequence), HistoryRow{splices});
  change.keep(
      {source, splices, std::move(applied->removed), move_ranges(change, source, map, kept)});
}

}  // namespace

void edit_text(Change& change, const ItemId& source, const std::vector<text::Splice>& splices,
               const text::Pieces& inserted) {
  rewrite(change, source, splices, inserted, text::EditMap(splices), {});
}

void take_edit_back(Change& change, const EditRow& edit) {
  rewrite(change, edit.source, text::inverse(edit.splices), edit.removed,
          text::EditMap(edit.splices).undone(), kept_in(edit.saved));
}

void visit_edits_since(const Reader& reader, const ItemId& source, Sequence seen,
                       FunctionRef<void(const HistoryRow&)> visit) {
  scan_rows_from<HistoryRow>(reader, Table::History, source.view(), key_of(source, seen.next()),
                             [&](ByteView, const HistoryRow& edit) {
                               visit(edit);
                               return true;
                             });
}

text::Range range_now(const Reader& reader, const ItemId& source, Sequence seen,
                      text::Range range) {
  visit_edits_since(reader, source, seen,
                    [&](const HistoryRow& edit) { range = text::Mapper(edit.splices).map(range); });
  return range;
}

}  // namespace qualog::projector
