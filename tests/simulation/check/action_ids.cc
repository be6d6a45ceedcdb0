// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/check/action_ids.h"

#include "engine/rules/rule.h"
#include "projector/tables.h"
#include "schema/actions.h"

namespace qualog::simulation {

std::vector<ItemId> ids_in(fb::Action type, const flatbuffers::Table& action,
                           std::string_view field) {
  if (field.empty()) return {projector::kProjectItem};
  return qualog::ids_in(action, engine::field_in(type, field));
}

ItemId first_id_in(fb::Action type, const flatbuffers::Table& action, std::string_view field) {
  const auto list = ids_in(type, action, field);
  return list.empty() ? ItemId{} : list.front();
}

Bytes name_in(fb::Action type, const flatbuffers::Table& action) {
  const auto* field = field_of(*object_of(type), "name");
  const auto* text =
      field != nullptr ? action.GetPointer<const fb::Text*>(field->offset()) : nullptr;
  if (text == nullptr || text->match() == nullptr) return {};
  return Bytes(text->match()->begin(), text->match()->end());
}

}  // namespace qualog::simulation
