// SPDX-License-Identifier: Apache-2.0
#include "schema/json.h"

#include "schema/actions.h"
#include "schema/codec.h"
#include "schema/fbs/command_generated.h"
#include "schema/fbs/event_generated.h"
#include "schema/json/number.h"
#include "schema/layout.h"
#include "schema/time.h"

namespace qualog {

namespace json = boost::json;

namespace {

json::string words(std::string_view text) { return json::string(text.data(), text.size()); }

json::object to_json(const Layout& layout, const flatbuffers::Table& table);

json::value text_json(const fb::Text& text) {
  if (text.seal() != nullptr) return json::object{{"sealed", true}, {"length", text.length()}};
  return text.plain() == nullptr ? json::string() : words(text.plain()->string_view());
}

// A value that this version has no name for is shown by its number.
json::value enum_json(const Choices& choices, std::int64_t value) {
  const auto name = choices.name(value);
  return name ? json::value(words(*name)) : json::value(value);
}

json::value value_json(Shape shape, const Slot& slot, const std::uint8_t* at);

json::array list_json(const Slot& slot, const std::uint8_t* list) {
  json::array values;
  values.reserve(list_size(list));
  for (std::uint32_t i = 0; i < list_size(list); ++i)
    values.push_back(value_json(slot.element, slot, element_at(list, slot, i)));
  return values;
}

json::value value_json(Shape shape, const Slot& slot, const std::uint8_t* at) {
  switch (shape) {
    case Shape::Flag:
      return *at != 0;
    case Shape::Integer:
      return number_json(number_at(at, slot.number), slot.number);
    case Shape::Enum:
      return enum_json(*slot.choices, number_at(at, slot.number));
    case Shape::Time:
      return words(rfc3339(number_at(at, slot.number)));
    case Shape::Id:
      return words(uuid_text(id_at(at)));
    case Shape::Hash:
      return words(hex({at, sizeof(fb::Digest)}));
    case Shape::String:
      return words(string_at(at));
    case Shape::Text:
      return text_json(*reinterpret_cast<const fb::Text*>(at));
    case Shape::Table:
      return to_json(*slot.table, table_at(at));
    case Shape::ByteList:
      return words(hex(bytes_at(at)));
    case Shape::List:
      return list_json(slot, at);
    case Shape::Union:
      break;
  }
  return nullptr;
}

// The name of a union's member, as its own table is called.
json::value union_json(const Layout& member, const std::uint8_t* at) {
  return json::object{{"type", words(snake_case(short_name(*member.object)))},
                      {"value", to_json(member, table_at(at))}};
}

bool is_shown(const Slot& slot, const std::uint8_t* at) {
  return at != nullptr && (slot.shape != Shape::Id || id_at(at) != UuidBytes{});
}

json::object to_json(const Layout& layout, const flatbuffers::Table& table) {
  json::object object;
  for (const Slot& slot : layout.slots) {
    const std::uint8_t* at = value_at(table, slot);
    if (!is_shown(slot, at)) continue;
    if (slot.shape != Shape::Union)
      object[slot.name] = value_json(slot.shape, slot, at);
    else if (const Layout* member = member_of(table, slot))
      object[slot.name] = union_json(*member, at);
  }
  return object;
}

// The one member of a table's only union, without its type: its object, or an empty one.
json::object body_json(const Layout* member, const void* table) {
  if (member == nullptr || table == nullptr) return {};
  return to_json(*member, *static_cast<const flatbuffers::Table*>(table));
}

template <class StructOfId>
json::string id_json(const StructOfId* id) {
  return words(
      uuid_text(id == nullptr ? UuidBytes{} : id_at(reinterpret_cast<const std::uint8_t*>(id))));
}

json::value count_json(std::uint64_t value) {
  return number_json(static_cast<std::int64_t>(value), reflection::ULong);
}

json::string string_json(const flatbuffers::String* text) {
  return text == nullptr ? json::string() : words(text->string_view());
}

void put_target(json::object& object, const Layout* layout, const void* table) {
  const Slot* slot = layout == nullptr ? nullptr : target_of(*layout);
  if (slot == nullptr || table == nullptr) return;
  const auto* at = value_at(*static_cast<const flatbuffers::Table*>(table), *slot);
  if (is_shown(*slot, at)) object["target"] = words(uuid_text(id_at(at)));
}

void put_count(json::object& object, const char* key, std::uint64_t value) {
  if (value != 0) object[key] = count_json(value);
}

}  // namespace

json::object to_json(const reflection::Object& object, const flatbuffers::Table& table) {
  return to_json(layout_of(object), table);
}

json::object event_json(const fb::Event& event) {
  const Layout* layout = layout_of(event.action_type());
  json::object object;
  object["sequence"] = count_json(event.sequence());
  object["time"] = words(rfc3339(event.time()));
  object["actor"] = string_json(event.actor());
  if (event.on_behalf_of() != nullptr) object["on_behalf_of"] = string_json(event.on_behalf_of());
  object["session"] = id_json(event.session());
  object["action"] = words(action_name(event.action_type()));
  put_target(object, layout, event.action());
  if (event.reason() != nullptr) object["reason"] = text_json(*event.reason());
  object["command_id"] = id_json(event.command_id());
  object["seen"] = count_json(event.seen());
  put_count(object, "group", event.group());
  put_count(object, "undo_of", event.undo_of());
  object["body"] = body_json(layout, event.action());
  return object;
}

json::object aside_json(const fb::Aside& aside) {
  const reflection::Object* body = object_of(aside.body_type());
  json::object object;
  object["aside"] = count_json(aside.number());
  object["after_sequence"] = count_json(aside.after_sequence());
  object["time"] = words(rfc3339(aside.time()));
  object["actor"] = string_json(aside.actor());
  object["session"] = id_json(aside.session());
  object["command_id"] = id_json(aside.command_id());
  object["action"] = words(aside_name(aside.body_type()));
  object["body"] = body_json(body == nullptr ? nullptr : &layout_of(*body), aside.body());
  return object;
}

json::array actions_json(const std::vector<std::unique_ptr<fb::ProposalT>>& actions) {
  json::array list;
  list.reserve(actions.size());
  Bytes bytes;
  for (const auto& action : actions) {
    pack(*action, bytes);
    const fb::Proposal& stored = trusted_proposal(bytes);
    const fb::Action kind = stored.action_type();
    list.push_back(json::object{{"action", words(action_name(kind))},
                                {"body", body_json(layout_of(kind), stored.action())}});
  }
  return list;
}

}  // namespace qualog
