// SPDX-License-Identifier: Apache-2.0
// qualog relationships PROJECT [--at]: what is related to what, and how.
#include "projector/query/classes.h"
#include "projector/value_json.h"
#include "schema/actions.h"
#include "schema/fbs/action_generated.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/state_at.h"
#include "tools/qualog/support/table.h"
#include "tools/qualog/views/views.h"

namespace qualog::tools {

namespace {

using projector::RelationshipEntry;

std::string direction_word(const RelationshipEntry& entry) {
  return snake_case(fb::EnumNameDirection(static_cast<fb::Direction>(entry.direction)));
}

boost::json::object line_of(const projector::Reader& state, const RelationshipEntry& entry) {
  return {{"id", entry.id.text()},
          {"type", entry.type.id ? projector::text_json(entry.type.name) : boost::json::value()},
          {"direction", direction_word(entry)},
          {"from", entry.from.id.text()},
          {"from_type", kind_in_words(state, entry.from.id)},
          {"from_name", projector::text_json(entry.from.name)},
          {"to", entry.to.id.text()},
          {"to_type", kind_in_words(state, entry.to.id)},
          {"to_name", projector::text_json(entry.to.name)},
          {"description", projector::text_json(entry.description)},
          {"codings", entry.codings}};
}

void print_table(const Globals& globals, const std::vector<RelationshipEntry>& all) {
  Table table({{"From"},
               {"Relationship"},
               {"To"},
               {"Direction", Align::left, true},
               {"Codings", Align::right, true},
               {"Description"},
               id_column("Id"),
               id_column("From id"),
               id_column("To id")});
  for (const auto& entry : all)
    table.add({entry.from.name.plain, entry.type.id ? entry.type.name.plain : "associated",
               entry.to.name.plain, direction_word(entry), std::to_string(entry.codings),
               entry.description.plain, id_cell(entry.id), id_cell(entry.from.id),
               id_cell(entry.to.id)});
  table.print(globals.csv);
}

Result<Exit> list_relationships(const Globals& globals, const ViewOptions& options) {
  QUALOG_ASSIGN(const auto opened, StateAt::open(globals, options.project, options.at));
  const auto all = projector::relationships(opened.state());
  QUALOG_TRY(opened.state().undamaged());
  if (!globals.json) print_table(globals, all);
  for (const auto& entry : all)
    if (globals.json) print_line(line_of(opened.state(), entry));
  return Exit::done;
}

}  // namespace

Exit relationships(const Globals& globals, const ViewOptions& options) {
  return finish(globals, list_relationships(globals, options));
}

}  // namespace qualog::tools
