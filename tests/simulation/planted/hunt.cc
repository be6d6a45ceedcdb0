// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/planted/hunt.h"

#include "tests/simulation/planted/rows_in_force.h"
#include "tests/simulation/planted/unfound.h"
#include "tests/simulation/runner.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <map>
#include <unistd.h>

namespace qualog::simulation {

namespace {

constexpr std::size_t kBugsInDay = 10;

// In a process of its own: 0, nothing was found.
[[noreturn]] void look_for(const PlantedBug& bug, std::uint64_t from, std::uint64_t seeds) {
  std::signal(SIGABRT, SIG_DFL);
  plant(bug);
  Run run{from, seeds, 1};
  run.failures_max = 1;
  const auto totals = run_seeds(run, bug.host);
  for (const auto& failure : totals.failures)
    fmt::print("found     {}: seed {}, {}: {}\n", bug.name, failure.seed,
               failure.violation.invariant, failure.violation.what);
  std::fflush(stdout);
  _exit(totals.failures.empty() ? 0 : 1);
}

class Hunters {
 public:
  Hunters(std::uint64_t from, std::uint64_t seeds) : from_(from), seeds_(seeds) {}

  void send(const PlantedBug* bug) {
    std::fflush(stdout);
    const auto child = fork();
    if (child == 0) look_for(*bug, from_, seeds_);
    out_[child] = bug;
  }
  bool any() const { return !out_.empty(); }
  std::size_t count() const { return out_.size(); }

  void wait_for_one() {
    int status = 0;
    const auto child = wait(&status);
    const auto* bug = out_.at(child);
    out_.erase(child);
    const bool aborted = !WIFEXITED(status);
    if (aborted) fmt::print("found     {}: an assertion ends the program\n", bug->name);
    if (aborted || WEXITSTATUS(status) != 0) {
      ++hunted.found;
      return;
    }
    fmt::print("SURVIVES  {}\n", bug->name);
    hunted.survivors.push_back(bug->name);
  }

  Hunted hunted;

 private:
  std::uint64_t from_;
  std::uint64_t seeds_;
  std::map<int, const PlantedBug*> out_;
};

}  // namespace

void plant(const PlantedBug& bug) {
  std::vector<engine::Rule> rows(engine::written_rules().begin(), engine::written_rules().end());
  for (auto& row : rows)
    if (bug.change && row.action == bug.action) bug.change(row);
  put_in_force(std::move(rows));
}

bool is_unfound(const PlantedBug& bug) {
  return std::ranges::count(kUnfound, std::string_view(bug.name), &Unfound::name) != 0;
}

std::vector<const PlantedBug*> bugs_of_day(std::uint64_t day) {
  std::vector<const PlantedBug*> all;
  for (const auto& bug : planted_bugs())
    if (!is_unfound(bug)) all.push_back(&bug);
  std::vector<const PlantedBug*> chosen;
  for (std::size_t n = 0; n < kBugsInDay; ++n)
    chosen.push_back(all[(day * kBugsInDay + n) * 7 % all.size()]);
  return chosen;
}

Hunted hunt(const std::vector<const PlantedBug*>& bugs, std::uint64_t from, std::uint64_t seeds,
            unsigned jobs) {
  Hunters hunters(from, seeds);
  for (const auto* bug : bugs) {
    if (hunters.count() >= jobs) hunters.wait_for_one();
    hunters.send(bug);
  }
  while (hunters.any()) hunters.wait_for_one();
  fmt::print("{} of {} planted bugs found\n", hunters.hunted.found, bugs.size());
  return hunters.hunted;
}

}  // namespace qualog::simulation
