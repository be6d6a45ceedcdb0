// SPDX-License-Identifier: Apache-2.0
// Planted bugs: what a simulator that is worth anything finds. Rows are bugs as data: of every row
// each column that could be forgotten is taken out, one at a time (what looks at `seen` all
// together), so that a new row brings its bugs with it. The others are machines and owners that
// break a promise (host/faults.h). A name says what and where: "lease:coding.added",
// "host:answers early".
#pragma once

#include "engine/rules/rule.h"
#include "tests/simulation/host/faults.h"

#include <functional>
#include <string>
#include <vector>

namespace qualog::simulation {

struct PlantedBug {
  std::string name;
  std::function<void(engine::Rule&)> change;  // of the row of `action`, if any
  fb::Action action = fb::Action::NONE;
  HostBugs host;
};

std::vector<PlantedBug> row_bugs();
std::vector<PlantedBug> host_bugs();
// Both.
const std::vector<PlantedBug>& planted_bugs();
// nullptr: there is none of that name.
const PlantedBug* planted_bug(std::string_view name);

}  // namespace qualog::simulation
