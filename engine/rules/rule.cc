// SPDX-License-Identifier: Apache-2.0
#include "engine/rules/rule.h"

#include "schema/assert.h"

namespace qualog::engine {

const reflection::Field& field_in(fb::Action action, std::string_view name) {
  const auto* object = object_of(action);
  QUALOG_ASSERT(object != nullptr);
  // A table has few fields: walking them is cheaper than the schema's own search by C string.
  for (const auto* field : *object->fields())
    if (field->name()->string_view() == name) return *field;
  assertion_failed("an action has no such field", __FILE__, __LINE__);
}

}  // namespace qualog::engine
