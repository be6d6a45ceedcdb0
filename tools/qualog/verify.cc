// SPDX-License-Identifier: Apache-2.0
// qualog verify PROJECT [--rebuild] [--expect SEQUENCE:CHAIN]: is it what was written?
#include "replay/verify.h"

#include "tools/qualog/commands.h"
#include "tools/qualog/support/child.h"
#include "tools/qualog/support/copy_end.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/progress.h"
#include "tools/qualog/support/proof_lines.h"
#include "tools/qualog/support/table.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {

using replay::VerifyReport;

boost::json::object sound_json(const VerifyReport& report, std::size_t expected) {
  boost::json::object line{{"ok", true},
                           {"sequence", report.head.sequence().value},
                           {"chain", hex(report.head.chain)},
                           {"aside", report.asides},
                           {"aside_chain", hex(report.head.aside_chain)},
                           {"digest", hex(report.digests.content)},
                           {"state_digest", hex(report.digests.state)},
                           {"aside_digest", hex(report.digests.aside)}};
  if (report.copy_ends)
    for (const auto& [key, value] : json_of(copy_end_of(report))) line[key] = value;
  if (expected != 0) line["expected"] = expected;
  if (report.foreign != 0) line["foreign"] = report.foreign;
  if (report.files != 0) line["files"] = report.files;
  if (report.state_replaced) line["state_replaced"] = true;
  return line;
}

boost::json::object first_damage(const VerifyReport& report) {
  return report.damage.empty() ? file_json(report.bad_files.front())
                               : damage_json(report.damage.front());
}

void print_sound(const VerifyReport& report, std::size_t expected) {
  print("ok: {} events and {} asides are what was written\n", report.head.sequence().value,
        report.asides);
  if (expected != 0) print("Chains that were expected and are in it: {}.\n", expected);
  if (report.files != 0) print("So are the {} files that they name.\n", report.files);
  if (report.copy_ends) print("{}\n", words_of(copy_end_of(report)));
  if (report.foreign != 0)
    print("{} records in the topic are not Qualog's; they change nothing.\n", report.foreign);
  if (report.state_replaced) print("The state was folded anew and replaced.\n");
  print(
      "chain         {}\naside chain   {}\ndigest        {}\nstate digest  {}\n"
      "aside digest  {}\n",
      hex(report.head.chain), hex(report.head.aside_chain), hex(report.digests.content),
      hex(report.digests.state), hex(report.digests.aside));
  print(
      "To prove later that this history was not replaced, keep\n  {}:{}\nelsewhere, and "
      "give it to qualog verify --expect.\n",
      report.head.sequence().value, hex(report.head.chain));
}

Result<replay::VerifyOptions> options_from(const VerifyOptions& given) {
  replay::VerifyOptions options;
  options.rebuild = given.rebuild;
  for (const auto& text : given.expect) {
    QUALOG_ASSIGN(const auto expected, replay::parse_expectation(text));
    options.expect.push_back(expected);
  }
  return options;
}

// The line on the terminal is gone when this returns.
Result<VerifyReport> verified(const Globals& globals, const engine::ProjectPlace& place,
                              replay::VerifyOptions options) {
  ProgressLine progress("verifying");
  options.progress = std::ref(progress);
  return replay::verify(place, globals.effects(), options);
}

// `expected`: how many chains it was to have.
Exit print_report(const Globals& globals, const VerifyReport& report, std::size_t expected) {
  if (globals.json)
    print_line(report.ok() ? sound_json(report, expected) : first_damage(report));
  else
    report.ok() ? print_sound(report, expected) : print_damage(report);
  return report.ok() ? Exit::done : Exit::damaged;
}

Result<Exit> prove(const Globals& globals, const VerifyOptions& given, bool replaced) {
  QUALOG_ASSIGN(const auto options, options_from(given));
  QUALOG_ASSIGN(const auto place, globals.place(given.project));
  if (replaced) QUALOG_TRY(engine::rebuild_state(place, globals.effects()));
  QUALOG_ASSIGN(auto proved, verified(globals, place, options));
  proved.state_replaced = proved.state_replaced || replaced;
  return print_report(globals, proved, given.expect.size());
}

Ended prove_apart(const Globals& globals, const VerifyOptions& given, bool replaced) {
  return in_child(
      [&] { return all_was_printed(globals, finish(globals, prove(globals, given, replaced))); });
}

// What a proof says that was not ended by a fault: nothing, where somebody has killed it.
Exit said(const Globals& globals, const Ended& proof) {
  if (proof.signal == 0) return proof.exit;
  return report(globals, fail(Code::io, fmt::format("verify was ended by signal {}; run it again",
                                                    proof.signal)));
}

// The proof ended by a fault. Every byte of a log is judged before it is used, so it was a state;
// and to find a project by its name, all states are looked at.
Exit without_the_state(const Globals& globals, const VerifyOptions& given) {
  if (!ProjectId::parse(given.project))
    return report(globals, fail(Code::damaged,
                                "the state of some project cannot be read; name this one by its "
                                "id, the name of its folder in projects/, and run verify "
                                "--rebuild"));
  // Before this process has asked a cluster anything: no connection outlives a fork.
  if (given.rebuild)
    if (const auto proof = prove_apart(globals, given, true); !proof.by_fault())
      return said(globals, proof);
  const auto place = globals.place(given.project);
  if (!place) return report(globals, place.error());
  VerifyReport found;
  found.damage.push_back(
      {place->state().string(), 0, {}, "the state cannot be read; run verify --rebuild"});
  return print_report(globals, found, 0);
}

}  // namespace

Exit verify(const Globals& globals, const VerifyOptions& given) {
  const auto proof = prove_apart(globals, given, false);
  return proof.by_fault() ? without_the_state(globals, given) : said(globals, proof);
}

}  // namespace qualog::tools
