// SPDX-License-Identifier: Apache-2.0
// The codebook.
#include "projector/fold/families.h"

namespace qualog::projector {

namespace {
template <class Ids>
void set_lives(Change& change, const Ids* codes, const Life& life) {
  if (codes == nullptr) return;
  for (const auto* code : *codes) change.set(id_of(code), Facet::Life, life);
}
}  // namespace

void fold_action(Change& change, const fb::CodeCreated& action) {
  const ItemId id = id_of(action.id());
  change.create(id, Kind::Code);
  Props props;
  assign(props.name, action.name());
  assign(props.description, action.description());
  assign(props.nickname, action.nickname());
  assign(props.color, action.color());
  props.subkind = static_cast<std::uint8_t>(action.kind());
  props.codable = action.codable();
  props.aggregate = action.aggregate();
  change.set(id, Facet::Props, props);
  change.set(id, Facet::Parent, Parent{id_of(action.parent()), 0});
}

void fold_action(Change& change, const fb::CodePropsChanged& action) {
  const ItemId id = id_of(action.code());
  auto props = value_of<Props>(change.item(id), Facet::Props);
  assign(props.name, action.name());
  assign(props.description, action.description());
  assign(props.nickname, action.nickname());
  assign(props.color, action.color());
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

void fold_action(Change& change, const fb::CodeDeleted& action) {
  change.set(id_of(action.code()), Facet::Life, Life{LifeState::Deleted, {}});
}

}  // namespace qualog::projector
