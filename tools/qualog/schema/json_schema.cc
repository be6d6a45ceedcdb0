// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/schema/json_schema.h"

#include "engine/rules/rule.h"
#include "schema/actions.h"
#include "schema/layout.h"
#include "tools/qualog/schema/comment.h"

#include <boost/json/array.hpp>

namespace qualog::tools {

namespace {

namespace json = boost::json;

json::string words(std::string_view text) { return json::string(text.data(), text.size()); }

json::object typed(const char* type) { return {{"type", type}}; }

json::object referring_to(std::string_view definition) {
  return {{"$ref", "#/$defs/" + std::string(definition)}};
}

json::object either(json::object one, json::object other) {
  return {{"anyOf", json::array{std::move(one), std::move(other)}}};
}

// ---- bodies

json::object body_schema(const Layout& layout);

// A number past 2^53 comes out as a string.
json::object integer_schema(reflection::BaseType type) {
  const bool is_wide = flatbuffers::GetTypeSize(type) == 8;
  return is_wide ? referring_to("wide_number") : typed("integer");
}

json::object enum_schema(const Slot& slot) {
  json::array values;
  for (std::int64_t value = 0; value < 256; ++value)
    if (const auto name = slot.choices->name(value)) values.push_back(words(*name));
  return {{"enum", std::move(values)}};
}

json::object value_schema(Shape shape, const Slot& slot) {
  switch (shape) {
    case Shape::Flag:
      return typed("boolean");
    case Shape::Integer:
      return integer_schema(slot.number);
    case Shape::Enum:
      return enum_schema(slot);
    case Shape::Time:
      return referring_to("time");
    case Shape::Id:
      return referring_to("id");
    case Shape::Hash:
      return referring_to("hash");
    case Shape::Text:
      return referring_to("text");
    case Shape::Table:
      return body_schema(*slot.table);
    case Shape::List:
      return {{"type", "array"}, {"items", value_schema(slot.element, slot)}};
    case Shape::Union:
      return typed("object");
    default:
      return typed("string");
  }
}

json::object slot_schema(const Layout& layout, const Slot& slot) {
  auto made = value_schema(slot.shape, slot);
  if (const auto* field = field_of(*layout.object, slot.name)) {
    auto comment = comment_of(*field);
    if (!comment.empty()) made["description"] = std::move(comment);
  }
  if (slot.computed) made["readOnly"] = true;
  return made;
}

json::object body_schema(const Layout& layout) {
  json::object properties;
  json::array required;
  for (const auto& slot : layout.slots) {
    properties[slot.name] = slot_schema(layout, slot);
    if (slot.must) required.push_back(words(slot.name));
  }
  json::object made{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) made["required"] = std::move(required);
  made["additionalProperties"] = false;
  return made;
}

// ---- lines

// "If it is this action, its body is that."
json::array bodies_by_action() {
  json::array rules;
  for (const auto& rule : engine::all_rules()) {
    const json::object name{{"const", words(action_name(rule.action))}};
    json::object when{{"properties", json::object{{"action", name}}},
                      {"required", json::array{"action"}}};
    json::object then{
        {"properties", json::object{{"body", referring_to(action_name(rule.action))}}}};
    rules.push_back(json::object{{"if", std::move(when)}, {"then", std::move(then)}});
  }
  return rules;
}

json::object action_names() {
  json::array names;
  for (const auto& rule : engine::all_rules()) names.push_back(words(action_name(rule.action)));
  return {{"enum", std::move(names)}};
}

json::object one_action() {
  return {
      {"type", "object"},
      {"properties", json::object{{"action", referring_to("action")}, {"body", typed("object")}}},
      {"required", json::array{"action"}},
      {"allOf", bodies_by_action()}};
}

json::object command_schema() {
  json::object actions{{"type", "array"}, {"items", referring_to("one_action")}, {"minItems", 1}};
  json::object properties{
      {"command_id", referring_to("id")}, {"actor", typed("string")},
      {"session", referring_to("id")},    {"seen", either(typed("integer"), {{"const", "latest"}})},
      {"after", referring_to("id")},      {"reason", typed("string")},
      {"action", referring_to("action")}, {"body", typed("object")},
      {"actions", std::move(actions)}};
  json::array one_or_many{json::object{{"required", json::array{"action"}}},
                          json::object{{"required", json::array{"actions"}}}};
  return {{"description", "A line of qualog apply."},
          {"type", "object"},
          {"properties", std::move(properties)},
          {"oneOf", std::move(one_or_many)},
          {"allOf", bodies_by_action()},
          {"additionalProperties", false}};
}

json::object event_schema() {
  const auto nullable = [](json::object schema) {
    return either(std::move(schema), typed("null"));
  };
  json::object properties{{"sequence", referring_to("wide_number")},
                          {"time", referring_to("time")},
                          {"actor", typed("string")},
                          {"on_behalf_of", nullable(typed("string"))},
                          {"session", referring_to("id")},
                          {"action", referring_to("action")},
                          {"target", nullable(referring_to("id"))},
                          {"reason", nullable(referring_to("text"))},
                          {"command_id", referring_to("id")},
                          {"seen", referring_to("wide_number")},
                          {"group", nullable(referring_to("wide_number"))},
                          {"undo_of", nullable(referring_to("wide_number"))},
                          {"body", typed("object")}};
  return {{"description", "An event as qualog events cat --json prints it. Keys are only added."},
          {"type", "object"},
          {"properties", std::move(properties)},
          {"required", json::array{"sequence", "time", "actor", "session", "action", "command_id",
                                   "seen", "body"}},
          {"allOf", bodies_by_action()}};
}

json::object sealed_text() {
  return {{"type", "object"},
          {"properties",
           json::object{{"sealed", json::object{{"const", true}}}, {"length", typed("integer")}}},
          {"required", json::array{"sealed", "length"}}};
}

json::object definitions() {
  json::object made{
      {"id", json::object{{"type", "string"}, {"format", "uuid"}}},
      {"hash", json::object{{"type", "string"}, {"pattern", "^[0-9a-fA-F]{64}$"}}},
      {"time", json::object{{"type", "string"}, {"format", "date-time"}}},
      {"text", either(typed("string"), sealed_text())},
      {"wide_number",
       either(typed("integer"), json::object{{"type", "string"}, {"pattern", "^-?[0-9]+$"}})},
      {"action", action_names()},
      {"one_action", one_action()},
      {"command", command_schema()},
      {"event", event_schema()}};
  for (const auto& rule : engine::all_rules()) {
    const auto* layout = layout_of(rule.action);
    auto body = body_schema(*layout);
    if (auto comment = comment_of(*layout->object); !comment.empty())
      body["description"] = std::move(comment);
    made[action_name(rule.action)] = std::move(body);
  }
  return made;
}

}  // namespace

json::object json_schema() {
  return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
          {"$id", "urn:qualog:project:1"},
          {"title", "Commands and events of a Qualog project"},
          {"anyOf", json::array{referring_to("command"), referring_to("event")}},
          {"$defs", definitions()}};
}

}  // namespace qualog::tools
