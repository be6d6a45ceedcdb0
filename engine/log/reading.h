// SPDX-License-Identifier: Apache-2.0
// Reading a file log: the scan that opening, `verify` and every other reader share, and the reader
// that works beside a running owner. A reader repairs nothing and writes nothing. While somebody
// holds the lock it stops at the witness, otherwise at the last valid record.
#pragma once

#include "engine/log/files.h"
#include "engine/log/log.h"
#include "engine/log/record.h"
#include "engine/log/walk.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace qualog::log {

struct [[nodiscard]] ReadSummary {
  LogIds ids{};
  State state{};   // where the reading ended, open group included
  Place end{};     // there
  Head settled{};  // of the last settled record read
  Place settled_place{};
  std::uint64_t records = 0;  // Batches, Fences and Seals delivered
  std::uint64_t events = 0;
  std::uint64_t asides = 0;
  std::uint64_t fences = 0;
  std::uint64_t ignored = 0;  // of a topic: records that the rule passes over, by whomever
  std::uint64_t foreign = 0;  // of a topic: what is no record of ours
  bool owned = false;         // somebody held the lock; read up to the witness
  bool copied = false;        // the directory is a copy
  std::optional<Sequence> copy_ends{};  // a copy made while it ran: it ends after this event
  std::uint64_t tail_bytes = 0;         // in use behind the end, void: a torn record
  bool tail_has_records = false;        // of such a copy: whole ones lie there, void like the rest
  std::optional<Seal> seal{};           // the project has moved
  std::vector<Damage> damage{};         // in order; at most kDamageMax; nothing is delivered behind
};

inline constexpr std::size_t kDamageMax = 1000;

// Reads the whole log in `directory`, or what lies behind `from`, into `sink`. `from` is {} or a
// place where a record ends and no group is open. Damage is no Error: it is reported in the
// summary, and the reading goes on behind it, checking but not delivering. Errors: not_found
// (no log here), damaged (no witness, or no valid slot in it), too_new, io, and what the sink
// gives.
Result<ReadSummary> read_file_log(Files& files, const std::string& directory, Place from,
                                  Sink& sink);

// What read_records() reads, and when it stops.
struct ReadPlan {
  Place from{};
  std::optional<State> from_state{};  // S there, of the log `ids`, if it is known
  LogIds ids{};
  std::vector<Applied> evidence{};  // places that must be met, with their heads
  std::optional<Place> limit{};     // read no byte behind it
  std::function<Result<bool>(const Place& end)> may_pass{};  // false: stop before this record
  bool judge_end = false;       // look at what lies behind the end: a valid record there is damage,
  bool copied_running = false;  // but not in a copy made while it ran
};

// The scan itself, over begun segments. Damage ends up in `summary`.
Result<void> read_records(Files& files, const Catalog& catalog, const ReadPlan& plan, Sink& sink,
                          ReadSummary& summary);

}  // namespace qualog::log
