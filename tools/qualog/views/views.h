// SPDX-License-Identifier: Apache-2.0
// The commands that list all that a project has of one kind: their options, and the functions that
// do it, as in tools/qualog/commands.h.
#pragma once

#include "tools/qualog/globals.h"

namespace qualog::tools {

struct ViewOptions {
  std::string project;
  std::string at;  // a sequence, a time or a milestone; empty: now
};
Exit classifications(const Globals& globals, const ViewOptions& options);
Exit relationships(const Globals& globals, const ViewOptions& options);
Exit sets(const Globals& globals, const ViewOptions& options);

}  // namespace qualog::tools
