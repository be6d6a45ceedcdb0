// SPDX-License-Identifier: Apache-2.0
// qualog repair PROJECT: verifies a project, folds its state anew where it is not what the log
// says, and writes it compactly. What cannot be repaired is said, each place by its name.
#include "replay/repair.h"

#include "tools/qualog/commands.h"
#include "tools/qualog/support/child.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/progress.h"
#include "tools/qualog/support/proof_lines.h"
#include "tools/qualog/support/table.h"

#include <boost/json/array.hpp>
#include <fmt/format.h>

namespace qualog::tools {

namespace {

using replay::RepairReport;
using replay::StateFound;

constexpr const char* kInUse =
    "the project is open in another process: its state was not written; end that process and run "
    "qualog repair again";

const char* why_folded_anew(const RepairReport& report, bool unreadable) {
  if (unreadable) return "the state could not be read: folded anew from the log";
  return report.proof.state == StateFound::Missing
             ? "there was no state that could be trusted: folded anew from the log"
             : "the state was not what the log folds to: folded anew from the log";
}

std::vector<std::string> repairs_of(const RepairReport& report, bool unreadable) {
  std::vector<std::string> repairs;
  if (report.state_folded_anew) repairs.emplace_back(why_folded_anew(report, unreadable));
  return repairs;
}

boost::json::object report_json(const RepairReport& report, bool unreadable) {
  boost::json::object line{{"ok", report.proof.ok() && !report.in_use},
                           {"sequence", report.proof.head.sequence().value},
                           {"chain", hex(report.proof.head.chain)}};
  boost::json::array repairs;
  for (const auto& repair : repairs_of(report, unreadable)) repairs.emplace_back(repair);
  line["repairs"] = std::move(repairs);
  boost::json::array damage;
  for (const auto& place : report.proof.damage) damage.push_back(damage_json(place));
  for (const auto& file : report.proof.bad_files) damage.push_back(file_json(file));
  line["damage"] = std::move(damage);
  line["in_use"] = report.in_use;
  line["state_bytes_before"] = nullptr;
  line["state_bytes"] = nullptr;
  if (report.compacted) {
    line["state_bytes_before"] = report.compacted->bytes_before;
    line["state_bytes"] = report.compacted->bytes_after;
  }
  return line;
}

void print_words(const RepairReport& report, bool unreadable) {
  for (const auto& repair : repairs_of(report, unreadable)) print("repaired: {}\n", repair);
  print_damage(report.proof);
  if (report.compacted)
    print("The state was written compactly: {} bytes, before {}.\n", report.compacted->bytes_after,
          report.compacted->bytes_before);
  if (report.proof.ok())
    print("ok: {} events and {} asides are what was written\nchain  {}\n",
          report.proof.head.sequence().value, report.proof.asides, hex(report.proof.head.chain));
}

Exit print_report(const Globals& globals, const RepairReport& report, bool unreadable) {
  globals.json ? print_line(report_json(report, unreadable)) : print_words(report, unreadable);
  if (!report.proof.ok()) return Exit::damaged;
  if (!report.in_use) return Exit::done;
  if (!globals.json) say("{}", kInUse);
  return Exit::held;
}

// The line on the terminal is gone when this returns.
Result<RepairReport> repaired(const Globals& globals, const std::string& project, bool unreadable) {
  QUALOG_ASSIGN(const auto place, globals.place(project));
  ProgressLine progress("repairing");
  return replay::repair(place, globals.effects(), {globals.actor, unreadable, std::ref(progress)});
}

Result<Exit> repair_one(const Globals& globals, const RepairOptions& given, bool unreadable) {
  QUALOG_ASSIGN(const auto report, repaired(globals, given.project, unreadable));
  return print_report(globals, report, unreadable);
}

Ended repair_apart(const Globals& globals, const RepairOptions& given, bool unreadable) {
  return in_child([&] {
    return all_was_printed(globals, finish(globals, repair_one(globals, given, unreadable)));
  });
}

}  // namespace

// As verify: a state that ends whoever reads it is folded anew unseen. To find a project by its
// name, all states are looked at; by its id, none.
Exit repair(const Globals& globals, const RepairOptions& given) {
  auto ended = repair_apart(globals, given, false);
  if (ended.by_fault() && ProjectId::parse(given.project))
    ended = repair_apart(globals, given, true);
  if (ended.signal == 0) return ended.exit;
  if (ended.by_fault())
    return report(globals, fail(Code::damaged,
                                "the state of some project cannot be read; name this one by its "
                                "id, the name of its folder in projects/"));
  return report(globals, fail(Code::io, fmt::format("repair was ended by signal {}; run it again",
                                                    ended.signal)));
}

}  // namespace qualog::tools
