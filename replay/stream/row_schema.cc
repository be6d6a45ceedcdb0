// SPDX-License-Identifier: Apache-2.0
#include "replay/stream/row_schema.h"

#include "replay/stream/plan.h"
#include "schema/actions.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace qualog::stream {

namespace {

namespace json = boost::json;

constexpr const char* kDescription =
    "One accepted event of a project as a row for analytics. Columns and fields of a payload are "
    "only ever added, each time with a higher schema_version: pass over what you do not know.";

json::object typed(const char* type) { return {{"type", type}}; }

// ---- columns

const char* type_of(Holds holds) {
  if (holds == Holds::Number) return "integer";
  return holds == Holds::Object ? "object" : "string";
}

json::object column_schema(const Column& column) {
  json::object made;
  const char* type = type_of(column.holds);
  made["type"] = column.always ? json::value(type) : json::value({type, "null"});
  if (column.col == Col::Schema) made["const"] = in_json(kRowSchema);
  if (column.col == Col::At) made["format"] = "date-time";
  made["description"] = in_json(column.meaning);
  return made;
}

// ---- payloads

json::object object_schema(const std::vector<FieldPlan>& fields);

json::object value_schema(Shape shape, const FieldPlan& field) {
  switch (shape) {
    case Shape::Flag:
      return typed("boolean");
    case Shape::Integer:
      return typed("integer");
    case Shape::Table:
      return object_schema(field.inner);
    case Shape::List:
      return {{"type", "array"}, {"items", value_schema(field.slot->element, field)}};
    default:
      return typed("string");
  }
}

// When a text leaves, said where it may not always.
const char* when(Telling telling) {
  switch (telling) {
    case Telling::Codebook:
      return "Of a case only with text";
    case Telling::Words:
      return "Only with text";
    case Telling::Person:
      return "Only with text and without pseudonyms";
    case Telling::Date:
      return "Without text only where it is a date";
    default:
      return nullptr;
  }
}

void add_field(json::object& properties, const FieldPlan& field) {
  if (!field.length_name.empty()) properties[field.length_name] = typed("integer");
  if (!field.in_payload()) return;
  auto made = value_schema(field.slot->shape, field);
  if (const char* condition = when(field.telling)) made["description"] = condition;
  properties[field.slot->name] = std::move(made);
}

json::object object_schema(const std::vector<FieldPlan>& fields) {
  json::object properties;
  for (const auto& field : fields) add_field(properties, field);
  return {{"type", "object"}, {"properties", std::move(properties)}};
}

// Whoever reads a row of this type finds this in its payload.
json::object rule_of(const ActionPlan& plan) {
  const auto name = in_json(plan.action);
  json::object is_it{{"properties", {{"type", {{"const", name}}}}}};
  json::object payload{{"$ref", "#/$defs/" + std::string(plan.action)}};
  return {{"if", std::move(is_it)}, {"then", {{"properties", {{"payload", std::move(payload)}}}}}};
}

// ---- text

void append_pretty(std::string& text, const json::value& value, const std::string& margin) {
  const auto open = [&](char bracket, bool empty) {
    text += bracket;
    if (!empty) text += '\n';
  };
  const auto next = [&](bool last) { text += last ? "\n" : ",\n"; };
  const std::string inner = margin + "  ";
  if (const auto* object = value.if_object()) {
    open('{', object->empty());
    for (const auto& member : *object) {
      text += inner + json::serialize(json::value(member.key())) + ": ";
      append_pretty(text, member.value(), inner);
      next(&member == object->end() - 1);
    }
    text += object->empty() ? "}" : margin + "}";
  } else if (const auto* array = value.if_array();
             array != nullptr && !array->empty() && array->front().is_object()) {
    open('[', false);
    for (const auto& element : *array) {
      text += inner;
      append_pretty(text, element, inner);
      next(&element == &array->back());
    }
    text += margin + "]";
  } else {
    text += json::serialize(value);
  }
}

}  // namespace

json::object row_schema() {
  json::object properties, payloads;
  json::array required, rules;
  for (const auto& column : columns()) {
    properties[column.name] = column_schema(column);
    required.push_back(in_json(column.name));
  }
  for (const fb::Action action : all_actions())
    if (const auto* plan = plan_of(action)) {
      payloads[plan->action] = object_schema(plan->fields);
      rules.push_back(rule_of(*plan));
    }
  return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
          {"$id", in_json(kRowSchema)},
          {"title", "A row of the stream for analytics"},
          {"description", kDescription},
          {"version", kRowVersion},
          {"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"allOf", std::move(rules)},
          {"$defs", std::move(payloads)}};
}

std::string row_schema_text() {
  std::string text;
  append_pretty(text, row_schema(), "");
  return text += '\n';
}

}  // namespace qualog::stream
