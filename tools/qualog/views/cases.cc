// SPDX-License-Identifier: Apache-2.0
// qualog cases PROJECT [--classification] [--at]: the cases, with their attributes as columns.
#include "tools/qualog/commands.h"
#include "tools/qualog/support/case_columns.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/state_at.h"
#include "tools/qualog/support/table.h"

namespace qualog::tools {

namespace {

using projector::CaseEntry;

Result<std::optional<ItemId>> classification_of(const projector::Reader& state,
                                                const std::string& given) {
  if (given.empty()) return std::optional<ItemId>();
  QUALOG_ASSIGN(const auto found,
                find_item(state, given, {projector::Kind::Classification}, "classification"));
  return std::optional<ItemId>(projector::merge_target(state, found));
}

boost::json::object line_of(const CaseColumns& columns, const CaseEntry& entry) {
  auto line = case_json(columns, entry);
  line["parent"] = entry.parent ? boost::json::value(entry.parent.text()) : nullptr;
  line["depth"] = entry.depth;
  line["codings"] = entry.codings;
  return line;
}

void print_cases(const Globals& globals, const CaseColumns& columns) {
  std::vector<Column> titles = {{"Case"}, {"Classification"}};
  for (const auto& title : columns.titles()) titles.push_back({title});
  titles.push_back({"Codings", Align::right, true});
  for (auto* title : {"Id", "Parent id"}) titles.push_back(id_column(title));
  Table table(std::move(titles));
  for (const auto& entry : columns.cases()) {
    std::vector<std::string> cells = {
        std::string(globals.csv ? 0 : 2 * entry.depth, ' ') + entry.name.plain,
        entry.classification.name.plain};
    for (auto& cell : columns.cells(entry)) cells.push_back(std::move(cell));
    cells.push_back(std::to_string(entry.codings));
    cells.push_back(id_cell(entry.id));
    cells.push_back(id_cell(entry.parent));
    table.add(std::move(cells));
  }
  table.print(globals.csv);
}

Result<Exit> list_cases(const Globals& globals, const CasesOptions& options) {
  QUALOG_ASSIGN(const auto opened, StateAt::open(globals, options.project, options.at));
  QUALOG_ASSIGN(const auto only, classification_of(opened.state(), options.classification));
  const CaseColumns columns(opened.state(), only);
  QUALOG_TRY(opened.state().undamaged());
  if (!globals.json) print_cases(globals, columns);
  for (const auto& entry : columns.cases())
    if (globals.json) print_line(line_of(columns, entry));
  return Exit::done;
}

}  // namespace

Exit cases(const Globals& globals, const CasesOptions& options) {
  return finish(globals, list_cases(globals, options));
}

}  // namespace qualog::tools
