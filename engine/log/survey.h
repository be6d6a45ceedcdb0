// SPDX-License-Identifier: Apache-2.0
// Where a file log ends: told from its last segments and its witness alone, so that a long log
// opens at once. A torn end is told from damage here. survey() writes nothing; repair() makes what
// was read durable before anybody believes it.
#pragma once

#include "engine/log/files.h"
#include "engine/log/record.h"
#include "engine/log/segment.h"
#include "engine/log/witness.h"

#include <memory>
#include <optional>
#include <string>

namespace qualog::log {

struct Survey {
  Catalog catalog;                // the begun segments
  std::uint64_t never_begun = 0;  // segments behind them with neither header nor record
  LogIds ids;
  State state;  // at the end, open group included
  std::optional<Seal> seal;
  Place end;
  std::optional<State> at_from;   // S at the place asked for, if it was passed
  std::uint64_t tail_bytes = 0;   // bytes in use behind the end: a torn record, or a copy's rest
  bool tail_has_records = false;  // of a copy: whole ones lie in its rest
};

// The begun segments of a directory; `never_begun` counts those behind them.
Result<Catalog> begun_segments(Files& files, const std::string& directory,
                               std::uint64_t& never_begun);

// Opens the witness. Errors: not_found where there is no log, or its creation was not finished;
// damaged where there are records and no witness.
Result<std::unique_ptr<File>> open_witness(Files& files, const std::string& directory,
                                           Access access);
Error witness_damage(const std::string& directory);

// Reads from the segment of the witness on; of a copy made while it ran, the last segment.
// `from` is a place whose S is wanted, so that nothing is read twice.
// Errors: damaged, also when the log ends before its witness; too_new; io.
Result<Survey> survey(Files& files, const std::string& directory, const WitnessReading& witness,
                      const Place& from);

// Writes every header and record behind the witness again in place, zeroes a torn end (never a
// copy's rest), removes segments that were never begun, and syncs files and directory. The owner's.
Result<void> repair(Files& files, const Survey& survey, const WitnessReading& witness);

}  // namespace qualog::log
