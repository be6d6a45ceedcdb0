// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/tally.h"

namespace qualog::tools {

// Whose fault it is, the exit code of the single answer says.
void Tally::count(const engine::Answer& answer) {
  switch (exit_of(answer)) {
    case Exit::done:
      return;
    case Exit::usage:
    case Exit::not_found:
    case Exit::denied:
    case Exit::conflict:
      refused_ = true;
      return;
    default:
      failed_ = true;
  }
}

Exit Tally::exit() const {
  if (unreadable_) return Exit::usage;
  if (failed_) return Exit::failed;
  return refused_ ? Exit::partly : Exit::done;
}

}  // namespace qualog::tools
