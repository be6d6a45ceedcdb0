// SPDX-License-Identifier: Apache-2.0
// qualog schema [ACTION]: the actions; or one with its fields and a line for `qualog apply`; with
// --stream the JSON Schema of rows, with --json-schema that of commands and events. All is read
// from the schema itself (schema/layout.h), but for the examples.
#include "engine/rules/rule.h"
#include "replay/stream/row_schema.h"
#include "schema/actions.h"
#include "schema/layout.h"
#include "schema/near_names.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/schema/comment.h"
#include "tools/qualog/schema/json_schema.h"
#include "tools/qualog/support/examples.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include <map>

namespace qualog::tools {

namespace {

namespace json = boost::json;

bool is_served(fb::Action action) { return engine::rule_of(action)->need != engine::Need::Nobody; }

std::string comment_on(const Layout& layout, const Slot& slot) {
  const auto* field = field_of(*layout.object, slot.name);
  return field != nullptr ? comment_of(*field) : "";
}

// ---- fields

const char* word_for(Shape shape) {
  static const std::map<Shape, const char*> kWords = {{Shape::Flag, "true or false"},
                                                      {Shape::Integer, "whole number"},
                                                      {Shape::Time, "time (RFC 3339)"},
                                                      {Shape::Id, "id (UUID)"},
                                                      {Shape::Hash, "SHA-256 (hex)"},
                                                      {Shape::String, "word"},
                                                      {Shape::Text, "text"},
                                                      {Shape::Table, "object"},
                                                      {Shape::ByteList, "bytes (hex)"},
                                                      {Shape::Union, "one of several objects"}};
  const auto found = kWords.find(shape);
  return found == kWords.end() ? "value" : found->second;
}

std::string type_of(const Slot& slot) {
  const bool list = slot.shape == Shape::List;
  const auto shape = list ? slot.element : slot.shape;
  std::string type = shape == Shape::Enum ? slot.choices->listed() : word_for(shape);
  if (slot.is_name) type = "name (one line)";
  return list ? "list of: " + type : type;
}

json::array fields_json(const Layout& layout) {
  json::array fields;
  for (const auto& slot : layout.slots) {
    json::object field{{"name", slot.name},
                       {"type", type_of(slot)},
                       {"must", slot.must},
                       {"computed", slot.computed},
                       {"description", comment_on(layout, slot)}};
    if (slot.table != nullptr) field["fields"] = fields_json(*slot.table);
    fields.push_back(std::move(field));
  }
  return fields;
}

void add_fields(const Layout& layout, const std::string& prefix, Table& table) {
  for (const auto& slot : layout.slots) {
    table.add({prefix + slot.name, type_of(slot),
               slot.must ? "must" : (slot.computed ? "computed" : ""), comment_on(layout, slot)});
    if (slot.table != nullptr) add_fields(*slot.table, prefix + slot.name + ".", table);
  }
}

// ---- one action

json::object action_json(fb::Action action) {
  const auto example = example_of(action);
  json::array before;
  for (const auto& line : example.before) before.push_back(json::parse(line));
  const auto* layout = layout_of(action);
  return {{"action", action_name(action)},
          {"number", static_cast<unsigned>(action)},
          {"served", is_served(action)},
          {"description", comment_of(*layout->object)},
          {"fields", fields_json(*layout)},
          {"before", std::move(before)},
          {"example", example.line.empty() ? json::value() : json::parse(example.line)},
          {"made_by", example.made_by.empty() ? json::value() : json::value(example.made_by)}};
}

void print_example(const Example& example) {
  if (!example.made_by.empty()) print("\nComes from: {}\n", example.made_by);
  if (example.line.empty()) return;
  print("\nA line for qualog apply, in a project just made{}:\n{}\n",
        example.before.empty() ? "" : ", behind the lines below", example.line);
  if (!example.before.empty()) print("\nBefore it:\n");
  for (const auto& line : example.before) print("{}\n", line);
}

Table fields_table(const Layout& layout) {
  Table table({{"Field", Align::left, true},
               {"Type", Align::left, false, true},
               {"", Align::left, true},
               {"Meaning", Align::left, false, true}});
  add_fields(layout, "", table);
  return table;
}

void print_action(const Globals& globals, fb::Action action) {
  const auto* layout = layout_of(action);
  if (globals.csv) return fields_table(*layout).print(true);
  const auto comment = comment_of(*layout->object);
  print("{}\n{}{}", action_name(action), comment, comment.empty() ? "" : "\n");
  if (!is_served(action)) return print("Not served by this version.\n");
  print("\n");
  if (!layout->slots.empty()) fields_table(*layout).print();
  print_example(example_of(action));
}

// ---- all of them

void print_actions(const Globals& globals) {
  Table table({{"Action", Align::left, true},
               {"Served", Align::left, true},
               {"Meaning", Align::left, false, true}});
  for (const auto action : all_actions())
    table.add({std::string(action_name(action)), is_served(action) ? "yes" : "not yet",
               comment_of(*layout_of(action)->object)});
  table.print(globals.csv);
}

Result<fb::Action> action_called(const std::string& name) {
  if (const auto action = action_by_name(name)) return *action;
  std::vector<std::string_view> names;
  for (const auto action : all_actions()) names.push_back(action_name(action));
  return fail(Code::invalid, fmt::format("no action \"{}\"{}; qualog schema lists them", name,
                                         did_you_mean(name, names)));
}

Result<Exit> describe_action(const Globals& globals, const std::string& name) {
  QUALOG_ASSIGN(const auto action, action_called(name));
  if (globals.json)
    print_line(action_json(action));
  else
    print_action(globals, action);
  return Exit::done;
}

}  // namespace

Exit schema_of(const Globals& globals, const SchemaOptions& options) {
  if (int{options.stream} + int{options.json_schema} + int{!options.action.empty()} > 1)
    return report(globals,
                  fail(Code::invalid, "ACTION, --stream, --json-schema: give one of them"));
  if (options.json_schema) {
    print_line(json_schema());
    return Exit::done;
  }
  if (options.stream) {
    globals.json ? print_line(stream::row_schema()) : print("{}", stream::row_schema_text());
    return Exit::done;
  }
  if (!options.action.empty()) return finish(globals, describe_action(globals, options.action));
  if (!globals.json) print_actions(globals);
  for (const auto action : all_actions())
    if (globals.json)
      print_line({{"action", action_name(action)},
                  {"number", static_cast<unsigned>(action)},
                  {"served", is_served(action)}});
  return Exit::done;
}

}  // namespace qualog::tools
