// SPDX-License-Identifier: Apache-2.0
// Shrinking: a history that breaks a promise, with fewer steps that still break the same one. A
// step has its own dice, so that leaving one out changes no other. Pure but for the time it takes.
#pragma once

#include "tests/simulation/simulation.h"

#include <string>
#include <vector>

namespace qualog::simulation {

struct Shrunk {
  std::vector<std::size_t> steps;  // that are needed
  std::size_t of = 0;              // so many were taken at first
  Violation violation;
  std::vector<std::string> story;  // a line for each event and answer
};

// `found`: what the plan's history broke.
Shrunk shrunk(const Plan& plan, const HostBugs& bugs, const Violation& found);

}  // namespace qualog::simulation
