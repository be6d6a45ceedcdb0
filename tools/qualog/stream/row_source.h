// SPDX-License-Identifier: Apache-2.0
// What the rows of a project may say: options of a command as options of its projector. One thread.
#pragma once

#include "engine/project.h"
#include "replay/mirror/cursor.h"
#include "replay/stream/rows.h"

namespace qualog::tools {

// Errors: those of load_keys(), where pseudonyms are wanted.
Result<stream::RowOptions> row_options(const engine::ProjectPlace& place, const LineageId& lineage,
                                       const mirror::RowKind& kind);

}  // namespace qualog::tools
