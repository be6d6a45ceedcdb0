// SPDX-License-Identifier: Apache-2.0
// One line for `qualog apply` of each action that is served. The line works in a project that was
// just made, behind the lines named with it; a test runs every one. Ids and sequences are those of
// such a project. Immutable; any thread.
#pragma once

#include "schema/fbs/action_generated.h"

#include <string>
#include <vector>

namespace qualog::tools {

struct Example {
  std::vector<std::string> before;  // lines that make what the line speaks of, in order
  std::string line;                 // empty: the action comes from a command of the program
  std::string made_by;              // then: which
};

// Empty for an action that is not served.
Example example_of(fb::Action action);

}  // namespace qualog::tools
