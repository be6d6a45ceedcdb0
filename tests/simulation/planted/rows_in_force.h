// SPDX-License-Identifier: Apache-2.0
// The rows that the engine of this program works with: those that are written, until others are put
// in their place. Stands for engine/rules/table.cc. Put rows before the engine is used; then any
// thread.
#pragma once

#include "engine/rules/rule.h"

namespace qualog::simulation {

void put_in_force(std::vector<engine::Rule> rows);

}  // namespace qualog::simulation
