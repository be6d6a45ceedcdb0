// SPDX-License-Identifier: Apache-2.0
// A log in memory with an adversary, for tests and simulations: records land late, twice, or never,
// and answers get lost, as with a broker. What has landed is durable. The owner obeys the same rule
// when it reads back: it counts a record as durable only where the rule accepts it, and resolves
// doubt by a Fence of its own. Places are {0, number of records up to there}. One thread.
#pragma once

#include "engine/effects.h"
#include "engine/log/log.h"
#include "engine/log/record.h"

#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace qualog::log {

// What becomes of one record that is sent.
enum class Fate {
  Land,        // it lands and is answered
  Unanswered,  // it lands; the answer is lost
  Late,        // no answer; it is held, and lands whenever land_held() lets it
  Drop,        // no answer; it never lands
  Twice,       // it lands and is answered; a copy is held
};

// Chances in percent; the rest lands.
struct Odds {
  unsigned unanswered = 0;
  unsigned late = 0;
  unsigned drop = 0;
  unsigned twice = 0;
  unsigned land_held = 0;  // that a held record lands just before another one
};

// The records of one project, shared by all who open it.
class MemoryRecords {
 public:
  MemoryRecords(LogIds ids, Random& adversary) : ids_(ids), adversary_(adversary) {}

  const LogIds& ids() const { return ids_; }
  void set_odds(const Odds& odds) { odds_ = odds; }
  // These fates come first, in order; then the odds decide.
  void script(std::deque<Fate> fates) { script_ = std::move(fates); }
  // Lets held records land now, oldest first; gives how many did.
  std::size_t land_held(std::size_t most);

  // Sends one record. The answer: how many records there are with it; nothing if it is lost.
  std::optional<std::uint64_t> send(ByteView record);
  const std::vector<Bytes>& landed() const { return landed_; }

 private:
  Fate next_fate();
  bool chance(unsigned percent);

  LogIds ids_;
  Random& adversary_;
  Odds odds_;
  std::deque<Fate> script_;
  std::vector<Bytes> landed_;
  std::vector<Bytes> held_;
};

// Opens the log as its owner: reads all, delivers what lies behind `from`, fences. `records`,
// `random` outlive the log. Errors: damaged, too_new, moved, unknown_outcome (no Fence is
// answered), and what the sink gives.
Result<std::unique_ptr<Log>> open_memory_log(MemoryRecords& records, Place from, Random& random,
                                             Sink& sink);

}  // namespace qualog::log
