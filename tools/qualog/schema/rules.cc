// SPDX-License-Identifier: Apache-2.0
// qualog rules [--markdown]: what may be done, by whom, and what it collides with.
#include "tools/qualog/commands.h"
#include "tools/qualog/schema/rule_columns.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"

#include <boost/json/array.hpp>

#include <algorithm>

namespace qualog::tools {

namespace {

namespace json = boost::json;

json::value value_of(const RuleColumn& column, const engine::Rule& rule) {
  const auto words = column.of(rule);
  if (!column.is_list) return words.empty() ? json::value() : json::value(words.front());
  json::array list;
  for (const auto& word : words) list.emplace_back(word);
  return list;
}

void print_rules_json() {
  for (const auto& rule : engine::all_rules()) {
    json::object line;
    for (const auto& column : rule_columns()) line[column.key] = value_of(column, rule);
    print_line(line);
  }
}

// On a terminal the whole table is too wide: what is looked up most often; CSV has all of it.
bool is_shown(const RuleColumn& column, bool as_csv) {
  static const std::vector<std::string_view> kForPeople = {"action", "who", "writes", "lease",
                                                           "undo"};
  return as_csv || std::find(kForPeople.begin(), kForPeople.end(), column.key) != kForPeople.end();
}

void print_rules_table(bool as_csv) {
  std::vector<Column> columns;
  for (const auto& column : rule_columns())
    if (is_shown(column, as_csv)) columns.push_back({column.title, Align::left, false, true});
  columns.front().whole = true;
  Table table(columns);
  for (const auto& rule : engine::all_rules()) {
    std::vector<std::string> cells;
    for (const auto& column : rule_columns())
      if (is_shown(column, as_csv)) cells.push_back(cell_of(column, rule));
    table.add(std::move(cells));
  }
  table.print(as_csv);
}

}  // namespace

Exit rules(const Globals& globals, const RulesOptions& options) {
  if (options.markdown && (globals.json || globals.csv))
    return report(globals, fail(Code::invalid, "--markdown, --json and --csv: give one of them"));
  if (options.markdown)
    put(stdout, rules_page());
  else if (globals.json)
    print_rules_json();
  else
    print_rules_table(globals.csv);
  return Exit::done;
}

}  // namespace qualog::tools
