// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/audit.h"

#include <algorithm>
#include <functional>

namespace qualog::simulation {

void Audit::add(const Audit& other) {
  for (std::size_t n = 0; n < actions.size(); ++n) {
    actions[n].accepted += other.actions[n].accepted;
    actions[n].repeated += other.actions[n].repeated;
    actions[n].refused += other.actions[n].refused;
  }
  for (std::size_t n = 0; n < refusals.size(); ++n) refusals[n] += other.refusals[n];
  seeds += other.seeds;
  steps += other.steps;
  sent += other.sent;
  unsound += other.unsound;
  for (const auto& [name, count] : other.counts) counts[name] += count;
  std::ranges::transform(digest, other.digest, digest.begin(), std::bit_xor());
}

}  // namespace qualog::simulation
