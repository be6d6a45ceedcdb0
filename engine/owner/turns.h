// SPDX-License-Identifier: Apache-2.0
// Turns: the owner's work without its threads. A turn decides a round of commands, each on what
// those before it left, appends the records, and only then answers and publishes. Between two turns
// nothing is under way. What waits, and where the state lies, belongs to who calls: the owner with
// its queue and its write-behind, or a simulation. One thread.
#pragma once

#include "engine/effects.h"
#include "engine/owner/round.h"
#include "projector/query/leases.h"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace qualog::engine {

struct OwnerOptions {
  std::int64_t lease_timeout_us = projector::kLeaseTimeoutUs;
  std::size_t commands_in_round = 256;
  std::size_t record_bytes = limits::kRecordBytesMax;  // of each record of a group
  std::size_t items_behind = 4096;  // events and asides answered and not yet on their way to LMDB
  std::shared_ptr<BlobStore> blobs = nullptr;  // none: no blob is complete
};

// Called with each durable event, in order, on the owner's thread, after its answer.
using Subscriber = std::function<void(Sequence, ByteView)>;

// Where a turn folds.
class FoldedState {
 public:
  virtual ~FoldedState() = default;
  // All that was folded before; valid until the turn ends. Error: it can be used no more.
  virtual Result<projector::Overlay*> rows() = 0;
  // What rows() holds is the fold of the log up to here, which is durable: so many items more.
  virtual Result<void> reached(const log::Applied& place, std::size_t items) = 0;
};

class Turns {
 public:
  // All of these outlive it. `last_time`: that of the log's last event; none is earlier.
  // `subscribers` gives who is told, each time the state has taken a round over.
  Turns(log::Log& log, FoldedState& state, const LineageKeys& keys, Clock& clock,
        std::int64_t last_time, OwnerOptions options,
        std::function<std::vector<Subscriber>()> subscribers);

  // Puts those first who are to be decided first.
  void arrange(std::deque<Submission>& submissions) const { order_.arrange(submissions); }
  // One round from the front; whoever is taken has been answered.
  void run(std::deque<Submission>& submissions);
  // Never changes an answer: the log has it, and who opens the project folds it again.
  void note_unwritten(const Result<void>& written);
  // Why nothing can be written any more, if so; held: another has the log.
  const std::optional<Error>& broken() const { return broken_; }

  // The answer of who takes no more.
  static void refuse(const Submission& submission, const Error& error);

 private:
  void decide_round(std::deque<Submission>& submissions, projector::Overlay& state);
  std::size_t append(const std::vector<log::Batch>& batches, log::Appended& failed);
  Result<void> keep(projector::Overlay& state, projector::Overlay::Savepoint& round,
                    const log::Head& before, const std::vector<log::Batch>& batches,
                    std::size_t durable);
  void answer(std::vector<Round::Pending>& pending, std::size_t durable,
              const log::Appended& failed);
  static void publish(const std::vector<Subscriber>& told, const std::vector<log::Batch>& batches,
                      std::size_t durable, Sequence first);
  static void give_up(std::vector<Round::Pending>& pending, const Error& error);
  static void refuse_all(std::deque<Submission>& submissions, const Error& error);
  std::int64_t now();

  log::Log& log_;
  FoldedState& state_;
  const LineageKeys& keys_;
  Clock& clock_;
  std::int64_t last_time_;
  OwnerOptions options_;
  std::function<std::vector<Subscriber>()> subscribers_;
  std::optional<Error> broken_;
  SessionOrder order_;
};

}  // namespace qualog::engine
