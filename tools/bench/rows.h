// SPDX-License-Identifier: Apache-2.0
// The rows that a stretch of work left in a state, in the order in which the work first wrote them:
// what the floor of bare puts is measured with.
#pragma once

#include "engine/folding.h"
#include "tools/probe/floors.h"

#include <set>
#include <string>

namespace qualog::tools {

// Every key of the state, table number in front.
std::set<std::string> row_keys(const projector::Environment& state);

// The rows that are not in `before`, in the order in which folding the log in `directory` writes
// them first.
std::vector<StoredRow> new_rows(const projector::Environment& state,
                                const std::filesystem::path& log_directory,
                                const std::set<std::string>& before);

}  // namespace qualog::tools
