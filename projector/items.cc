// SPDX-License-Identifier: Apache-2.0
#include "projector/items.h"

#include "schema/limits.h"

#include <set>

namespace qualog::projector {

namespace {

bool rests_on_living(const Reader& reader, const ItemId& id, std::size_t depth);

// True for no item, a living one, and a merged one whose target lives.
bool supports(const Reader& reader, const ItemId& id, std::size_t depth) {
  if (!id) return true;
  const auto row = item(reader, id);
  if (!row || depth > limits::kTreeDepthMax) return false;
  const auto life = value_of<Life>(*row, Facet::Life);
  if (life.state == LifeState::Merged) return supports(reader, life.into, depth + 1);
  return life.state == LifeState::Alive && rests_on_living(reader, id, depth + 1);
}

bool rests_on_living(const Reader& reader, const ItemId& id, std::size_t depth) {
  const auto row = item(reader, id);
  if (!row) return false;
  switch (row->kind) {
    case Kind::Code:
    case Kind::Folder:
    case Kind::Source:
      return supports(reader, value_of<Parent>(*row, Facet::Parent).parent, depth);
    case Kind::Coding:
    case Kind::Annotation: {
      const auto place = value_of<Place>(*row, Facet::Place);
      return supports(reader, place.code, depth) && supports(reader, place.source, depth);
    }
    case Kind::Seealso: {
      const auto ends = value_of<Ends>(*row, Facet::Ends);
      return supports(reader, ends.from, depth) && supports(reader, ends.to, depth);
    }
    default:
      return true;
  }
}

std::vector<ItemId> ends_of_keys(const Reader& reader, Table table, ByteView prefix,
                                 std::size_t offset) {
  std::vector<ItemId> items;
  reader.scan(table, prefix, [&](ByteView key, ByteView) {
    items.push_back(item_in(key, offset));
    return true;
  });
  return items;
}

// What stands directly on an item.
std::vector<ItemId> resting_on(const Reader& reader, const ItemId& id, Kind kind) {
  std::vector<ItemId> items;
  const auto add = [&](Table table, ByteView prefix, std::size_t offset) {
    for (const auto& found : ends_of_keys(reader, table, prefix, offset)) items.push_back(found);
  };
  if (kind == Kind::Code) {
    add(Table::Children, key_of(id, Kind::Code), 17);
    add(Table::Merged, id.view(), 16);
    add(Table::Coded, id.view(), 16);
  }
  if (kind == Kind::Folder) {
    add(Table::Children, key_of(id, Kind::Folder), 17);
    add(Table::Children, key_of(id, Kind::Source), 17);
  }
  if (kind == Kind::Source) add(Table::Anchors, id.view(), 24);
  add(Table::Links, id.view(), 16);
  return items;
}

}  // namespace

std::optional<ItemRow> item(const Reader& reader, const ItemId& id) {
  return row_of<ItemRow>(reader, Table::Items, id.view());
}

Kind kind_of(const Reader& reader, const ItemId& id) {
  const auto row = item(reader, id);
  return row ? row->kind : Kind::None;
}

Standing standing(const Reader& reader, const ItemId& id) {
  const auto row = item(reader, id);
  if (!row) return Standing::Missing;
  const auto life = value_of<Life>(*row, Facet::Life);
  if (life.state == LifeState::Merged)
    return supports(reader, life.into, 0) ? Standing::Merged : Standing::Gone;
  const bool alive = life.state == LifeState::Alive && rests_on_living(reader, id, 0);
  return alive ? Standing::Alive : Standing::Gone;
}

ItemId merge_target(const Reader& reader, const ItemId& code) {
  ItemId at = code;
  for (std::size_t depth = 0; depth < limits::kTreeDepthMax; ++depth) {
    const auto row = item(reader, at);
    if (!row) return at;
    const auto life = value_of<Life>(*row, Facet::Life);
    if (life.state != LifeState::Merged) return at;
    at = life.into;
  }
  return at;
}

void visit_closure(const Reader& reader, const ItemId& root, VisitItem visit) {
  std::vector<ItemId> open = {root};
  std::set<ItemId> seen = {root};
  while (!open.empty()) {
    const ItemId id = open.back();
    open.pop_back();
    const auto row = item(reader, id);
    if (!row) continue;
    const auto state = value_of<Life>(*row, Facet::Life).state;
    if (state == LifeState::Deleted || state == LifeState::Undone) continue;
    if (!visit(id, *row)) return;
    for (const auto& above : resting_on(reader, id, row->kind))
      if (seen.insert(above).second) open.push_back(above);
  }
}

bool is_within(const Reader& reader, const ItemId& id, const ItemId& ancestor) {
  ItemId at = id;
  for (std::size_t depth = 0; at && depth <= limits::kTreeDepthMax; ++depth) {
    if (at == ancestor) return true;
    const auto row = item(reader, at);
    if (!row) return false;
    const auto life = value_of<Life>(*row, Facet::Life);
    at = life.state == LifeState::Merged ? life.into : value_of<Parent>(*row, Facet::Parent).parent;
  }
  return false;
}

std::string facet_name(Kind kind, const ItemId& id, Facet facet) {
  if (id == kProjectItem) return "project." + std::string(name(facet));
  return std::string(name(kind)) + ":" + id.text() + "." + std::string(name(facet));
}

std::uint8_t group_of(const Reader& reader, std::string_view principal) {
  const auto row = item(reader, member_item(principal));
  return row ? value_of<Role>(*row, Facet::Role).group : 0;
}

}  // namespace qualog::projector
