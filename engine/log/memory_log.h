// SPDX-License-Identifier: Apache-2.0
// A topic in memory with an adversary, for tests and simulations: records land late, twice, or
// never, and answers get lost, as with a broker. What has landed is durable. The log on it follows
// the protocol of topic_log.h, the one that runs over real brokers. One thread.
#pragma once

#include "engine/effects.h"
#include "engine/log/record.h"
#include "engine/log/topic_log.h"

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
  Retried,     // it lands twice; the answer is about the second
  Unplaced,    // it lands twice; the answer does not say where
};

// Chances in percent; the rest lands.
struct Odds {
  unsigned unanswered = 0;
  unsigned late = 0;
  unsigned drop = 0;
  unsigned twice = 0;
  unsigned retried = 0;
  unsigned unplaced = 0;
  unsigned land_held = 0;  // that a held record lands just before another one
};

// The records of one project, shared by all who open it.
class MemoryRecords final : public Topic {
 public:
  MemoryRecords(LogIds ids, Random& adversary) : ids_(ids), adversary_(adversary) {}

  const LogIds& ids() const { return ids_; }
  void set_odds(const Odds& odds) { odds_ = odds; }
  // These fates come first, in order; then the odds decide.
  void script(std::deque<Fate> fates) { script_ = std::move(fates); }
  // Lets held records land now, oldest first; gives how many did.
  std::size_t land_held(std::size_t most);
  // What no broker may do, but all of them failing together can: the last records are gone.
  void lose_end(std::size_t count) { landed_.resize(landed_.size() - count); }

  SendReport send(ByteView record) override;
  Result<void> read(std::uint64_t from, std::optional<std::uint64_t> through, Take take) override;
  const std::string& name() const override { return name_; }
  const std::vector<Bytes>& landed() const { return landed_; }

 private:
  Fate next_fate();
  bool chance(unsigned percent);

  std::string name_ = "in memory";
  LogIds ids_;
  Random& adversary_;
  Odds odds_;
  std::deque<Fate> script_;
  std::vector<Bytes> landed_;
  std::vector<Bytes> held_;
};

// As a log wants its topic. The records outlive it.
inline std::shared_ptr<Topic> shared(MemoryRecords& records) {
  return {std::shared_ptr<Topic>(), &records};
}

// Opens the log as its owner, and makes it where there is none. `records`, `random` outlive the
// log. Errors: those of open_topic_log.
Result<std::unique_ptr<Log>> open_memory_log(MemoryRecords& records, Place from, Random& random,
                                             Sink& sink, Obligations obligations = {});

}  // namespace qualog::log
