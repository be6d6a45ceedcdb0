// SPDX-License-Identifier: Apache-2.0
#include "schema/reflection.h"

#include "schema/assert.h"
#include "schema/fbs/all_bfbs_generated.h"

#include <array>
#include <string>

namespace qualog {

namespace {
const reflection::Object* member(const char* union_name, unsigned number) {
  const auto* members = schema().enums()->LookupByKey(union_name);
  const auto* value = members->values()->LookupByKey(static_cast<std::int64_t>(number));
  if (value == nullptr || number == 0) return nullptr;
  return schema().objects()->Get(static_cast<unsigned>(value->union_type()->index()));
}
}  // namespace

const reflection::Schema& schema() {
  static const auto* const loaded = reflection::GetSchema(fb::EventBinarySchema::data());
  return *loaded;
}

const reflection::Object& object(std::string_view name) {
  const auto* found = schema().objects()->LookupByKey(("qualog.fb." + std::string(name)).c_str());
  QUALOG_ASSERT(found != nullptr);
  return *found;
}

const reflection::Object* object_of(fb::Action action) {
  static const auto by_number = [] {
    std::array<const reflection::Object*, 256> objects{};
    for (unsigned number = 0; number < objects.size(); ++number)
      objects[number] = member("qualog.fb.Action", number);
    return objects;
  }();
  return by_number[static_cast<std::size_t>(action)];
}

const reflection::Object* object_of(fb::AsideBody body) {
  return member("qualog.fb.AsideBody", static_cast<unsigned>(body));
}

const reflection::Object& object_of(const reflection::Field& field) {
  return *schema().objects()->Get(static_cast<unsigned>(field.type()->index()));
}

const reflection::Field* field_of(const reflection::Object& object, std::string_view name) {
  return object.fields()->LookupByKey(std::string(name).c_str());
}

bool has_attribute(const reflection::Field& field, const char* attribute) {
  return field.attributes() != nullptr && field.attributes()->LookupByKey(attribute) != nullptr;
}

std::string_view short_name(const reflection::Object& object) {
  const std::string_view full = object.name()->string_view();
  return full.substr(full.rfind('.') + 1);
}

ItemId id_in(const flatbuffers::Table& table, const reflection::Field& field) {
  ItemId id;
  if (const auto* bytes = table.GetStruct<const std::uint8_t*>(field.offset()))
    std::memcpy(id.bytes.data(), bytes, id.bytes.size());
  return id;
}

std::vector<ItemId> ids_in(const flatbuffers::Table& table, const reflection::Field& field) {
  if (field.type()->base_type() != reflection::Vector) return {id_in(table, field)};
  std::vector<ItemId> list;
  const auto* vector =
      table.GetPointer<const flatbuffers::Vector<const fb::ItemId*>*>(field.offset());
  if (vector != nullptr)
    for (const auto* id : *vector) list.push_back(flatbuffers::UnPack(*id));
  return list;
}

}  // namespace qualog
