// SPDX-License-Identifier: Apache-2.0
// Writing the state of a project anew, without what nothing in it uses.
#pragma once

#include "engine/project.h"
#include "projector/state/compact.h"

namespace qualog::engine {

// The project must not be open; readers may be at work. Errors: held, damaged, no_space, io;
// what then stands is said in projector/state/compact.h.
Result<projector::CompactedState> compact_state(const ProjectPlace& place);

}  // namespace qualog::engine
