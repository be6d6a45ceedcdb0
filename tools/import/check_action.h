// SPDX-License-Identifier: Apache-2.0
// The last check of an action that a tool has made by itself: nothing may reach the log that could
// not be read back. Pure.
#pragma once

#include "schema/bytes.h"
#include "schema/result.h"

#include <string_view>

namespace qualog::tools {

// `packed`: the action, as schema/codec.h packs it. Error: invalid, naming the action, what is
// wrong with it, and `advice`: such a flaw is the tool's own.
Result<void> check_action(ByteView packed, std::string_view advice);

}  // namespace qualog::tools
