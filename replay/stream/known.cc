// SPDX-License-Identifier: Apache-2.0
#include "replay/stream/known.h"

#include "projector/query/living.h"
#include "schema/fbs/event_generated.h"

namespace qualog::stream {

Known Known::of(const projector::Reader& state) {
  Known known;
  projector::visit_items(state, [&](const ItemId& id, const projector::ItemSlice& item) {
    if (item.kind == projector::Kind::Profile) known.profiles_.insert(id);
    if (item.kind != projector::Kind::Code) return true;
    const auto props = projector::value_of<projector::Props>(item, projector::Facet::Props);
    if (static_cast<fb::CodeKind>(props.subkind) == fb::CodeKind::Code) known.codes_.insert(id);
    return true;
  });
  return known;
}

void Known::learn(const fb::Event& event) {
  if (const auto* code = event.action_as_CodeCreated())
    if (code->id() != nullptr && code->kind() == fb::CodeKind::Code)
      codes_.insert(flatbuffers::UnPack(*code->id()));
  if (const auto* profile = event.action_as_UserProfileCreated())
    if (profile->id() != nullptr) profiles_.insert(flatbuffers::UnPack(*profile->id()));
}

}  // namespace qualog::stream
