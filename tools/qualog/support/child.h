// SPDX-License-Identifier: Apache-2.0
// Work in a process of its own, for what may end by a fault: LMDB trusts its pages, so a state that
// a disk has damaged can do that. Only while the process has one thread.
#pragma once

#include "schema/function_ref.h"
#include "tools/qualog/exit_code.h"

namespace qualog::tools {

// How a child ended: with an exit code, or by a signal.
struct Ended {
  Exit exit = Exit::failed;
  int signal = 0;  // 0: none

  // What bad bytes do to whoever trusts them. Any other signal came from outside.
  bool by_fault() const;
};

// How the work ended. What it prints is printed.
Ended in_child(FunctionRef<Exit()> work);

}  // namespace qualog::tools
