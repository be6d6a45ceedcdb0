// SPDX-License-Identifier: Apache-2.0
#include "projector/fold/indexes.h"

#include "projector/kinds.h"
#include "projector/set_values.h"

namespace qualog::projector {

namespace {

void add_tree_rows(const ItemId& id, const ItemRow& item, std::vector<IndexRow>& rows) {
  const auto place = value_of<Parent>(item, Facet::Parent);
  rows.push_back({Table::Children, key_of(place.parent, item.kind, id), {}});
  if (value_of<Life>(item, Facet::Life).state != LifeState::Alive) return;
  const auto props = value_of<Props>(item, Facet::Props);
  rows.push_back({Table::Names, name_key(place.parent, item.kind, props.name.match),
                  Bytes(id.bytes.begin(), id.bytes.end())});
}

void add_merge_row(const ItemId& id, const ItemRow& item, std::vector<IndexRow>& rows) {
  const auto life = value_of<Life>(item, Facet::Life);
  if (life.state == LifeState::Merged) rows.push_back({Table::Merged, key_of(life.into, id), {}});
}

void add_coding_row(const ItemId& id, const ItemRow& item, std::vector<IndexRow>& rows) {
  const auto place = value_of<Place>(item, Facet::Place);
  rows.push_back({Table::Coded, key_of(place.code, id), {}});
}

void add_link_rows(const ItemId& id, const ItemRow& item, std::vector<IndexRow>& rows) {
  const auto ends = value_of<Ends>(item, Facet::Ends);
  if (ends.from) rows.push_back({Table::Links, key_of(ends.from, id), {}});
  if (ends.to && ends.to != ends.from) rows.push_back({Table::Links, key_of(ends.to, id), {}});
}

void add_use_rows(const ItemId& id, const ItemRow& item, std::vector<IndexRow>& rows) {
  const auto add = [&](const ItemId& used) {
    if (used) rows.push_back({Table::Uses, key_of(used, id), {}});
  };
  if (item.kind == Kind::Value) add(value_of<ItemValue>(item, Facet::Value).value);
  if (item.kind == Kind::Source || item.kind == Kind::Case)
    add(value_of<Linked>(item, Facet::Classification).item);
}

}  // namespace

std::vector<IndexRow> index_rows(const ItemId& id, const ItemRow& item) {
  std::vector<IndexRow> rows;
  const auto& traits = traits_of(item.kind);
  if (traits.named) add_tree_rows(id, item, rows);
  if (traits.mergeable) add_merge_row(id, item, rows);
  if (item.kind == Kind::Coding) add_coding_row(id, item, rows);
  if (traits.on_ends) add_link_rows(id, item, rows);
  add_use_rows(id, item, rows);
  return rows;
}

}  // namespace qualog::projector
