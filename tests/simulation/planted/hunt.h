// SPDX-License-Identifier: Apache-2.0
// Hunt: each of some planted bugs in a process of its own, until a seed finds it or the budget is
// spent. A process that ends by an assertion has found it too. Prints a line a bug, then how many
// were found and who survived.
#pragma once

#include "tests/simulation/planted/bugs.h"

namespace qualog::simulation {

// Puts the bug's row in force. Once in a process.
void plant(const PlantedBug& bug);

// Ten of those that are always found, others for each `day`.
std::vector<const PlantedBug*> bugs_of_day(std::uint64_t day);
// Listed in unfound.h.
bool is_unfound(const PlantedBug& bug);

struct Hunted {
  std::size_t found = 0;
  std::vector<std::string> survivors;
};

Hunted hunt(const std::vector<const PlantedBug*>& bugs, std::uint64_t from, std::uint64_t seeds,
            unsigned jobs);

}  // namespace qualog::simulation
