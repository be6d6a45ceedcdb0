// SPDX-License-Identifier: Apache-2.0
// Imports: the group holds what they made; what a foreign item became is kept.
#include "projector/fold/shapes.h"

namespace qualog::projector {

void fold_action(Change&, const fb::ImportStarted&) {}
void fold_action(Change&, const fb::ImportFinished&) {}

void fold_action(Change& change, const fb::ImportIdMapped& action) {
  const LineageId lineage =
      action.lineage() != nullptr ? flatbuffers::UnPack(*action.lineage()) : LineageId{};
  const ItemId id = mapping_item(lineage, id_of(action.foreign()));
  const Ends ends{id_of(action.item()), {}};
  change.derive(id, Kind::Mapping, ends);
  change.set(id, Facet::Ends, ends);
  Props props;
  props.subkind = static_cast<std::uint8_t>(action.decision());
  change.set(id, Facet::Props, props);
}

}  // namespace qualog::projector
