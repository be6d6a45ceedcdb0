// SPDX-License-Identifier: Apache-2.0
// Items as a whole: whether one is alive, counting what it stands on, and what goes with it when it
// is deleted. An item is gone with what it stands on, its parent, its code or its source; a merged
// one stands while its target does. Pure reads.
#pragma once

#include "projector/tables.h"

#include <array>

namespace qualog::projector {

enum class Standing {
  Missing,  // never created
  Alive,
  Gone,    // deleted, undone, or gone with what it stands on
  Merged,  // merged into another of its kind that is alive
};

// What an item stands on directly; zero: nothing.
std::array<ItemId, 5> supports_of(const ItemRow& item);
std::array<ItemId, 5> supports_of(const ItemSlice& item);

std::optional<ItemRow> item(const Reader& reader, const ItemId& id);
// The same read in place: for a look that ends before the next write.
std::optional<ItemSlice> item_slice(const Reader& reader, const ItemId& id);
Kind kind_of(const Reader& reader, const ItemId& id);
Standing standing(const Reader& reader, const ItemId& id);
Standing standing(const Reader& reader, const ItemSlice& item);

// Of an item that is gone: the one whose own end took it along, itself or what it stands on.
ItemId cause_of_end(const Reader& reader, const ItemId& id);

// The item that stands for a code, a profile or another that can be merged: itself, or what is at
// the end of its merges.
ItemId merge_target(const Reader& reader, const ItemId& item);

// The living memo of an item, and the living item of a memo; zero: none. A link is one that both
// ends hold, so that what was linked anew while it was deleted has one memo when it comes back.
ItemId memo_of(const Reader& reader, const ItemId& item);
ItemId item_of_memo(const Reader& reader, const ItemId& memo);

// Visits the item and all that would be gone with it, the living only: what is below it and merged
// into it, codings, annotations, links, values, memberships. A sub-code that is merged away
// goes with its target instead. False stops.
using VisitItem = FunctionRef<bool(const ItemId& id, const ItemRow& row)>;
void visit_closure(const Reader& reader, const ItemId& root, VisitItem visit);

// Visits the living items that have this one, of that kind, as their value or their classification,
// with the facet that says so: they stay when it goes. False stops.
using VisitUse = FunctionRef<bool(const ItemId& id, const ItemRow& row, Facet facet)>;
void visit_uses(const Reader& reader, const ItemId& used, Kind kind, VisitUse visit);

// Visits the living values of an item, which are seen as long as its classification has their
// attributes. False stops.
void visit_values(const Reader& reader, const ItemId& item, VisitItem visit);

// True when `ancestor` is `id` or above it in the tree of codes or folders.
bool is_within(const Reader& reader, const ItemId& id, const ItemId& ancestor);

// How many levels of the tree end with `id`, and how many lie below it; merges count as levels and
// deleted items too, since undo may bring them back. At most one more than limits::kTreeDepthMax.
std::size_t levels_above(const Reader& reader, const ItemId& id);
std::size_t levels_below(const Reader& reader, const ItemId& id);

// "code:0190...-....props"; "project.props".
std::string facet_name(Kind kind, const ItemId& id, Facet facet);

// Whether those who are no members may read the project.
bool guests_may_read(const Reader& reader);
// The group of a principal in the project; 0: no member.
std::uint8_t group_of(const Reader& reader, std::string_view principal);
bool is_owner(const Reader& reader, std::string_view principal);

}  // namespace qualog::projector
