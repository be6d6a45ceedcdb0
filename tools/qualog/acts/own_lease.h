// SPDX-License-Identifier: Apache-2.0
// Own lease: the edit mode that the actor has of an item now, in whatever session. Pure read.
#pragma once

#include "projector/query/leases.h"
#include "tools/qualog/globals.h"

namespace qualog::tools {

// Nothing: nobody edits it, or somebody else.
std::optional<projector::Lease> own_lease(const Globals& globals, const projector::Reader& state,
                                          const ItemId& item);

}  // namespace qualog::tools
