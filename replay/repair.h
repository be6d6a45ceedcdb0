// SPDX-License-Identifier: Apache-2.0
// repair: makes of a project's stores what they should be, as far as the log says it. The log and
// every file that it names are verified first; a damaged record or file is reported and never
// papered over: nothing is written behind a damaged log. A state that is missing or differs is
// folded anew from the log, and then proved. A sound state is written compactly, a copy that takes
// its place. What is written is the state alone.
#pragma once

#include "engine/compact.h"
#include "replay/verify.h"

#include <string>

namespace qualog::replay {

struct RepairOptions {
  std::string actor;              // an Owner
  bool state_unreadable = false;  // reading it has ended a program: it is folded anew unseen
  Progress progress;
};

struct RepairReport {
  VerifyReport proof;  // of what stands now; its `state`: what was found before
  bool state_folded_anew = false;
  // The project is open in another process: the state was not written, sound or not.
  bool in_use = false;
  std::optional<projector::CompactedState> compacted;
};

// Works beside a running owner, but for what it writes. Damage is no Error: it is reported.
// Errors: forbidden (not an Owner), not_found, too_new, io, no_space.
Result<RepairReport> repair(const engine::ProjectPlace& place, engine::Effects effects,
                            const RepairOptions& options);

}  // namespace qualog::replay
