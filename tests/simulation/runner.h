// SPDX-License-Identifier: Apache-2.0
// Runner: many seeds on several threads, each by itself. Every twentieth is run twice: the same
// seed must give the same history to the last byte (I6). What aborts the program says its seed
// first.
#pragma once

#include "tests/simulation/simulation.h"

#include <functional>
#include <map>

namespace qualog::simulation {

struct Failure {
  std::uint64_t seed = 0;
  Violation violation;
};

struct Run {
  std::uint64_t from = 1;
  std::uint64_t seeds = 1;
  unsigned jobs = 1;
  std::size_t failures_max = ~std::size_t{0};  // then no further seed is begun
};

struct Totals {
  Audit audit;
  std::vector<Failure> failures;  // by seed
  double seconds = 0;
  double cpu_seconds = 0;
};

// `progress`, if any, is told how many seeds are done, from one thread at a time.
Totals run_seeds(const Run& run, const HostBugs& bugs,
                 const std::function<void(std::uint64_t)>& progress = {});

// Prints the seed that runs where an assertion ends the program.
void name_seed_on_abort();

}  // namespace qualog::simulation
