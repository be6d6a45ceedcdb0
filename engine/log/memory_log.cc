// SPDX-License-Identifier: Apache-2.0
#include "engine/log/memory_log.h"

#include "engine/log/delivery.h"
#include "engine/log/rule.h"
#include "schema/assert.h"
#include "schema/limits.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::log {

namespace {

constexpr int kFencesTried = 16;

class MemoryLog final : public Log {
 public:
  MemoryLog(MemoryRecords& records, Random& random) : records_(records), random_(random) {
    state_.head = state_.settled = chains_.start(records.ids().lineage);
  }

  Result<void> open(Place from, Sink& sink);

  Appended append(const Batch& batch) override;
  Appended seal(const Seal& seal) override;
  Result<void> abandon_group() override;
  Head head() const override { return state_.head; }
  Head settled() const override { return state_.settled; }
  Place settled_place() const override { return settled_place_; }
  bool writable() const override { return writable_; }
  void maintain() override {}
  Result<void> close() override {
    writable_ = false;
    return {};
  }

 private:
  bool own() const { return state_.epoch == epoch_ && state_.owner == owner_ && owner_ != 0; }
  Result<void> read_to(std::uint64_t end, Delivery* delivery);
  Result<void> read_one(const RecordView& record, Delivery* delivery);
  Result<void> fence_once(Delivery* delivery);
  Appended send(const RecordView& record);
  Appended after_answer(std::uint64_t end);
  Appended resolve();
  Appended unknown(std::string cause);
  Appended not_applied(Code code, std::string cause) const;

  MemoryRecords& records_;
  Random& random_;
  Chains chains_;
  State state_;
  Place settled_place_;
  std::uint64_t read_ = 0;  // records folded
  std::uint64_t from_ = 0;
  Epoch epoch_;  // of the last own Fence
  std::uint64_t owner_ = 0;
  std::optional<Front> in_flight_;
  bool landed_ = false;  // the record in flight was accepted
  bool writable_ = true;
  std::optional<Seal> seal_;
  Bytes buffer_;
};

Result<void> MemoryLog::read_one(const RecordView& record, Delivery* delivery) {
  const auto before = state_.head;
  const auto verdict = take(state_, record, chains_);
  if (verdict == Verdict::Corrupt) {
    return fail(Code::damaged, fmt::format("record {} in memory does not continue the log", read_));
  }
  if (verdict == Verdict::Ignored) return {};
  const auto& front = record.front;
  const Place end{0, read_};
  if (!front.more) settled_place_ = end;
  if (front.kind == Kind::Seal) seal_ = seal_of(record);
  landed_ = landed_ ||
            (in_flight_ && front.kind == in_flight_->kind && front.epoch == in_flight_->epoch &&
             front.owner == in_flight_->owner && front.index == in_flight_->index);
  if (delivery == nullptr || read_ <= from_) return {};
  return delivery->deliver(record, before, state_, end);
}

Result<void> MemoryLog::read_to(std::uint64_t end, Delivery* delivery) {
  while (read_ < end) {
    RecordView record;
    const auto decoded = decode(records_.landed()[read_++], record);
    if (decoded == Decoded::TooNew) return fail(Code::too_new, "a record of a newer version");
    if (decoded != Decoded::Valid) {
      return fail(Code::damaged, fmt::format("record {} in memory is damaged", read_));
    }
    QUALOG_TRY(read_one(record, delivery));
  }
  return {};
}

// One Fence, sent and read back. No error and !own(): another owner was first.
Result<void> MemoryLog::fence_once(Delivery* delivery) {
  epoch_ = state_.epoch.next();
  owner_ = random_number(random_);
  const auto fence = encode_fence(epoch_, owner_, state_.settled, records_.ids(), buffer_);
  const auto end = records_.send(fence.bytes);
  if (!end) return fail(Code::unknown_outcome, "no answer to a fence; open the log again");
  return read_to(*end, delivery);
}

Result<void> MemoryLog::open(Place from, Sink& sink) {
  Delivery delivery(sink);
  from_ = from.offset;
  for (int n = 0; n < kFencesTried && !own(); ++n) {
    QUALOG_TRY(read_to(records_.landed().size(), &delivery));
    if (seal_) break;
    auto fenced = fence_once(&delivery);
    if (!fenced && fenced.error().code != Code::unknown_outcome) return fenced;
  }
  delivery.finish();
  if (seal_) return fail(Code::moved, "the project has moved to " + seal_->place);
  if (!own()) return fail(Code::unknown_outcome, "no answer to any fence; open the log again");
  return {};
}

Appended MemoryLog::unknown(std::string cause) {
  writable_ = false;
  return {Outcome::unknown, {}, Code::unknown_outcome, std::move(cause)};
}

Appended MemoryLog::not_applied(Code code, std::string cause) const {
  return {Outcome::not_applied, {}, code, std::move(cause)};
}

// The record in flight was answered, or what it depends on was: the rule says what became of it.
Appended MemoryLog::after_answer(std::uint64_t end) {
  if (auto read = read_to(end, nullptr); !read) return unknown(read.error().message);
  const bool group_lost = in_flight_->more && !own();
  if (!own()) writable_ = false;
  if (landed_ && !group_lost) return {Outcome::durable, {0, end}, Code::io, {}};
  return not_applied(own() ? Code::io : Code::held, "a fence came first");
}

// No answer: a Fence of our own settles what became of the record before it.
Appended MemoryLog::resolve() {
  const auto sent = *in_flight_;
  auto fenced = fence_once(nullptr);
  if (!fenced) return unknown(fenced.error().message);
  if (!own()) writable_ = false;
  if (landed_ && !sent.more) {
    const auto cause = own() ? std::string() : "another owner has the log";
    if (state_.sealed) writable_ = false;
    return {Outcome::durable, settled_place_, Code::io, cause};
  }
  return not_applied(Code::io, "no answer; a fence has ended the attempt");
}

Appended MemoryLog::send(const RecordView& record) {
  in_flight_ = record.front;
  landed_ = false;
  const auto end = records_.send(record.bytes);
  auto appended = end ? after_answer(*end) : resolve();
  in_flight_.reset();
  return appended;
}

Appended MemoryLog::append(const Batch& batch) {
  if (!writable_) {
    return not_applied(state_.sealed ? Code::moved : Code::read_only, "the log takes no records");
  }
  const auto large = [](const Bytes& item) { return item.size() > limits::kItemBytesMax; };
  if (batch_bytes(batch) > limits::kRecordBytesMax || std::ranges::any_of(batch.events, large) ||
      std::ranges::any_of(batch.asides, large)) {
    if (auto given_up = abandon_group(); !given_up) return unknown(given_up.error().message);
    return not_applied(Code::too_large, "a record or item is too large");
  }
  return send(encode_batch(state_, batch, buffer_));
}

Appended MemoryLog::seal(const Seal& seal) {
  QUALOG_ASSERT(!group_open(state_));
  if (!writable_) {
    return not_applied(state_.sealed ? Code::moved : Code::read_only, "the log takes no records");
  }
  if (seal.place.size() > kSealPlaceBytesMax) {
    return not_applied(Code::too_large, "the name of the new place is too long");
  }
  auto appended = send(encode_seal(state_, seal, buffer_));
  if (state_.sealed) writable_ = false;
  return appended;
}

Result<void> MemoryLog::abandon_group() {
  if (!group_open(state_)) return {};
  if (!writable_) return fail(Code::read_only, "the log takes no records; open it again");
  auto fenced = fence_once(nullptr);
  writable_ = fenced && own();
  if (fenced && !own()) return fail(Code::held, "another owner has the log");
  return fenced;
}

}  // namespace

bool MemoryRecords::chance(unsigned percent) {
  return percent != 0 && random_number(adversary_) % 100 < percent;
}

Fate MemoryRecords::next_fate() {
  if (!script_.empty()) {
    const auto fate = script_.front();
    script_.pop_front();
    return fate;
  }
  if (chance(odds_.unanswered)) return Fate::Unanswered;
  if (chance(odds_.late)) return Fate::Late;
  if (chance(odds_.drop)) return Fate::Drop;
  return chance(odds_.twice) ? Fate::Twice : Fate::Land;
}

std::size_t MemoryRecords::land_held(std::size_t most) {
  const auto count = std::min(most, held_.size());
  for (std::size_t i = 0; i < count; ++i) landed_.push_back(std::move(held_[i]));
  held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(count));
  return count;
}

std::optional<std::uint64_t> MemoryRecords::send(ByteView record) {
  const Bytes bytes(record.begin(), record.end());
  if (chance(odds_.land_held)) land_held(1);
  const auto fate = next_fate();
  if (fate == Fate::Late || fate == Fate::Twice) held_.push_back(bytes);
  if (fate == Fate::Late || fate == Fate::Drop) return std::nullopt;
  landed_.push_back(bytes);
  return fate == Fate::Unanswered ? std::nullopt : std::optional<std::uint64_t>(landed_.size());
}

Result<std::unique_ptr<Log>> open_memory_log(MemoryRecords& records, Place from, Random& random,
                                             Sink& sink) {
  auto log = std::make_unique<MemoryLog>(records, random);
  QUALOG_TRY(log->open(from, sink));
  return std::unique_ptr<Log>(std::move(log));
}

}  // namespace qualog::log
