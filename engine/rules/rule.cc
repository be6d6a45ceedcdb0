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

void check_fields(const Rule& rule) {
  const auto check = [&](std::string_view field) {
    if (!field.empty()) field_in(rule.action, field);
  };
  for (const auto field : {rule.creates, rule.deletes, rule.named, rule.parent, rule.completes})
    check(field);
  for (const auto field : rule.leased) check(field);
  for (const auto& reference : rule.references) check(reference.field);
  for (const auto& write : rule.writes) check(write.field);
}

}  // namespace qualog::engine
