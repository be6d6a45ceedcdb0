// SPDX-License-Identifier: Apache-2.0
// Random tests print their seed and replay from it: QUALOG_SEED=N runs that one seed,
// QUALOG_CASES=N sets how many are run.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>

namespace qualog::test {

using Rng = std::mt19937_64;

inline std::uint64_t env_number(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

// Calls body(rng, seed) for seeds 1..cases, or for QUALOG_SEED alone.
template <class Body>
void for_seeds(std::uint64_t cases, Body body) {
  const std::uint64_t only = env_number("QUALOG_SEED", 0);
  const std::uint64_t last = only != 0 ? only : env_number("QUALOG_CASES", cases);
  for (std::uint64_t seed = only != 0 ? only : 1; seed <= last; ++seed) {
    Rng rng(seed);
    body(rng, seed);
  }
}

inline std::uint64_t below(Rng& rng, std::uint64_t bound) { return rng() % bound; }

}  // namespace qualog::test
