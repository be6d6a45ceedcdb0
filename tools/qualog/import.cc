// SPDX-License-Identifier: Apache-2.0
// qualog project import FILE [--as NAME] [--dry-run]: a project from a file of another program,
// with a report of what was lost or in doubt.
#include "tools/import/import.h"

#include "tools/qualog/commands.h"
#include "tools/qualog/support/loss_lines.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/progress.h"
#include "tools/qualog/support/table.h"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <map>

namespace qualog::tools {

namespace json = boost::json;

namespace {

constexpr std::size_t kLineCells = 100;

json::object counts_json(const interchange::Counts& counts) {
  return {{"users", counts.users},           {"sources", counts.sources}, {"codes", counts.codes},
          {"selections", counts.selections}, {"codings", counts.codings}, {"notes", counts.notes},
          {"links", counts.links},           {"sets", counts.sets},       {"cases", counts.cases},
          {"variables", counts.variables}};
}

json::array dialects_json(const ImportReport& report) {
  json::array list;
  for (std::size_t at = 0; at < report.dialects.size(); ++at) {
    const auto& choice = report.dialects[at].choice;
    const auto& dialect = choice.dialect;
    list.push_back(
        {{"source", report.dialect_sources[at]},
         {"unit", dialect.unit == interchange::OffsetUnit::Utf16 ? "utf16" : "code_point"},
         {"newline", dialect.newline == interchange::NewlineWidth::Two ? 2 : 1},
         {"bom", dialect.byte_order_mark_counted},
         {"score", choice.score}});
  }
  return list;
}

void print_counts(const ImportReport& report) {
  print("{:<12} {:>9} {:>9}\n", "", "in file", "imported");
  const auto held = counts_json(report.counts), came = counts_json(report.imported);
  for (const auto& [key, value] : held)
    print("{:<12} {:>9} {:>9}\n", std::string_view(key), value.to_number<std::uint64_t>(),
          came.at(key).to_number<std::uint64_t>());
}

// One line for each way of counting, then the texts that somebody should look at.
void print_dialects(const ImportReport& report) {
  std::map<std::string, std::size_t> texts;
  for (const auto& row : report.dialects) ++texts[text_of(row.choice.dialect)];
  if (!texts.empty()) print("\nHow positions were read:\n");
  for (const auto& [dialect, count] : texts) print("{:>9}  texts in {}\n", count, dialect);
  for (std::size_t at = 0; at < report.dialects.size(); ++at) {
    const auto& choice = report.dialects[at].choice;
    if (!choice.doubtful()) continue;
    const auto words = fmt::format("{:>9}  please check: {} ({:.0f} % fit)", "",
                                   one_line(report.dialect_sources[at]), 100 * choice.score);
    print("{}\n", cut(words, kLineCells));
  }
}

void print_text(const ImportReport& report, bool dry_run) {
  print("{} \"{}\"\n\n", dry_run ? "Would import" : "Imported", one_line(report.project));
  print_counts(report);
  print_dialects(report);
  print_losses(report.losses);
}

}  // namespace

Exit project_import(const Globals& globals, const ImportOptions& options) {
  if (!options.from.empty()) return project_transfer(globals, options);
  if (options.file.empty())
    return report(globals, fail(Code::invalid,
                                "give a FILE, or a project with --from-project and "
                                "--into; see qualog project import --help"));
  const auto import = [&]() -> Result<ImportReport> {
    QUALOG_ASSIGN(const auto data, globals.directory());
    QUALOG_TRY(check_actor(globals.actor));
    ProgressLine progress("importing");
    return import_file(data, {options.file, options.name, globals.actor, options.dry_run},
                       globals.effects(), [&](const std::string& part) { progress.begin(part); });
  };
  const auto imported = import();
  if (!imported) return report(globals, imported.error());
  if (!globals.json) {
    print_text(*imported, options.dry_run);
    return Exit::done;
  }
  json::object line{{"message_type", "import"},
                    {"project", imported->project},
                    {"sequence", imported->sequence.value},
                    {"counts", counts_json(imported->counts)},
                    {"imported", counts_json(imported->imported)},
                    {"dialects", dialects_json(*imported)},
                    {"loss", losses_json(imported->losses)}};
  if (imported->id) line["id"] = imported->id.text();
  if (options.dry_run) line["dry_run"] = true;
  print_line(line);
  return Exit::done;
}

}  // namespace qualog::tools
