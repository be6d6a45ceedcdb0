// SPDX-License-Identifier: Apache-2.0
// The rows as they are written, whatever rows are in force: for who sends and for who checks.
#pragma once

#include "engine/rules/rule.h"

namespace qualog::simulation {

// nullptr: not served.
const engine::Rule* written_row(fb::Action action);

}  // namespace qualog::simulation
