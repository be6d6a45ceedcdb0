// SPDX-License-Identifier: Apache-2.0
#include "engine/log/topic_log.h"

#include "schema/assert.h"

#include <fmt/format.h>

#include <atomic>

namespace qualog::log {

namespace {

constexpr int kFencesTried = 16;
// Each takes as long as a record may: brokers that take none for so long are down.
constexpr int kFencesUnanswered = 3;

// The record of the reading behind which `plan` begins.
Result<void> stand_at_start(Topic& topic, const TopicPlan& plan, TopicReading& reading) {
  if (plan.from == Place{} || plan.from.offset == 0) return {};
  const auto before = plan.from.offset - 1;
  const auto head = plan.trusted && plan.trusted->place == plan.from
                        ? std::optional<Head>(plan.trusted->head)
                        : std::nullopt;
  bool met = false;
  const auto stand = [&](const TopicRecord& record) -> Result<bool> {
    met = true;
    const auto stood = reading.stand_behind(plan.from, record, head);
    return stood ? Result<bool>(false) : stood.error();
  };
  QUALOG_TRY(topic.read(before, before, stand));
  if (met) return {};
  return reading.damaged(
      fmt::format("the topic ends before offset {}, to which the log had come", plan.from.offset));
}

class TopicLog final : public Log {
 public:
  TopicLog(std::shared_ptr<Topic> topic, const TopicPlan& plan, Random& random)
      : shared_topic_(std::move(topic)),
        topic_(*shared_topic_),
        random_(random),
        plan_(plan),
        reading_(topic_, plan.which) {}

  // `fresh`: no log may be here yet.
  Result<ReadSummary> open(bool fresh, Sink& sink);

  Appended append(const Batch& batch) override;
  Appended seal(const Seal& seal) override;
  Result<void> abandon_group() override;
  Head head() const override { return reading_.state().head; }
  Head settled() const override { return reading_.state().settled; }
  Place settled_place() const override { return reading_.settled_place(); }
  bool writable() const override { return writable_; }
  void maintain() override {}
  Result<void> close() override {
    writable_ = false;
    return {};
  }

 private:
  const State& state() const { return reading_.state(); }
  bool own() const {
    return term_.owner != 0 && state().epoch == term_.epoch && state().owner == term_.owner;
  }
  Result<void> read_on(std::optional<std::uint64_t> through, Delivery* delivery);
  void note_landed(const Front& front);
  Result<void> check_grown(const SendReport& report);
  Result<void> check_fresh() const;
  Result<void> check_openable() const;
  Result<void> fence_once(Delivery* delivery);
  Result<void> take_own(const RecordView& record);
  Appended send(const RecordView& record);
  Appended after(const SendReport& report, const RecordView& record);
  Appended judge_by_reading(const std::optional<std::uint64_t>& through);
  Appended resolve(const Error& why);
  Appended resolve_without_fence();
  Appended not_written(const Error& why);
  Appended durable();
  Appended not_applied(Code code, std::string cause) const;
  Appended lost() const;
  Appended unknown(const Error& why);
  Appended no_more() const;

  std::shared_ptr<Topic> shared_topic_;
  Topic& topic_;
  Random& random_;
  TopicPlan plan_;
  TopicReading reading_;
  Term term_;  // of the last own Fence
  std::optional<Front> in_flight_;
  std::optional<Place> landed_;  // where the record in flight ends, if it was accepted
  std::atomic<bool> writable_ = true;
  Bytes buffer_;
};

// ---- reading and fencing ------------------------------------------------------------------------

void TopicLog::note_landed(const Front& front) {
  const bool is_in_flight = in_flight_ && front.kind == in_flight_->kind &&
                            front.epoch == in_flight_->epoch && front.owner == in_flight_->owner &&
                            front.index == in_flight_->index;
  if (is_in_flight) landed_ = Place{plan_.which.generation, reading_.next()};
}

Result<void> TopicLog::read_on(std::optional<std::uint64_t> through, Delivery* delivery) {
  return topic_.read(reading_.next(), through, [&](const TopicRecord& record) -> Result<bool> {
    QUALOG_ASSIGN(const bool accepted, reading_.take(record, delivery));
    RecordView view;
    if (accepted && decode(record.bytes, view) == Decoded::Valid) note_landed(view.front);
    return true;
  });
}

// A topic only grows: what is sent lands behind all that was read. A broker that has lost the end
// of the topic takes the next records in its place.
Result<void> TopicLog::check_grown(const SendReport& report) {
  if (!report.offset || *report.offset >= reading_.next()) return {};
  return reading_.damaged(fmt::format(
      "a new record was stored at offset {}, so the topic has lost its end", *report.offset));
}

// One Fence, sent and read back. No error and !own(): another owner was first.
Result<void> TopicLog::fence_once(Delivery* delivery) {
  term_ = {state().epoch.next(), random_number(random_), plan_.opening == Opening::unfinished};
  const auto fence = encode_fence(term_, state().settled, reading_.ids(), buffer_);
  const auto report = topic_.send(fence.bytes);
  if (report.sent == Sent::refused) return report.why;
  if (report.sent == Sent::doubtful)
    return fail(Code::unknown_outcome,
                fmt::format("topic {}: no answer to a fence ({}); open the project again",
                            topic_.name(), report.why.message));
  QUALOG_TRY(check_grown(report));
  return read_on(report.offset, delivery);
}

// ---- opening ------------------------------------------------------------------------------------

Result<void> TopicLog::check_fresh() const {
  if (!reading_.is_begun()) return {};
  return fail(Code::invalid,
              fmt::format("topic {}: a log is here already; open it", topic_.name()));
}

Result<void> TopicLog::check_openable() const {
  if (!reading_.is_begun()) return reading_.none_here();
  if (reading_.seal()) return reading_.moved();
  if (state().unfinished && plan_.opening == Opening::finished)
    return unfinished_error(topic_.name());
  return {};
}

Result<ReadSummary> TopicLog::open(bool fresh, Sink& sink) {
  Delivery delivery(sink);
  QUALOG_TRY(stand_at_start(topic_, plan_, reading_));
  std::optional<ReadSummary> summary;
  Result<void> fenced;
  int unanswered = 0;
  for (int n = 0; n < kFencesTried && unanswered < kFencesUnanswered && !own(); ++n) {
    QUALOG_TRY(read_on(std::nullopt, &delivery));
    if (!fresh) QUALOG_TRY(check_openable());
    if (fresh && n == 0) QUALOG_TRY(check_fresh());
    if (!summary) summary = reading_.summary();
    fenced = fence_once(&delivery);
    if (!fenced && fenced.error().code != Code::unknown_outcome) return fenced.error();
    if (!fenced) ++unanswered;
  }
  delivery.finish();
  if (own()) return *summary;
  if (!fenced) return fenced.error();
  return fail(Code::held, fmt::format("topic {}: other processes keep opening this project; try "
                                      "again",
                                      topic_.name()));
}

// ---- appending ----------------------------------------------------------------------------------

Appended TopicLog::not_applied(Code code, std::string cause) const {
  return {Outcome::not_applied, {}, code, std::move(cause)};
}

Appended TopicLog::lost() const {
  return not_applied(Code::held,
                     fmt::format("topic {}: another process has opened this project since, and has "
                                 "it now",
                                 topic_.name()));
}

Appended TopicLog::unknown(const Error& why) {
  writable_ = false;
  return {Outcome::unknown, {}, why.code, why.message};
}

Appended TopicLog::no_more() const {
  if (state().sealed) return not_applied(Code::moved, topic_.name() + ": the project has moved");
  return not_applied(Code::read_only,
                     topic_.name() + ": the log takes no records; open the project again");
}

Appended TopicLog::durable() {
  if (!own() || state().sealed) writable_ = false;
  if (own()) return {Outcome::durable, *landed_, Code::io, {}};
  return {Outcome::durable, *landed_, Code::held, lost().cause};
}

// Nothing was sent. An open group is given up.
Appended TopicLog::not_written(const Error& why) {
  if (auto given_up = abandon_group(); !given_up) return unknown(given_up.error());
  return not_applied(why.code, why.message);
}

// The record is delivered where it was expected: nothing lies between, so the rule accepts it.
Result<void> TopicLog::take_own(const RecordView& record) {
  QUALOG_TRY(reading_.take(record, reading_.next(), nullptr));
  landed_ = Place{plan_.which.generation, reading_.next()};
  return {};
}

// It lies in the topic; the rule says what it is. A later Fence takes an open group with it.
Appended TopicLog::judge_by_reading(const std::optional<std::uint64_t>& through) {
  const bool more = in_flight_->more;
  if (auto read = read_on(through, nullptr); !read) return resolve(read.error());
  if (!own()) writable_ = false;
  if (landed_ && (own() || !more)) return durable();
  return own() ? resolve(fail(Code::io, "a delivered record was not found")) : lost();
}

Appended TopicLog::after(const SendReport& report, const RecordView& record) {
  if (report.sent == Sent::refused) return not_written(report.why);
  if (report.sent == Sent::doubtful) return resolve(report.why);
  if (auto grown = check_grown(report); !grown) return unknown(grown.error());
  const bool expected = report.offset == reading_.next() || !plan_.obligations.read_back;
  if (!expected) return judge_by_reading(report.offset);
  if (auto taken = take_own(record); !taken) return unknown(taken.error());
  return durable();
}

// A Fence of our own makes an end of the attempt: what is not accepted before it never will be.
Appended TopicLog::resolve(const Error& why) {
  const bool more = in_flight_->more;
  if (!plan_.obligations.fence_after_doubt || !plan_.obligations.fence_before_not_applied)
    return resolve_without_fence();
  if (auto fenced = fence_once(nullptr); !fenced) return unknown(fenced.error());
  if (!own()) writable_ = false;
  if (landed_ && !more) return durable();
  return own() ? not_applied(Code::io, why.message + "; a fence has ended the attempt") : lost();
}

// The broken protocol of the controls.
Appended TopicLog::resolve_without_fence() {
  if (auto read = read_on(std::nullopt, nullptr); !read) return unknown(read.error());
  const auto outcome = landed_ && (own() || !in_flight_->more) ? durable()
                       : own() ? not_applied(Code::io, "not found in the topic")
                               : lost();
  if (plan_.obligations.fence_after_doubt || group_open(state()))
    writable_ = fence_once(nullptr) && own();
  return outcome;
}

Appended TopicLog::send(const RecordView& record) {
  in_flight_ = record.front;
  landed_.reset();
  auto appended = after(topic_.send(record.bytes), record);
  in_flight_.reset();
  return appended;
}

Appended TopicLog::append(const Batch& batch) {
  if (!writable_) return no_more();
  if (is_too_large(batch))
    return not_written(fail(Code::too_large, topic_.name() + ": a record or item is too large"));
  return send(encode_batch(state(), batch, buffer_));
}

Appended TopicLog::seal(const Seal& seal) {
  QUALOG_ASSERT(!group_open(state()));
  if (!writable_) return no_more();
  if (seal.place.size() > kSealPlaceBytesMax)
    return not_applied(Code::too_large, topic_.name() + ": the name of the new place is too long");
  return send(encode_seal(state(), seal, buffer_));
}

Result<void> TopicLog::abandon_group() {
  if (!group_open(state())) return {};
  if (!writable_) return fail(Code::read_only, no_more().cause);
  auto fenced = fence_once(nullptr);
  writable_ = fenced && own();
  if (fenced && !own()) return fail(Code::held, lost().cause);
  return fenced;
}

// A reading that ends in damage has a summary all the same.
Result<ReadSummary> summary_of(const TopicReading& reading, const Result<void>& read) {
  if (read && !reading.is_begun()) return reading.none_here();
  auto summary = reading.summary();
  if (!read && summary.damage.empty()) return read.error();
  return summary;
}

}  // namespace

Error unfinished_error(const std::string& topic) {
  return fail(Code::held, fmt::format("topic {}: the project is still being made or moved here; "
                                      "wait, or finish it where it was begun",
                                      topic));
}

Result<std::unique_ptr<Log>> create_topic_log(std::shared_ptr<Topic> topic, const TopicPlan& plan,
                                              Random& random) {
  auto log = std::make_unique<TopicLog>(std::move(topic), plan, random);
  NoSink nothing;
  QUALOG_TRY(log->open(true, nothing));
  return std::unique_ptr<Log>(std::move(log));
}

Result<OpenedLog> open_topic_log(std::shared_ptr<Topic> topic, const TopicPlan& plan,
                                 Random& random, Sink& sink) {
  auto log = std::make_unique<TopicLog>(std::move(topic), plan, random);
  QUALOG_ASSIGN(auto summary, log->open(false, sink));
  return OpenedLog{std::move(log), std::move(summary)};
}

Result<ReadSummary> read_topic_log(Topic& topic, const TopicPlan& plan, Sink& sink) {
  TopicReading reading(topic, plan.which);
  Delivery delivery(sink);
  auto read = stand_at_start(topic, plan, reading);
  if (read)
    read = topic.read(reading.next(), std::nullopt, [&](const TopicRecord& record) -> Result<bool> {
      const auto taken = reading.take(record, &delivery);
      return taken ? Result<bool>(true) : taken.error();
    });
  delivery.finish();
  return summary_of(reading, read);
}

}  // namespace qualog::log
