// SPDX-License-Identifier: Apache-2.0
// Random tests print their seed and replay from it: QUALOG_SEED=N runs that one seed,
// QUALOG_CASES=N sets how many are run; QUALOG_CASES_MAX=N lets no test run more than that.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <random>

namespace qualog::test {

using Rng = std::mt19937_64;

inline std::uint64_t env_number(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

// How many cases to run where a test would run `usual`.
inline std::uint64_t wanted_cases(std::uint64_t usual) {
  return std::min(env_number("QUALOG_CASES", usual), env_number("QUALOG_CASES_MAX", ~0ULL));
}

// Whether the test runs all its own cases: only then it can ask that they reach everything.
inline bool full_run() {
  return env_number("QUALOG_SEED", 0) == 0 && env_number("QUALOG_CASES", 0) == 0 &&
         env_number("QUALOG_CASES_MAX", 0) == 0;
}

// Whether the run was asked to be short. A seed alone is not: what it repeats must be the same.
inline bool short_run() { return env_number("QUALOG_CASES_MAX", 0) != 0; }

// Calls body(rng, seed) for seeds 1..cases, or for QUALOG_SEED alone.
template <class Body>
void for_seeds(std::uint64_t cases, Body body) {
  const std::uint64_t only = env_number("QUALOG_SEED", 0);
  const std::uint64_t last = only != 0 ? only : wanted_cases(cases);
  for (std::uint64_t seed = only != 0 ? only : 1; seed <= last; ++seed) {
    Rng rng(seed);
    body(rng, seed);
  }
}

// The control of a random test: the first of seeds 1..cases at which finds(rng, seed) notices the
// broken variant. It tries as many as it needs, whatever was asked for.
template <class Finds>
std::optional<std::uint64_t> first_noticed(std::uint64_t cases, Finds finds) {
  for (std::uint64_t seed = 1; seed <= cases; ++seed) {
    Rng rng(seed);
    if (finds(rng, seed)) return seed;
  }
  return std::nullopt;
}

inline std::uint64_t below(Rng& rng, std::uint64_t bound) { return rng() % bound; }

}  // namespace qualog::test
