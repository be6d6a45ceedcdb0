// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/report.h"

#include "schema/actions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <unistd.h>

namespace qualog::simulation {

void show_progress(std::uint64_t done, std::uint64_t of) {
  if (isatty(2) == 0 || (done % 64 != 0 && done != of)) return;
  constexpr std::uint64_t kWidth = 40;
  const auto filled = done * kWidth / of;
  fmt::print(stderr, "\r[{:=<{}}{:{}}] {}/{}{}", "", filled, "", kWidth - filled, done, of,
             done == of ? "\n" : "");
}

void print_failure(const Failure& failure, const HostBugs& bugs, bool with_story) {
  const auto least = shrunk(plan_of(failure.seed), bugs, failure.violation);
  fmt::print("{}: {}; {} of {} steps break it: ./dev sim --seed {}\n", least.violation.invariant,
             least.violation.what, least.steps.size(), least.of, failure.seed);
  if (!with_story) return;
  fmt::print("steps: {}\n", fmt::join(least.steps, " "));
  for (const auto& line : least.story) fmt::print("  {}\n", line);
}

void print_audit(const Audit& audit) {
  fmt::print("{:<32} {:>10} {:>10} {:>10}\n", "action", "accepted", "repeated", "refused");
  for (std::size_t number = 0; number < audit.actions.size(); ++number) {
    const auto& of = audit.actions[number];
    if (of.accepted + of.repeated + of.refused == 0) continue;
    fmt::print("{:<32} {:>10} {:>10} {:>10}\n", action_name(static_cast<fb::Action>(number)),
               of.accepted, of.repeated, of.refused);
  }
  for (std::size_t code = 0; code < audit.refusals.size(); ++code)
    if (audit.refusals[code] > 0)
      fmt::print("{:<32} {:>10}\n", refusal_name(static_cast<fb::RefusalCode>(code)),
                 audit.refusals[code]);
  for (const auto& [name, count] : audit.counts) fmt::print("{:<32} {:>10}\n", name, count);
  fmt::print("{} steps, {} commands, {} stopped at the door\n", audit.steps, audit.sent,
             audit.unsound);
}

namespace {

struct Unreachable {
  fb::RefusalCode code;
  const char* why;
};
constexpr std::array kUnreachable = {
    Unreachable{fb::RefusalCode::None, "no refusal"},
    Unreachable{fb::RefusalCode::VersionMismatch, "nothing gives it: STALE says it"},
    Unreachable{fb::RefusalCode::SessionEnded, "only a fork ends sessions, and nobody forks here"},
    Unreachable{fb::RefusalCode::ReadOnly, "an error, never a record"},
};

bool can_be_reached(fb::RefusalCode code) {
  return std::ranges::none_of(kUnreachable,
                              [&](const Unreachable& row) { return row.code == code; });
}

}  // namespace

bool print_unreached(const Audit& audit) {
  bool all = true;
  for (const auto code : fb::EnumValuesRefusalCode()) {
    const auto count = audit.refusals[static_cast<std::size_t>(code)];
    if (!can_be_reached(code) || count * 100 >= audit.seeds) continue;
    fmt::print("{} came up {} times in {} histories\n", refusal_name(code), count, audit.seeds);
    all = false;
  }
  for (const auto& row : kUnreachable)
    fmt::print("not asked for: {}: {}\n", refusal_name(row.code), row.why);
  return all;
}

void print_json(const Totals& totals) {
  std::string refusals;
  for (std::size_t code = 0; code < totals.audit.refusals.size(); ++code)
    if (const auto count = totals.audit.refusals[code]; count > 0)
      refusals += fmt::format("{}\"{}\":{}", refusals.empty() ? "" : ",",
                              refusal_name(static_cast<fb::RefusalCode>(code)), count);
  fmt::print(
      "{{\"seeds\":{},\"violations\":{},\"seconds\":{:.3f},\"cpu_seconds\":{:.3f},"
      "\"digest\":\"{}\",\"refusals\":{{{}}}}}\n",
      totals.audit.seeds, totals.failures.size(), totals.seconds, totals.cpu_seconds,
      hex(totals.audit.digest), refusals);
}

}  // namespace qualog::simulation
