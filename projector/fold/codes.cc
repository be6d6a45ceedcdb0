// SPDX-License-Identifier: Apache-2.0
// The codebook.
#include "projector/fold/shapes.h"

namespace qualog::projector {

namespace {
template <class Ids>
void set_lives(Change& change, const Ids* codes, const Life& life) {
  if (codes == nullptr) return;
  for (const auto* code : *codes) change.set(id_of(code), Facet::Life, life);
}

// What a query found is a code; a case is a kind of its own.
Kind kind_of(fb::CodeKind kind) { return kind == fb::CodeKind::Case ? Kind::Case : Kind::Code; }

}  // namespace

void fold_action(Change& change, const fb::CodeCreated& action) {
  const ItemId id = id_of(action.id());
  change.create(id, kind_of(action.kind()));
  Props props;
  assign_props(props, action);
  props.subkind = static_cast<std::uint8_t>(action.kind());
  props.codable = action.codable();
  props.aggregate = action.aggregate();
  change.set(id, Facet::Props, props);
  change.set(id, Facet::Parent, Parent{id_of(action.parent()), 0});
}

void fold_action(Change& change, const fb::CodePropsChanged& action) {
  const ItemId id = id_of(action.code());
  auto props = value_of<Props>(change.item(id), Facet::Props);
  assign_props(props, action);
  if (const auto aggregate = action.aggregate()) props.aggregate = *aggregate;
  change.set(id, Facet::Props, props);
}

void fold_action(Change& change, const fb::CodeMoved& action) {
  change.set(id_of(action.code()), Facet::Parent,
             Parent{id_of(action.parent()), action.position()});
}

void fold_action(Change& change, const fb::CodeMerged& action) {
  set_lives(change, action.from(), Life{LifeState::Merged, id_of(action.into())});
}

void fold_action(Change& change, const fb::CodeUnmerged& action) {
  set_lives(change, action.codes(), Life{});
}

void fold_action(Change& change, const fb::CodeDeleted& action) { end_life(change, action.code()); }

// The intents of groups: their computed events do the work.
void fold_action(Change&, const fb::CodeSplit&) {}
void fold_action(Change&, const fb::CodeCopied&) {}

void fold_action(Change& change, const fb::CodebookReordered& action) {
  Order order;
  assign(order.items, action.order());
  const ItemId parent = id_of(action.parent());
  change.set(parent ? parent : kProjectItem, Facet::Order, order);
}

}  // namespace qualog::projector
