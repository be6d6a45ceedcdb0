// SPDX-License-Identifier: Apache-2.0
// Work in a process of its own, for what may end by a fault: LMDB trusts its pages, so a state that
// a disk has damaged can do that. Only while the process has one thread.
#pragma once

#include "schema/function_ref.h"
#include "tools/qualog/exit_code.h"

#include <optional>

namespace qualog::tools {

// How the work ended; nothing when a signal ended it. What it prints is printed.
std::optional<Exit> in_child(FunctionRef<Exit()> work);

}  // namespace qualog::tools
