// SPDX-License-Identifier: Apache-2.0
// The file log: one directory with zero-filled segments, a witness and a lock; the embedded
// default. Guarantees those of log.h: `durable` once the record's sync has returned; after a failed
// write or sync the segment is ended, and `not_applied` is said only when a new segment with an own
// Fence is durable. Damage below the end is refused and named, never repaired by cutting. One
// thread appends; maintain() may run in another. Bytes, rule, files: docs/log-format.md.
#pragma once

#include "engine/effects.h"
#include "engine/log/files.h"
#include "engine/log/log_store.h"
#include "engine/log/segment.h"

#include <memory>
#include <optional>
#include <string>

namespace qualog::log {

// Makes a new log in an existing directory and owns it. What an unfinished creation left there is
// replaced. `files` and `random` outlive the log.
// Errors: held; invalid if a log is there; no_space, io.
Result<std::unique_ptr<Log>> create_file_log(Files& files, const std::string& directory,
                                             ProjectId project, LineageId lineage, Random& random,
                                             SegmentSizes sizes = {});

// Opens a log as its owner: makes durable what is there, reads what lies behind `from` into `sink`,
// and appends a Fence. `from` is {} or where a state stands; `trusted` is that state's evidence,
// which must be found in the log. Cost: what lies behind `from`, and at most two segments more.
// A copy made while its original ran is opened once leniently (summary.copy_ends); its state is no
// evidence: if `from` is not met, Code::not_found asks for a rebuild from {}.
// Errors: held (another owner), damaged, too_new, moved (sealed; the message names the place),
// not_found (no log here), no_space, io, and what the sink gives.
Result<OpenedLog> open_file_log(Files& files, const std::string& directory, Place from,
                                const std::optional<Applied>& trusted, Random& random, Sink& sink,
                                SegmentSizes sizes = {});

}  // namespace qualog::log
