// SPDX-License-Identifier: Apache-2.0
// Tally: what many answers come to as one exit code. The worst that happened decides: a line that
// is no command, then what may be applied or not or failed for no fault of the command, then a
// refusal. Answers may be counted in one thread and lines in another.
#pragma once

#include "tools/qualog/exit_code.h"

namespace qualog::tools {

class Tally {
 public:
  void count(const engine::Answer& answer);
  void count_unreadable() { unreadable_ = true; }

  // When nothing is counted any more.
  Exit exit() const;

 private:
  bool unreadable_ = false;
  bool failed_ = false;
  bool refused_ = false;
};

}  // namespace qualog::tools
