// SPDX-License-Identifier: Apache-2.0
#include "projector/items.h"

#include "schema/limits.h"

#include <algorithm>
#include <array>
#include <set>

namespace qualog::projector {

namespace {

bool rests_on_living(const Reader& reader, const ItemSlice& row, std::size_t depth);

// True for no item, a living one, and a merged one whose target lives.
bool supports(const Reader& reader, const ItemId& id, std::size_t depth) {
  if (!id) return true;
  const auto row = item_slice(reader, id);
  if (!row || depth > limits::kTreeDepthMax) return false;
  const auto life = value_of<Life>(*row, Facet::Life);
  if (life.state == LifeState::Merged) return supports(reader, life.into, depth + 1);
  return life.state == LifeState::Alive && rests_on_living(reader, *row, depth + 1);
}

// What an item stands on directly; zero: nothing.
template <class Row>
std::array<ItemId, 2> supports_of(const Row& row) {
  switch (row.kind) {
    case Kind::Code:
    case Kind::Folder:
    case Kind::Source:
      return {value_of<Parent>(row, Facet::Parent).parent, {}};
    case Kind::Coding:
    case Kind::Annotation: {
      const auto place = value_of<Place>(row, Facet::Place);
      return {place.code, place.source};
    }
    case Kind::Seealso: {
      const auto ends = value_of<Ends>(row, Facet::Ends);
      return {ends.from, ends.to};
    }
    default:
      return {};
  }
}

bool rests_on_living(const Reader& reader, const ItemSlice& row, std::size_t depth) {
  const auto below = supports_of(row);
  return supports(reader, below[0], depth) && supports(reader, below[1], depth);
}

std::vector<ItemId> ends_of_keys(const Reader& reader, Table table, ByteView prefix) {
  std::vector<ItemId> items;
  reader.scan(table, prefix, [&](ByteView key, ByteView) {
    items.push_back(item_at_end(key));
    return true;
  });
  return items;
}

bool is_merged(const Reader& reader, const ItemId& id) {
  const auto row = item_slice(reader, id);
  return row && value_of<Life>(*row, Facet::Life).state == LifeState::Merged;
}

// What stands directly on an item.
std::vector<ItemId> resting_on(const Reader& reader, const ItemId& id, Kind kind) {
  std::vector<ItemId> items;
  const auto add = [&](Table table, ByteView prefix) {
    for (const auto& found : ends_of_keys(reader, table, prefix)) items.push_back(found);
  };
  if (kind == Kind::Code) {
    add(Table::Children, key_of(id, Kind::Code));
    std::erase_if(items, [&](const ItemId& child) { return is_merged(reader, child); });
    add(Table::Merged, id.view());
    add(Table::Coded, id.view());
  }
  if (kind == Kind::Folder) {
    add(Table::Children, key_of(id, Kind::Folder));
    add(Table::Children, key_of(id, Kind::Source));
  }
  if (kind == Kind::Source)
    visit_anchored(reader, id.view(), [&](const Anchored& anchored) {
      items.push_back(anchored.item);
      return true;
    });
  add(Table::Links, id.view());
  return items;
}

}  // namespace

std::optional<ItemRow> item(const Reader& reader, const ItemId& id) {
  return row_of<ItemRow>(reader, Table::Items, id.view());
}

std::optional<ItemSlice> item_slice(const Reader& reader, const ItemId& id) {
  return row_of<ItemSlice>(reader, Table::Items, id.view());
}

Kind kind_of(const Reader& reader, const ItemId& id) {
  const auto row = item_slice(reader, id);
  return row ? row->kind : Kind::None;
}

Standing standing(const Reader& reader, const ItemId& id) {
  const auto row = item_slice(reader, id);
  return row ? standing(reader, *row) : Standing::Missing;
}

Standing standing(const Reader& reader, const ItemSlice& item) {
  const auto life = value_of<Life>(item, Facet::Life);
  if (life.state == LifeState::Merged)
    return supports(reader, life.into, 0) ? Standing::Merged : Standing::Gone;
  const bool alive = life.state == LifeState::Alive && rests_on_living(reader, item, 0);
  return alive ? Standing::Alive : Standing::Gone;
}

ItemId cause_of_end(const Reader& reader, const ItemId& id) {
  ItemId at = id;
  for (std::size_t depth = 0; depth <= 2 * limits::kTreeDepthMax; ++depth) {
    const auto row = item(reader, at);
    if (!row) return id;
    const auto life = value_of<Life>(*row, Facet::Life);
    const auto below = supports_of(*row);
    if (life.state == LifeState::Merged)
      at = life.into;
    else if (life.state != LifeState::Alive)
      return at;
    else if (!supports(reader, below[0], 0))
      at = below[0];
    else if (!supports(reader, below[1], 0))
      at = below[1];
    else
      return at;
  }
  return id;
}

ItemId merge_target(const Reader& reader, const ItemId& code) {
  ItemId at = code;
  for (std::size_t depth = 0; depth < limits::kTreeDepthMax; ++depth) {
    const auto row = item_slice(reader, at);
    if (!row) return at;
    const auto life = value_of<Life>(*row, Facet::Life);
    if (life.state != LifeState::Merged) return at;
    at = life.into;
  }
  return at;
}

namespace {

ItemId held(const Reader& reader, const ItemId& id, Facet facet) {
  const auto row = item_slice(reader, id);
  return row ? value_of<Linked>(*row, facet).item : ItemId{};
}

ItemId other_end(const Reader& reader, const ItemId& id, Facet mine, Facet theirs) {
  const ItemId other = held(reader, id, mine);
  if (!other || held(reader, other, theirs) != id) return {};
  return standing(reader, other) == Standing::Alive ? other : ItemId{};
}

}  // namespace

ItemId memo_of(const Reader& reader, const ItemId& item) {
  return other_end(reader, item, Facet::Memo, Facet::Owner);
}

ItemId item_of_memo(const Reader& reader, const ItemId& memo) {
  return other_end(reader, memo, Facet::Owner, Facet::Memo);
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
    const auto row = item_slice(reader, at);
    if (!row) return false;
    const auto life = value_of<Life>(*row, Facet::Life);
    at = life.state == LifeState::Merged ? life.into : value_of<Parent>(*row, Facet::Parent).parent;
  }
  return false;
}

std::size_t levels_above(const Reader& reader, const ItemId& id) {
  std::size_t levels = 0;
  for (ItemId at = id; at && levels <= limits::kTreeDepthMax; ++levels) {
    const auto row = item_slice(reader, at);
    if (!row) return levels;
    const auto life = value_of<Life>(*row, Facet::Life);
    at = life.state == LifeState::Merged ? life.into : value_of<Parent>(*row, Facet::Parent).parent;
  }
  return levels;
}

std::size_t levels_below(const Reader& reader, const ItemId& id) {
  std::size_t levels = 0;
  for (std::vector<ItemId> level = {id}; levels <= limits::kTreeDepthMax; ++levels) {
    std::vector<ItemId> next;
    for (const auto& above : level) {
      for (const auto kind : {Kind::Code, Kind::Folder})
        for (const auto& child : ends_of_keys(reader, Table::Children, key_of(above, kind)))
          next.push_back(child);
      for (const auto& merged : ends_of_keys(reader, Table::Merged, above.view()))
        next.push_back(merged);
    }
    if (next.empty()) return levels;
    level = std::move(next);
  }
  return levels;
}

std::string facet_name(Kind kind, const ItemId& id, Facet facet) {
  if (id == kProjectItem) return "project." + std::string(name(facet));
  return std::string(name(kind)) + ":" + id.text() + "." + std::string(name(facet));
}

bool guests_may_read(const Reader& reader) {
  const auto project = item_slice(reader, kProjectItem);
  return project && value_of<Guest>(*project, Facet::Guest).on;
}

std::uint8_t group_of(const Reader& reader, std::string_view principal) {
  const auto row = item_slice(reader, member_item(principal));
  return row ? value_of<Role>(*row, Facet::Role).group : 0;
}

}  // namespace qualog::projector
