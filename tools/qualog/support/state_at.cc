// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/state_at.h"

#include "tools/qualog/support/named_moment.h"

namespace qualog::tools {

Result<StateAt> StateAt::open(const Globals& globals, const std::string& project,
                              const std::string& at) {
  QUALOG_ASSIGN(const auto place, globals.place(project));
  StateAt made;
  auto now = globals.view(place);
  if (at.empty()) {
    QUALOG_ASSIGN(made.view_, std::move(now));
    return made;
  }
  // Who may read it now may read what it was; of a damaged project, who might at that moment.
  const bool damaged = !now && now.error().code == Code::damaged;
  if (!now && !damaged) return now.error();
  if (now) now->reset();
  QUALOG_ASSIGN(const auto moment, moment_of(globals, place, at));
  QUALOG_ASSIGN(made.then_, replay::open_at(place, moment));
  if (damaged) QUALOG_TRY(globals.check_may_read(made.then_->state()));
  return made;
}

}  // namespace qualog::tools
