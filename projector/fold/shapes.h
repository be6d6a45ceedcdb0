// SPDX-License-Identifier: Apache-2.0
// Shapes: what many actions have in common, found by the names of their fields. A named item is
// made, its props change, it ends; a definition is kept; an area is a place without text.
#pragma once

#include "projector/fold/families.h"

namespace qualog::projector {

// The props that an action names; what it leaves out stays as it was.
template <class Action>
void assign_props(Props& props, const Action& action) {
  if constexpr (requires { action.name(); }) assign(props.name, action.name());
  if constexpr (requires { action.description(); }) assign(props.description, action.description());
  if constexpr (requires { action.nickname(); }) assign(props.nickname, action.nickname());
  if constexpr (requires { action.color(); }) assign(props.color, action.color());
}

// Makes an item with its props, below `parent`.
template <class Action>
ItemId create_named(Change& change, Kind kind, const Action& action, const ItemId& parent = {}) {
  const ItemId id = id_of(action.id());
  change.create(id, kind);
  Props props;
  assign_props(props, action);
  if constexpr (requires { action.kind(); })
    props.subkind = static_cast<std::uint8_t>(action.kind());
  if constexpr (requires { action.direction(); })
    props.subkind = static_cast<std::uint8_t>(action.direction());
  change.set(id, Facet::Props, props);
  change.set(id, Facet::Parent, Parent{parent, 0});
  return id;
}

template <class Action>
void change_props(Change& change, const ItemId& id, const Action& action) {
  auto props = value_of<Props>(change.item(id), Facet::Props);
  assign_props(props, action);
  change.set(id, Facet::Props, props);
}

inline void end_life(Change& change, const fb::ItemId* item) {
  change.set(id_of(item), Facet::Life, Life{LifeState::Deleted, {}});
}

inline void merge(Change& change, const fb::ItemId* from, const fb::ItemId* into) {
  change.set(id_of(from), Facet::Life, Life{LifeState::Merged, id_of(into)});
}

// Lists of an action that are empty stay as they were.
void assign(std::vector<ItemId>& into, const flatbuffers::Vector<const fb::ItemId*>* ids);

template <class Action>
void set_definition(Change& change, const ItemId& id, const Action& action) {
  auto definition = value_of<Definition>(change.item(id), Facet::Definition);
  if constexpr (requires { action.type(); }) assign(definition.type, action.type());
  assign(definition.text, action.definition());
  assign(definition.items, action.items());
  change.set(id, Facet::Definition, definition);
}

// Where something stands: on a range of a text, or on all of the source, with its area.
void set_place(Change& change, const ItemId& id, const ItemId& source,
               flatbuffers::Optional<std::uint32_t> begin, flatbuffers::Optional<std::uint32_t> end,
               const fb::Area* area);
void set_area(Change& change, const ItemId& id, Facet facet, const fb::Area* area);
RangeRow range_of(const ItemId& source, flatbuffers::Optional<std::uint32_t> begin,
                  flatbuffers::Optional<std::uint32_t> end);

// Keeps a text of this event, the `index`-th of it.
text::Piece store_text(Change& change, const fb::Text* text, std::uint32_t index);
// The text of a new source, or its first chunk.
void begin_text(Change& change, const ItemId& source, const fb::Text* text, std::uint32_t length,
                fb::TextState state);

}  // namespace qualog::projector
