// SPDX-License-Identifier: Apache-2.0
// One source from a file into a project that is there already: the actions that make it. Pure.
#pragma once

#include "schema/fbs/command_generated.h"
#include "schema/ids.h"
#include "schema/text.h"
#include "tools/documents/material.h"

#include <string>
#include <vector>

namespace qualog::tools {

// Errors: invalid for a name that no source may have, and for a kind of material that a project
// cannot hold yet.
Result<void> check_addable(const std::string& name, const documents::Material& material);

// In the order in which they are to be sent, as one act; of what check_addable() lets pass.
std::vector<fb::ActionUnion> add_actions(const ItemId& id, const std::string& name,
                                         const documents::Material& material, const NameKey& names);

}  // namespace qualog::tools
