// SPDX-License-Identifier: Apache-2.0
// qualog codes PROJECT [--at]: the codebook as a tree, with counts per coder.
#include "projector/query/codes.h"

#include "projector/value_json.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/state_at.h"
#include "tools/qualog/support/table.h"

#include <fmt/format.h>

#include <map>

namespace qualog::tools {

namespace {

using projector::CodeEntry;
using Coders = std::map<std::string, std::uint64_t>;

// Two profiles may show the same name: their codings are one number.
Coders coders_of(const projector::Reader& state, const CodeEntry& code) {
  Coders coders;
  for (const auto& [profile, count] : code.coders)
    coders[projector::person(state, profile).text()] += count;
  return coders;
}

boost::json::object code_json(const projector::Reader& state, const CodeEntry& code) {
  boost::json::object coders;
  for (const auto& [coder, count] : coders_of(state, code)) coders[coder] = count;
  boost::json::array merged;
  for (const auto& id : code.merged) merged.emplace_back(id.text());
  return {{"id", code.id.text()},
          {"name", projector::text_json(code.props.name)},
          {"parent", code.parent ? boost::json::value(code.parent.text()) : nullptr},
          {"depth", code.depth},
          {"description", projector::text_json(code.props.description)},
          {"color", code.props.color},
          {"codable", code.props.codable},
          {"aggregate", code.props.aggregate},
          {"codings", code.codings},
          {"gathered", code.gathered},
          {"coders", std::move(coders)},
          {"merged", std::move(merged)},
          {"version", code.version.value}};
}

std::string coders_text(const Coders& coders) {
  std::string text;
  for (const auto& [coder, count] : coders)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", coder, count);
  return text;
}

void print_tree(const Globals& globals, const projector::Reader& state,
                const std::vector<CodeEntry>& codes) {
  Table table({{"Code"},
               {"Codings", Align::right, true},
               {"Coders"},
               {"Description"},
               id_column("Id"),
               id_column("Parent id")});
  for (const auto& code : codes)
    table.add({std::string(globals.csv ? 0 : 2 * code.depth, ' ') + code.props.name.plain,
               std::to_string(code.gathered), coders_text(coders_of(state, code)),
               code.props.description.plain, id_cell(code.id), id_cell(code.parent)});
  table.print(globals.csv);
}

Result<Exit> list(const Globals& globals, const CodesOptions& options) {
  QUALOG_ASSIGN(const auto opened, StateAt::open(globals, options.project, options.at));
  const auto codes = projector::codes(opened.state());
  QUALOG_TRY(opened.state().undamaged());
  if (globals.json)
    for (const auto& code : codes) print_line(code_json(opened.state(), code));
  else
    print_tree(globals, opened.state(), codes);
  return Exit::done;
}

}  // namespace

Exit codes(const Globals& globals, const CodesOptions& options) {
  return finish(globals, list(globals, options));
}

}  // namespace qualog::tools
