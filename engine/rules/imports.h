// SPDX-License-Identifier: Apache-2.0
// Imports: which commands are imports. Pure.
#pragma once

#include "schema/fbs/command_generated.h"

namespace qualog::engine {

// A command is an import when it begins with its intent.
bool is_import(const fb::CommandT& command);

}  // namespace qualog::engine
