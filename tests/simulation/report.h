// SPDX-License-Identifier: Apache-2.0
// Report: what a run of the simulator prints: a line for each violation that repeats it, the audit,
// and one line of JSON at the end.
#pragma once

#include "tests/simulation/runner.h"
#include "tests/simulation/shrink.h"

namespace qualog::simulation {

// Overwrites its line; only where standard error is a terminal.
void show_progress(std::uint64_t done, std::uint64_t of);
void print_failure(const Failure& failure, const HostBugs& bugs, bool with_story);
void print_audit(const Audit& audit);
// Prints which refusal codes came up less than once in two hundred histories, of those that can
// come up without a server; true: none.
bool print_unreached(const Audit& audit);
// {"seeds":…,"violations":…,"seconds":…,"digest":…,"refusals":{…}}
void print_json(const Totals& totals);

}  // namespace qualog::simulation
