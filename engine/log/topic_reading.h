// SPDX-License-Identifier: Apache-2.0
// TopicReading: the records of a topic through the rule, one after another, as its owner and its
// readers see them. A topic also holds what no log file may: records of owners who have lost, late
// and double ones, and what strangers wrote. The rule passes over all of it; it is counted. A
// record of ours that contradicts the log, or of a newer version, stops every reader.
// Places are {generation of the topic, offset behind the record}. One thread.
#pragma once

#include "engine/log/delivery.h"
#include "engine/log/reading.h"
#include "engine/log/rule.h"
#include "engine/log/topic.h"

#include <optional>

namespace qualog::log {

// Which log is read. A lineage of zeros: whichever the first Fence names.
struct TopicLogIds {
  LogIds ids;
  std::uint64_t generation = 0;  // of the topic
};

class TopicReading {
 public:
  // Stands before the first record.
  TopicReading(const Topic& topic, const TopicLogIds& which);

  // Stands behind a settled place. `last`: the record that ends there, which must lead to `head`
  // where that is given. Error: damaged, the log has lost what it had.
  Result<void> stand_behind(const Place& place, const TopicRecord& last,
                            const std::optional<Head>& head);
  // Judges the next record; accepted items go to `delivery`, where there is one. True: accepted.
  // Errors: damaged, too_new, and what the sink gives.
  Result<bool> take(const TopicRecord& record, Delivery* delivery);
  // The same for a record that needs no decoding.
  Result<bool> take(const RecordView& record, std::uint64_t offset, Delivery* delivery);

  const State& state() const { return state_; }
  const LogIds& ids() const { return which_.ids; }
  // The offset behind the last record taken.
  std::uint64_t next() const { return next_; }
  const Place& settled_place() const { return settled_place_; }
  const std::optional<Seal>& seal() const { return seal_; }
  // The text of a Seal, or why there is no log.
  Error moved() const;
  Error none_here() const;
  bool is_begun() const { return state_.epoch.value != 0; }

  // As far as it has come, with the damage that stopped it.
  ReadSummary summary() const;
  // Damage at next(): noted, and as an Error.
  Error damaged(std::string reason);

 private:
  Result<void> begin_with(const RecordView& fence);
  Result<void> count(const RecordView& record, const Head& before, Delivery* delivery);

  const Topic& topic_;
  TopicLogIds which_;
  Chains chains_;
  State state_;
  std::uint64_t next_ = 0;
  Place settled_place_;
  std::optional<Seal> seal_;
  ReadSummary counts_;
};

}  // namespace qualog::log
