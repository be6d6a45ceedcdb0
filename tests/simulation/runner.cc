// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/runner.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <mutex>
#include <thread>
#include <unistd.h>

namespace qualog::simulation {

namespace {

constexpr std::uint64_t kTwiceEvery = 20;

thread_local std::uint64_t running_seed = 0;

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::optional<Violation> run_seed(std::uint64_t seed, const HostBugs& bugs, Audit& audit) {
  running_seed = seed;
  Simulation simulation(plan_of(seed), bugs);
  auto found = simulation.run();
  audit.add(simulation.audit());
  if (found || seed % kTwiceEvery != 0) return found;
  Simulation again(plan_of(seed), bugs);
  again.run();
  if (again.audit() != simulation.audit())
    return Violation{"I6", "the same seed, another history", 0};
  return std::nullopt;
}

class Workers {
 public:
  Workers(const Run& run, const HostBugs& bugs, const std::function<void(std::uint64_t)>& progress)
      : run_(run), bugs_(bugs), progress_(progress), next_(run.from) {}

  void work() {
    for (;;) {
      const auto seed = next_++;
      if (seed >= run_.from + run_.seeds || enough_) return;
      Audit audit;
      const auto found = run_seed(seed, bugs_, audit);
      const std::lock_guard lock(mutex_);
      totals.audit.add(audit);
      if (found) totals.failures.push_back({seed, *found});
      enough_ = totals.failures.size() >= run_.failures_max;
      if (progress_) progress_(totals.audit.seeds);
    }
  }

  Totals totals;

 private:
  const Run& run_;
  const HostBugs& bugs_;
  const std::function<void(std::uint64_t)>& progress_;
  std::atomic<std::uint64_t> next_;
  std::atomic<bool> enough_{false};
  std::mutex mutex_;
};

void name_seed(int) {
  std::array<char, 64> line{};
  const int size = std::snprintf(line.data(), line.size(), "./dev sim --seed %llu aborts\n",
                                 static_cast<unsigned long long>(running_seed));
  [[maybe_unused]] const auto written = write(2, line.data(), static_cast<std::size_t>(size));
  std::signal(SIGABRT, SIG_DFL);
}

}  // namespace

void name_seed_on_abort() { std::signal(SIGABRT, name_seed); }

Totals run_seeds(const Run& run, const HostBugs& bugs,
                 const std::function<void(std::uint64_t)>& progress) {
  const auto begun = std::chrono::steady_clock::now();
  const auto cpu_begun = cpu_seconds();
  Workers workers(run, bugs, progress);
  std::vector<std::thread> threads;
  for (unsigned n = 1; n < run.jobs; ++n) threads.emplace_back([&] { workers.work(); });
  workers.work();
  for (auto& thread : threads) thread.join();
  auto totals = std::move(workers.totals);
  std::ranges::sort(totals.failures, {}, &Failure::seed);
  totals.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  totals.cpu_seconds = cpu_seconds() - cpu_begun;
  return totals;
}

}  // namespace qualog::simulation
