// SPDX-License-Identifier: Apache-2.0
// The schema of the schema: what the JSON walker, the meaning checks and the rules table read
// instead of code per field. Embedded at build time; immutable; any thread.
#pragma once

#include "schema/fbs/action_generated.h"
#include "schema/fbs/aside_generated.h"
#include "schema/ids.h"

#include <flatbuffers/reflection.h>

#include <string_view>
#include <vector>

namespace qualog {

const reflection::Schema& schema();

// The table or struct of this name, without the namespace; asserted to exist.
const reflection::Object& object(std::string_view name);
// The table of an action or aside body; nullptr for an unknown number.
const reflection::Object* object_of(fb::Action action);
const reflection::Object* object_of(fb::AsideBody body);
// The object that a field of type table or struct holds.
const reflection::Object& object_of(const reflection::Field& field);

// nullptr when there is no such field.
const reflection::Field* field_of(const reflection::Object& object, std::string_view name);
bool has_attribute(const reflection::Field& field, const char* attribute);

// "Text" of "qualog.fb.Text".
std::string_view short_name(const reflection::Object& object);

// The id in a field of a 16-byte struct; zero when absent.
ItemId id_in(const flatbuffers::Table& table, const reflection::Field& field);
// The ids in a field of one id, which may be zero, or of a list of ids.
std::vector<ItemId> ids_in(const flatbuffers::Table& table, const reflection::Field& field);

}  // namespace qualog
