// SPDX-License-Identifier: Apache-2.0
#include "engine/log/topic_reading.h"

#include "engine/log/log_store.h"

#include <fmt/format.h>

namespace qualog::log {

TopicReading::TopicReading(const Topic& topic, const TopicLogIds& which)
    : topic_(topic), which_(which) {
  state_.head = state_.settled = chains_.start(which.ids.lineage);
  settled_place_ = {which.generation, 0};
}

Error TopicReading::damaged(std::string reason) {
  const auto sequence = state_.head.sequence();
  auto message =
      fmt::format("topic {}, offset {}, after event {}: {}; restore the project from a backup",
                  topic_.name(), next_, sequence.value, reason);
  counts_.damage.push_back({topic_.name(), next_, sequence, std::move(reason)});
  return fail(Code::damaged, std::move(message));
}

Error TopicReading::moved() const { return sealed_error(topic_.name(), *seal_); }

Error TopicReading::none_here() const {
  return fail(Code::not_found, fmt::format("topic {}: no log begins in it", topic_.name()));
}

Result<void> TopicReading::stand_behind(const Place& place, const TopicRecord& last,
                                        const std::optional<Head>& head) {
  constexpr const char* kLost = "the log had come to this place, but no such record ends here";
  next_ = last.offset;
  RecordView record;
  if (last.offset + 1 != place.offset || decode(last.bytes, record) != Decoded::Valid)
    return damaged(kLost);
  const auto& front = record.front;
  const auto reached = chains_.fold(front.before, record);
  if (front.kind == Kind::Segment || (head && *head != reached)) return damaged(kLost);
  state_ = {.epoch = front.epoch,
            .owner = front.owner,
            .index = front.kind == Kind::Fence ? 1 : front.index + 1,
            .head = reached,
            .settled = reached,
            .unfinished = front.kind == Kind::Fence && front.more,
            .sealed = front.kind == Kind::Seal};
  if (state_.sealed) seal_ = seal_of(record);
  next_ = place.offset;
  settled_place_ = place;
  return {};
}

Result<bool> TopicReading::take(const TopicRecord& record, Delivery* delivery) {
  next_ = record.offset;
  RecordView view;
  switch (decode(record.bytes, view)) {
    case Decoded::Valid:
      return take(view, record.offset, delivery);
    case Decoded::Nothing:
      ++counts_.foreign;
      ++next_;
      return false;
    case Decoded::TooNew:
      return fail(Code::too_new, fmt::format("topic {}, offset {}: written by a newer version; "
                                             "install that version",
                                             topic_.name(), record.offset));
    case Decoded::Malformed:
      break;
  }
  return damaged("the record contradicts itself");
}

// The first Fence says whose log this is.
Result<void> TopicReading::begin_with(const RecordView& fence) {
  const auto ids = ids_of(fence);
  auto& known = which_.ids;
  if (known.lineage == LineageId{}) {
    known.lineage = ids.lineage;
    state_.head = state_.settled = chains_.start(ids.lineage);
  }
  if (ids != known) return damaged("the fence belongs to another project");
  return {};
}

Result<bool> TopicReading::take(const RecordView& record, std::uint64_t offset,
                                Delivery* delivery) {
  next_ = offset;
  if (record.front.kind == Kind::Fence) QUALOG_TRY(begin_with(record));
  const auto before = state_.head;
  const auto verdict = log::take(state_, record, chains_);
  if (verdict == Verdict::Corrupt)
    return damaged("the record's numbers or chain do not continue the log");
  next_ = offset + 1;
  if (verdict == Verdict::Ignored) {
    ++counts_.ignored;
    return false;
  }
  QUALOG_TRY(count(record, before, delivery));
  return true;
}

Result<void> TopicReading::count(const RecordView& record, const Head& before, Delivery* delivery) {
  const auto& front = record.front;
  const Place end{which_.generation, next_};
  ++counts_.records;
  if (front.kind == Kind::Fence) ++counts_.fences;
  counts_.events += front.events;
  counts_.asides += front.asides;
  if (front.kind == Kind::Seal) seal_ = seal_of(record);
  // A Fence that was sent in doubt says less than the log has come to: nobody can stand behind it.
  const bool is_place = front.kind == Kind::Fence ? front.before == state_.settled : !front.more;
  if (is_place) settled_place_ = end;
  return delivery == nullptr ? Result<void>{} : delivery->deliver(record, before, state_, end);
}

ReadSummary TopicReading::summary() const {
  auto summary = counts_;
  summary.ids = which_.ids;
  summary.state = state_;
  summary.end = {which_.generation, next_};
  summary.settled = state_.settled;
  summary.settled_place = settled_place_;
  summary.seal = seal_;
  return summary;
}

}  // namespace qualog::log
