// SPDX-License-Identifier: Apache-2.0
// Gives every text form of a project its text: from the archive, else the inline one. Paths are
// followed inside of the archive only (source_path.h). Each file is unpacked once and held once,
// however many forms point to it.
#pragma once

#include "tools/interchange/archive.h"
#include "tools/interchange/loss.h"
#include "tools/interchange/refi/project_model.h"

namespace qualog::interchange {

// `archive` may be null: a bare .qde. A text that is absent or no text is reported, the rest goes
// on. Errors: a broken entry, and the limit of Archive on all that it unpacks to.
Result<void> load_texts(Project& project, Archive* archive, LossList& losses);

}  // namespace qualog::interchange
