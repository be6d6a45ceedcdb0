// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/state_at.h"

namespace qualog::tools {

Result<StateAt> StateAt::open(const Globals& globals, const std::string& project,
                              const std::string& at) {
  QUALOG_ASSIGN(const auto place, globals.place(project));
  StateAt made;
  if (at.empty()) {
    QUALOG_ASSIGN(made.view_, engine::View::open(place));
  } else {
    QUALOG_ASSIGN(made.then_, replay::open_at(place, at));
  }
  return made;
}

}  // namespace qualog::tools
