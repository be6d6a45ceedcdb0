// SPDX-License-Identifier: Apache-2.0
#include "replay/log_copy.h"

#include "engine/log/record.h"
#include "schema/codec.h"
#include "schema/fbs/event_generated.h"

#include <iterator>

namespace qualog::replay {

namespace {

void move_behind(std::vector<Bytes>& to, std::vector<Bytes>& from) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

}  // namespace

Result<void> LogCopy::event(Sequence sequence, ByteView bytes) {
  QUALOG_ASSIGN(const auto* event, event_view(bytes));
  if (begins_unit(sequence, event->group())) QUALOG_TRY(close_unit());
  tell(progress_, sequence.value, total_);
  files_.event(sequence, bytes);
  return add(&log::Batch::events, bytes);
}

Result<void> LogCopy::aside(AsideNumber, Sequence, ByteView bytes) {
  return add(&log::Batch::asides, bytes);
}

Result<void> LogCopy::add(ItemsOfBatch list, ByteView bytes) {
  const auto size = log::item_bytes(bytes);
  if (!open_.empty() && log::kFrontBytes + open_.bytes + size > kCopiedRecordBytesMax) {
    QUALOG_TRY(append(closed_, false));
    QUALOG_TRY(append(open_, true));
    parted_ = true;
  }
  (open_.batch.*list).emplace_back(bytes.begin(), bytes.end());
  open_.bytes += size;
  return {};
}

Result<void> LogCopy::settled(const log::Place&, const log::Head&) {
  files_.settled();
  QUALOG_TRY(close_unit());
  return failed_ ? Result<void>(*failed_) : Result<void>{};
}

void LogCopy::discarded() {
  open_ = {};
  files_.discarded();
  if (parted_)
    if (auto given_up = target_.abandon_group(); !given_up) failed_ = given_up.error();
  parted_ = false;
}

Result<void> LogCopy::finish() {
  if (failed_) return *failed_;
  return append(closed_, false);
}

// The unit in hand is whole.
Result<void> LogCopy::close_unit() {
  if (open_.empty()) return {};
  if (parted_) {
    parted_ = false;
    return append(open_, false);
  }
  if (log::kFrontBytes + closed_.bytes + open_.bytes > kCopiedRecordBytesMax)
    QUALOG_TRY(append(closed_, false));
  move_behind(closed_.batch.events, open_.batch.events);
  move_behind(closed_.batch.asides, open_.batch.asides);
  closed_.bytes += open_.bytes;
  open_ = {};
  return {};
}

Result<void> LogCopy::append(Pending& pending, bool more) {
  if (pending.empty()) return {};
  auto batch = std::move(pending.batch);
  batch.more = more;
  pending = {};
  const auto appended = target_.append(batch);
  if (appended.outcome == log::Outcome::durable) return {};
  return fail(appended.code, appended.cause);
}

Result<void> EventCopy::event(Sequence sequence, ByteView bytes) {
  passed_ = passed_ || sequence > last_;
  if (sequence > last_) return {};
  return LogCopy::event(sequence, bytes);
}

Result<void> EventCopy::settled(const log::Place& place, const log::Head& head) {
  QUALOG_TRY(LogCopy::settled(place, head));
  if (passed_) return enough();
  return {};
}

void EventCopy::discarded() {
  passed_ = false;
  LogCopy::discarded();
}

}  // namespace qualog::replay
