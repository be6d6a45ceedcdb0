// SPDX-License-Identifier: Apache-2.0
// Exit codes, one table: what scripts react to (docs/commands.md). An unknown code is a failure;
// new ones may come.
#pragma once

#include "engine/answer.h"
#include "schema/error.h"

namespace qualog::tools {

enum class Exit : int {
  done = 0,
  failed = 1,
  usage = 2,
  partly = 3,
  connection = 4,
  not_found = 10,
  held = 11,
  denied = 12,
  conflict = 13,
  damaged = 14,
  version = 15,
  interrupted = 130,
};

Exit exit_of(Code code);
// Of one answer: a refusal is a conflict, or denied.
Exit exit_of(const engine::Answer& answer);

}  // namespace qualog::tools
