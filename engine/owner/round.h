// SPDX-License-Identifier: Apache-2.0
// Round: what the owner does between two writes to the log. Commands are decided one after the
// other on one open transaction, so that each sees those before it; the round gathers the records
// to append and the answers to give. Nothing leaves it before the records are durable. One thread.
#pragma once

#include "engine/answer.h"
#include "engine/blobs/blob_store.h"
#include "engine/decide.h"
#include "engine/keys.h"
#include "engine/log/log.h"
#include "engine/owner/session_order.h"
#include "schema/limits.h"

#include <functional>
#include <vector>

namespace qualog::engine {

class Round {
 public:
  struct Pending {
    Answer answer;
    std::function<void(const Answer&)> done;
    std::size_t records = 0;  // so many of the round's records must be durable first
    SessionId session;
  };

  // Without `blobs` no blob is complete. A group goes into records of `record_bytes`, but for items
  // that are larger; that is at most limits::kRecordBytesMax.
  Round(projector::Overlay& state, const log::Head& head, const LineageKeys& keys,
        const SessionOrder& order, std::int64_t now, std::int64_t lease_timeout_us,
        BlobStore* blobs = nullptr, std::size_t record_bytes = limits::kRecordBytesMax);

  // Decides one command and takes it over. Error: the state is damaged and the round is worthless;
  // who was not taken over stays with the caller.
  Result<void> take(Submission& submission);

  // True when what was taken fills the round: a group stands alone in its records.
  bool full() const { return full_; }

  const std::vector<log::Batch>& batches() const { return batches_; }
  std::vector<Pending>& pending() { return pending_; }

 private:
  Context context_for(const Submission& submission) const;
  bool is_new(const fb::CommandT& command) const;
  Result<std::vector<Digest>> complete_blobs(const fb::CommandT& command) const;
  Result<Pending> answer_to(const Submission& submission);
  std::optional<CommandId> awaited_before(const fb::CommandT& command) const;
  std::size_t records_with(const Known& known) const;
  Result<void> settle(const Submission& submission, const Context& context, Decision& decision,
                      Answer& answer);
  Result<void> write_profile(const Submission& submission);
  Result<void> end_silent_exclusive(const Submission& submission);
  using ItemsOfBatch = std::vector<Bytes> log::Batch::*;  // events or asides
  using AddEvents = void (Round::*)(std::vector<Bytes> items, ItemsOfBatch list);
  Result<void> add_own(const Submission& submission, const CommandId& id, fb::ActionUnion action,
                       AddEvents add);
  void add_shared(std::vector<Bytes> items, ItemsOfBatch list);
  void add_with_last(std::vector<Bytes> items, ItemsOfBatch list);
  Result<void> add_asides(const Submission& submission, const Context& context,
                          std::vector<fb::AsideBodyUnion> bodies);
  void add_alone(std::vector<Bytes> items, ItemsOfBatch list);
  log::Batch& shared_batch(std::size_t item_bytes);

  projector::Overlay& state_;
  const LineageKeys& keys_;
  const SessionOrder& order_;
  std::int64_t now_;
  std::int64_t lease_timeout_us_;
  BlobStore* blobs_;
  std::size_t record_bytes_;
  const log::Head begin_;  // durable already
  Sequence head_;
  AsideNumber next_aside_;
  std::vector<log::Batch> batches_;
  std::size_t shared_bytes_ = 0;
  bool full_ = false;
  std::vector<Pending> pending_;
};

// The keyed digest that binds a command id to `seen` and the actions (docs/schema.md).
Digest command_digest(const LineageKeys& keys, const fb::CommandT& command);

// The answer that a stored refusal or repetition gives again.
Answer answer_from(const fb::Aside& aside);

}  // namespace qualog::engine
