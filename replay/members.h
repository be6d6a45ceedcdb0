// SPDX-License-Identifier: Apache-2.0
// Who may do to a project what is done from outside of it. Pure.
#pragma once

#include "projector/store.h"
#include "schema/result.h"

#include <string>

namespace qualog::replay {

// Error: forbidden, unless `actor` is an Owner in this state.
Result<void> check_owner(const projector::Reader& state, const std::string& actor);

}  // namespace qualog::replay
