// SPDX-License-Identifier: Apache-2.0
// qualog_sim: the simulator as a program; `./dev sim` builds and runs it. Exit: 0, no violation; 1,
// some; 2, not understood.
#include "engine/effects.h"
#include "tests/simulation/planted/hunt.h"
#include "tests/simulation/report.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <thread>

namespace {

using namespace qualog::simulation;

struct Options {
  std::uint64_t from = 1;
  std::uint64_t seeds = 1000;
  std::uint64_t seed = 0;
  unsigned jobs = std::thread::hardware_concurrency();
  std::string planted;
  std::uint64_t day = 0;
  bool json = false;
  bool reach = false;
};

int run(const Options& options, const HostBugs& bugs) {
  const bool one = options.seed != 0;
  Run run{options.from, options.seeds, std::max(options.jobs, 1U)};
  if (one) run = {options.seed, 1, 1};
  const auto totals =
      run_seeds(run, bugs, [&](std::uint64_t done) { show_progress(done, run.seeds); });
  constexpr std::size_t kShown = 10;
  for (std::size_t n = 0; n < std::min(totals.failures.size(), kShown); ++n)
    print_failure(totals.failures[n], bugs, one);
  if (!options.json) print_audit(totals.audit);
  const bool reached = !options.reach || print_unreached(totals.audit);
  print_json(totals);
  return totals.failures.empty() && reached ? 0 : 1;
}

// Printed, so that the hunt of a day can be held again.
std::uint64_t day_of(const Options& options) {
  const auto today = qualog::SystemClock().now_us() / 86'400'000'000;
  const auto day = options.day != 0 ? options.day : today;
  fmt::print("the hunt of day {}: --planted today --day {}\n", day, day);
  return day;
}

int hunt_for(const Options& options, const std::vector<const PlantedBug*>& bugs) {
  return hunt(bugs, options.from, options.seeds, options.jobs).survivors.empty() ? 0 : 1;
}

// One may stay out of so few histories; two of ten is more than that.
int hunt_of_day(const Options& options) {
  constexpr std::size_t kUnluckyMax = 1;
  const auto hunted = hunt(bugs_of_day(day_of(options)), options.from, options.seeds, options.jobs);
  return hunted.survivors.size() > kUnluckyMax ? 1 : 0;
}

int run_planted(const Options& options) {
  std::vector<const PlantedBug*> all;
  for (const auto& bug : planted_bugs()) all.push_back(&bug);
  if (options.planted == "list")
    for (const auto* bug : all) fmt::print("{}\n", bug->name);
  if (options.planted == "list") return 0;
  if (options.planted == "all") return hunt_for(options, all);
  if (options.planted == "today") return hunt_of_day(options);
  const auto* bug = planted_bug(options.planted);
  if (bug == nullptr) fmt::print(stderr, "no bug {}; see --planted list\n", options.planted);
  if (bug == nullptr) return 2;
  plant(*bug);
  return run(options, bug->host);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Runs simulated histories of a project and checks what must hold in each.");
  Options options;
  app.add_option("--seeds", options.seeds, "how many histories");
  app.add_option("--from", options.from, "the first seed");
  app.add_option("--seed", options.seed, "this one alone, with its story where it fails");
  app.add_option("--jobs", options.jobs, "threads");
  app.add_option("--planted", options.planted, "with a bug: NAME, list, all, today (ten of them)");
  app.add_option("--day", options.day, "of --planted today: days since 1970");
  app.add_flag("--reach", options.reach, "fails where a refusal code does not come up");
  app.add_flag("--json", options.json, "only the last line, beside violations");
  CLI11_PARSE(app, argc, argv);
  name_seed_on_abort();
  return options.planted.empty() ? run(options, {}) : run_planted(options);
}
