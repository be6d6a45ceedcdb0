// SPDX-License-Identifier: Apache-2.0
#include "projector/items.h"

#include "projector/kinds.h"
#include "schema/fbs/action_generated.h"
#include "schema/limits.h"

#include <algorithm>
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

template <class Row>
std::array<ItemId, 5> supports_in(const Row& row) {
  const auto& traits = traits_of(row.kind);
  std::array<ItemId, 5> below{};
  if (traits.on_parent) below[0] = value_of<Parent>(row, Facet::Parent).parent;
  if (traits.on_place) {
    const auto place = value_of<Place>(row, Facet::Place);
    below[1] = place.code, below[2] = place.source;
  }
  if (traits.on_ends) {
    const auto ends = value_of<Ends>(row, Facet::Ends);
    below[3] = ends.from, below[4] = ends.to;
  }
  return below;
}

bool rests_on_living(const Reader& reader, const ItemSlice& row, std::size_t depth) {
  const auto below = supports_of(row);
  return std::all_of(below.begin(), below.end(),
                     [&](const ItemId& id) { return supports(reader, id, depth); });
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
  const auto& traits = traits_of(kind);
  for (const auto child : traits.children) add(Table::Children, key_of(id, child));
  if (traits.mergeable) {
    std::erase_if(items, [&](const ItemId& child) { return is_merged(reader, child); });
    add(Table::Merged, id.view());
  }
  if (traits.coded) add(Table::Coded, id.view());
  if (kind == Kind::Source)
    visit_anchored(reader, id.view(), [&](const Anchored& anchored) {
      items.push_back(anchored.item);
      return true;
    });
  add(Table::Links, id.view());
  return items;
}

}  // namespace

std::array<ItemId, 5> supports_of(const ItemRow& item) { return supports_in(item); }
std::array<ItemId, 5> supports_of(const ItemSlice& item) { return supports_in(item); }

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
    else {
      const auto ended = std::find_if(below.begin(), below.end(), [&](const ItemId& support) {
        return !supports(reader, support, 0);
      });
      if (ended == below.end()) return at;
      at = *ended;
    }
  }
  return id;
}

ItemId merge_target(const Reader& reader, const ItemId& item) {
  ItemId at = item;
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

void visit_uses(const Reader& reader, const ItemId& used, Kind kind, VisitUse visit) {
  if (!traits_of(kind).used) return;
  for (const auto& id : ends_of_keys(reader, Table::Uses, used.view())) {
    const auto row = item(reader, id);
    if (!row || standing(reader, id) != Standing::Alive) continue;
    const auto facet = row->kind == Kind::Value ? Facet::Value : Facet::Classification;
    if (!visit(id, *row, facet)) return;
  }
}

void visit_values(const Reader& reader, const ItemId& of, VisitItem visit) {
  for (const auto& id : ends_of_keys(reader, Table::Links, of.view())) {
    const auto row = item(reader, id);
    if (!row || row->kind != Kind::Value || standing(reader, id) != Standing::Alive) continue;
    if (!visit(id, *row)) return;
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

// What is merged away lies below what it went into, and below its parent no longer.
std::size_t levels_below(const Reader& reader, const ItemId& id) {
  std::size_t levels = 0;
  for (std::vector<ItemId> level = {id}; levels <= limits::kTreeDepthMax; ++levels) {
    std::vector<ItemId> next;
    for (const auto& above : level) {
      for (const auto kind : {Kind::Code, Kind::Case, Kind::Folder})
        for (const auto& child : ends_of_keys(reader, Table::Children, key_of(above, kind)))
          if (merge_target(reader, child) == child) next.push_back(child);
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

bool is_owner(const Reader& reader, std::string_view principal) {
  return group_of(reader, principal) == static_cast<std::uint8_t>(fb::Group::Owner);
}

}  // namespace qualog::projector
