// SPDX-License-Identifier: Apache-2.0
// What a file makes is one act: all of it or nothing, and one undo takes it back.
#pragma once

#include "engine/project.h"
#include "schema/fbs/command_generated.h"

#include <vector>

namespace qualog::tools {

// In a session of its own, on whatever is newest.
fb::CommandT one_act(std::vector<fb::ActionUnion> actions, engine::Effects effects);

}  // namespace qualog::tools
