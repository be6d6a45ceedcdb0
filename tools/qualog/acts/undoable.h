// SPDX-License-Identifier: Apache-2.0
// Which acts can still be undone: events alone, or groups by their first. What is in their way, the
// project says. Pure reads.
#pragma once

#include "projector/tables.h"
#include "tools/qualog/support/between.h"

#include <vector>

namespace qualog::tools {

// Newest first. `who`: a profile; zero: anybody's.
std::vector<Sequence> undoable_acts(const projector::Reader& state, Sequence head,
                                    const ItemId& who, const Between& between);

}  // namespace qualog::tools
