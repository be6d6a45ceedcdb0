// SPDX-License-Identifier: Apache-2.0
// Puts every text selection of a project where it lies in code points: one dialect for each text
// form, chosen by evidence (dialect.h), reported where it is in doubt. Needs the texts.
#pragma once

#include "tools/interchange/loss.h"
#include "tools/interchange/refi/project_model.h"

namespace qualog::interchange {

// Fills `dialects` (one row for each form with a text and a range), and start, end and placement of
// text and transcript selections, and positions of SyncPoints.
void place_selections(Project& project, LossList& losses);

}  // namespace qualog::interchange
