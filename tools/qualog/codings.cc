// SPDX-License-Identifier: Apache-2.0
// qualog codings PROJECT [--code] [--source] [--coder] [--at] [--cases]: who coded which passage
// with what, and of which cases it is.
#include "projector/query/codings.h"

#include "projector/value_json.h"
#include "schema/time.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/area_words.h"
#include "tools/qualog/support/case_columns.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/state_at.h"
#include "tools/qualog/support/table.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {

using projector::CodingEntry;

Result<projector::CodingFilter> filter_of(const projector::Reader& state,
                                          const CodingsOptions& options) {
  projector::CodingFilter filter;
  filter.with_all_notes = true;
  if (!options.code.empty()) {
    QUALOG_ASSIGN(filter.code, find_item(state, options.code, coded_kinds(), "code"));
  }
  if (!options.source.empty()) {
    QUALOG_ASSIGN(filter.source,
                  find_item(state, options.source, {projector::Kind::Source}, "source"));
  }
  if (!options.coder.empty()) {
    QUALOG_ASSIGN(filter.coder, find_coder(state, options.coder));
  }
  return filter;
}

// The cases of passages, where they were asked for.
class Cases {
 public:
  explicit Cases(const projector::Reader& state)
      : columns_(state), passages_(state, columns_.cases()) {}

  std::vector<std::string> titles() const {
    std::vector<std::string> titles = {"Case"};
    titles.insert(titles.end(), columns_.titles().begin(), columns_.titles().end());
    return titles;
  }

  // Of several cases, each cell has a part for each.
  std::vector<std::string> cells(const CodingEntry& coding) const {
    std::vector<std::string> cells(1 + columns_.titles().size());
    std::string between;
    for (const auto number : passages_.of(coding)) {
      const auto& entry = columns_.cases()[number];
      const auto values = columns_.cells(entry);
      cells[0] += between + entry.name.plain;
      for (std::size_t i = 0; i < values.size(); ++i) cells[i + 1] += between + values[i];
      between = "; ";
    }
    return cells;
  }

  boost::json::array json(const CodingEntry& coding) const {
    boost::json::array cases;
    for (const auto number : passages_.of(coding))
      cases.push_back(case_json(columns_, columns_.cases()[number]));
    return cases;
  }

 private:
  CaseColumns columns_;
  projector::CasesOfPassages passages_;
};

// `value`, or null where there is none.
boost::json::value if_there(bool there, boost::json::value value) {
  return there ? std::move(value) : boost::json::value();
}

bool has_text(const CodingEntry& coding) {
  return !coding.whole && !coding.detached && !coding.unverified;
}

boost::json::object coding_json(const CodingEntry& coding) {
  const bool merged = coding.applied != coding.code.id;
  return {{"id", coding.id.text()},
          {"code", coding.code.id.text()},
          {"code_name", projector::text_json(coding.code.name)},
          {"applied", if_there(merged, boost::json::value(coding.applied.text()))},
          {"source", coding.source.id.text()},
          {"source_name", projector::text_json(coding.source.name)},
          {"begin", if_there(!coding.whole, coding.begin)},
          {"end", if_there(!coding.whole, coding.end)},
          {"area", coding.area ? boost::json::value(projector::area_json(*coding.area)) : nullptr},
          {"detached", coding.detached},
          {"unverified", coding.unverified},
          {"text", if_there(has_text(coding), boost::json::value(coding.text))},
          {"coder", coding.coder.text()},
          {"profile", coding.coder.profile.text()},
          {"coded_as", if_there(coding.coded_as != coding.coder.profile,
                                boost::json::value(coding.coded_as.text()))},
          {"coded_at", rfc3339(coding.coded_at)},
          {"claimed_time",
           if_there(!coding.claimed_time.empty(), boost::json::value(coding.claimed_time))},
          {"weight", coding.weight ? boost::json::value(*coding.weight) : nullptr},
          {"comment", if_there(!coding.comment.empty(), projector::text_json(coding.comment))},
          {"sequence", coding.sequence.value}};
}

std::string range_text(const CodingEntry& coding) {
  const auto area = coding.area ? in_words(*coding.area) : std::string();
  if (coding.whole) return coding.area ? area : "all";
  const auto doubt = coding.detached ? " gone" : coding.unverified ? " ?" : "";
  return fmt::format("{}-{}{}{}{}", coding.begin, coding.end, doubt, coding.area ? ", " : "", area);
}

void print_codings(const Globals& globals, const std::vector<CodingEntry>& codings,
                   const std::optional<Cases>& cases) {
  std::vector<Column> columns = {
      {"Source"}, {"Range", Align::left, true}, {"Code"}, {"Coder"}, {"Passage"}};
  if (cases)
    for (auto& title : cases->titles()) columns.push_back({std::move(title)});
  for (auto* title : {"Id", "Source id", "Code id"}) columns.push_back(id_column(title));
  Table table(std::move(columns));
  for (const auto& coding : codings) {
    std::vector<std::string> cells = {coding.source.name.plain, range_text(coding),
                                      coding.code.name.plain, coding.coder.text(), coding.text};
    if (cases)
      for (auto& cell : cases->cells(coding)) cells.push_back(std::move(cell));
    for (const auto& id : {coding.id, coding.source.id, coding.code.id}) cells.push_back(id.text());
    table.add(std::move(cells));
  }
  table.print(globals.csv);
}

void print_lines(const std::vector<CodingEntry>& codings, const std::optional<Cases>& cases) {
  for (const auto& coding : codings) {
    auto line = coding_json(coding);
    if (cases) line["cases"] = cases->json(coding);
    print_line(line);
  }
}

Result<Exit> list(const Globals& globals, const CodingsOptions& options) {
  QUALOG_ASSIGN(const auto opened, StateAt::open(globals, options.project, options.at));
  QUALOG_ASSIGN(const auto filter, filter_of(opened.state(), options));
  const auto codings = projector::codings(opened.state(), filter);
  std::optional<Cases> cases;
  if (options.cases) cases.emplace(opened.state());
  QUALOG_TRY(opened.state().undamaged());
  globals.json ? print_lines(codings, cases) : print_codings(globals, codings, cases);
  return Exit::done;
}

}  // namespace

Exit codings(const Globals& globals, const CodingsOptions& options) {
  return finish(globals, list(globals, options));
}

}  // namespace qualog::tools
