// SPDX-License-Identifier: Apache-2.0
#include "replay/event_copy.h"

#include "engine/log/record.h"
#include "schema/codec.h"
#include "schema/fbs/event_generated.h"

#include <iterator>

namespace qualog::replay {

Result<void> EventCopy::event(Sequence sequence, ByteView bytes) {
  passed_ = passed_ || sequence > last_;
  if (sequence > last_) return {};
  QUALOG_ASSIGN(const auto* event, event_view(bytes));
  if (begins_unit(sequence, event->group())) QUALOG_TRY(close_unit());
  const auto size = log::item_bytes(bytes);
  if (!open_.events.empty() && log::kFrontBytes + open_.bytes + size > kCopiedRecordBytesMax) {
    QUALOG_TRY(append(closed_, false));
    QUALOG_TRY(append(open_, true));
    parted_ = true;
  }
  open_.events.emplace_back(bytes.begin(), bytes.end());
  open_.bytes += size;
  tell(progress_, sequence.value, last_.value);
  return {};
}

Result<void> EventCopy::settled(const log::Place&, const log::Head&) {
  QUALOG_TRY(close_unit());
  if (failed_) return *failed_;
  if (passed_) return enough();
  return {};
}

void EventCopy::discarded() {
  passed_ = false;
  open_ = {};
  if (parted_)
    if (auto given_up = target_.abandon_group(); !given_up) failed_ = given_up.error();
  parted_ = false;
}

Result<void> EventCopy::finish() {
  if (failed_) return *failed_;
  return append(closed_, false);
}

// The unit in hand is whole.
Result<void> EventCopy::close_unit() {
  if (open_.events.empty()) return {};
  if (parted_) {
    parted_ = false;
    return append(open_, false);
  }
  if (log::kFrontBytes + closed_.bytes + open_.bytes > kCopiedRecordBytesMax)
    QUALOG_TRY(append(closed_, false));
  std::move(open_.events.begin(), open_.events.end(), std::back_inserter(closed_.events));
  closed_.bytes += open_.bytes;
  open_ = {};
  return {};
}

Result<void> EventCopy::append(Pending& pending, bool more) {
  if (pending.events.empty()) return {};
  log::Batch batch;
  batch.events = std::move(pending.events);
  batch.more = more;
  pending = {};
  const auto appended = target_.append(batch);
  if (appended.outcome == log::Outcome::durable) return {};
  return fail(appended.code, appended.cause);
}

}  // namespace qualog::replay
