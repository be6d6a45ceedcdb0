// SPDX-License-Identifier: Apache-2.0
// One source from a file into a project: the actions that make it. A text comes into the log as it
// is; everything else stays the file that it is, in the project's blob area, and the action names
// it: so its bytes have to be there first (bring.h). Pure.
#pragma once

#include "schema/fbs/command_generated.h"
#include "schema/ids.h"
#include "schema/text.h"
#include "tools/documents/material.h"

#include <string>
#include <vector>

namespace qualog::tools {

// Whether the file itself has to lie in the project.
bool stays_a_file(const documents::Material& material);

// Errors: invalid for a name that no source may have; too_large for a file that no blob area takes.
Result<void> check_addable(const std::string& name, const documents::Material& material);

// Leaves out of the material what an event cannot hold, and tells it among the losses: the pages of
// a PDF past kSourcePagesMax, ends of the names of columns, the length of a recording past 49 days.
void fit_into_events(documents::Material& material);

// What the file was given as: `folder` may be zero. What a project knows of it already has its id.
struct NewSource {
  ItemId id;
  std::string name;
  ItemId folder;
};

// The same file under the same name in the same folder has the same id in a project, so that a
// command that is sent again is known; `times`: so often it was there and is gone. Whoever has not
// the project's key cannot tell from the id what the file was.
ItemId id_of_file(const NameKey& names, const std::string& name, const ItemId& folder,
                  const documents::Material& material, std::uint32_t times);

// In the order in which they are to be sent, as one act; of what check_addable() lets pass.
std::vector<fb::ActionUnion> add_actions(const NewSource& source,
                                         const documents::Material& material, const NameKey& names);

// ---- an external: what stands for something that is no file

// Errors: invalid for a name, or for words on where it is, that no source may have.
Result<void> check_external(const std::string& name, const std::string& where);
// A material that holds nothing, and is the same for the same place.
documents::Material external_material(const std::string& where);
std::vector<fb::ActionUnion> external_actions(const NewSource& source, const std::string& where,
                                              const NameKey& names);

}  // namespace qualog::tools
