// SPDX-License-Identifier: Apache-2.0
// qualog classifications PROJECT [--at]: how cases and sources are classified, with the attributes
// of each classification and the values that these offer.
#include "projector/query/classes.h"
#include "projector/value_json.h"
#include "schema/actions.h"
#include "schema/fbs/action_generated.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/state_at.h"
#include "tools/qualog/support/table.h"
#include "tools/qualog/views/views.h"

#include <boost/json/array.hpp>

namespace qualog::tools {

namespace {

using projector::AttributeEntry;
using projector::ClassificationEntry;

std::string kind_word(const ClassificationEntry& one) {
  return snake_case(fb::EnumNameClassificationKind(static_cast<fb::ClassificationKind>(one.kind)));
}

std::string type_word(const AttributeEntry& attribute) {
  return snake_case(fb::EnumNameAttributeType(static_cast<fb::AttributeType>(attribute.type)));
}

boost::json::object attribute_json(const AttributeEntry& attribute) {
  boost::json::array values;
  for (const auto& value : attribute.values) values.push_back(projector::text_json(value.name));
  return {{"id", attribute.id.text()},
          {"name", projector::text_json(attribute.name)},
          {"type", type_word(attribute)},
          {"default_value", projector::text_json(attribute.default_value)},
          {"values", std::move(values)}};
}

boost::json::object line_of(const ClassificationEntry& one) {
  boost::json::array attributes;
  for (const auto& attribute : one.attributes) attributes.push_back(attribute_json(attribute));
  return {{"id", one.id.text()},
          {"name", projector::text_json(one.name)},
          {"description", projector::text_json(one.description)},
          {"of", kind_word(one)},
          {"items", one.items},
          {"attributes", std::move(attributes)}};
}

std::string values_text(const AttributeEntry& attribute) {
  std::string text;
  for (const auto& value : attribute.values) text += (text.empty() ? "" : ", ") + value.name.plain;
  return text;
}

// A row an attribute; one without attributes has a row too.
void add_rows(const ClassificationEntry& one, Table& table) {
  const auto items = std::to_string(one.items);
  if (one.attributes.empty())
    table.add({one.name.plain, kind_word(one), items, "", "", "", id_cell(one.id), ""});
  for (const auto& attribute : one.attributes)
    table.add({one.name.plain, kind_word(one), items, attribute.name.plain, type_word(attribute),
               values_text(attribute), id_cell(one.id), id_cell(attribute.id)});
}

void print_table(const Globals& globals, const std::vector<ClassificationEntry>& all) {
  Table table({{"Classification"},
               {"Of", Align::left, true},
               {"Items", Align::right, true},
               {"Attribute"},
               {"Type", Align::left, true},
               {"Values", Align::left, false, true},
               id_column("Id"),
               id_column("Attribute id")});
  for (const auto& one : all) add_rows(one, table);
  table.print(globals.csv);
}

Result<Exit> list_classifications(const Globals& globals, const ViewOptions& options) {
  QUALOG_ASSIGN(const auto opened, StateAt::open(globals, options.project, options.at));
  const auto all = projector::classifications(opened.state());
  QUALOG_TRY(opened.state().undamaged());
  if (!globals.json) print_table(globals, all);
  for (const auto& one : all)
    if (globals.json) print_line(line_of(one));
  return Exit::done;
}

}  // namespace

Exit classifications(const Globals& globals, const ViewOptions& options) {
  return finish(globals, list_classifications(globals, options));
}

}  // namespace qualog::tools
