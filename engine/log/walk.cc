// SPDX-License-Identifier: Apache-2.0
#include "engine/log/walk.h"

#include "schema/limits.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::log {

namespace {
constexpr std::size_t kWindowBytes = 2 * 1024 * 1024;

// An open window must hold the largest record whole.
static_assert(kWindowBytes >= 2 * limits::kRecordBytesMax);
}  // namespace

Error damage_error(const Damage& damage) {
  return fail(Code::damaged,
              fmt::format("{}, byte {}, after event {}: {}; restore the project from a backup",
                          damage.file, damage.offset, damage.sequence.value, damage.reason));
}

Error Walk::damaged(std::uint64_t offset, const char* reason) {
  damage_ = Damage{catalog_.path(number_), offset, state_.head.sequence(), reason};
  return damage_error(*damage_);
}

Error Walk::too_new() const {
  return fail(Code::too_new,
              fmt::format("{}, byte {}: written by a newer version; install that version",
                          catalog_.path(number_), offset_));
}

Result<void> Walk::open_segment(std::uint64_t number) {
  number_ = number;
  offset_ = 0;
  window_bytes_ = 0;
  QUALOG_ASSIGN(file_, files_.open(catalog_.path(number), Access::Read));
  QUALOG_ASSIGN(size_, file_->size());
  return {};
}

Result<void> Walk::read_next_header() {
  named_end_.reset();
  next_header_ = {};
  if (number_ >= catalog_.last) return {};
  QUALOG_ASSIGN(auto file, files_.open(catalog_.path(number_ + 1), Access::Read));
  QUALOG_ASSIGN(next_header_, read_segment_header(*file, number_ + 1));
  if (next_header_.status == HeaderStatus::Valid) {
    named_end_ = next_header_.header.previous_bytes;
  }
  return {};
}

Result<void> Walk::begin(std::uint64_t number) {
  QUALOG_TRY(open_segment(number));
  QUALOG_ASSIGN(const auto reading, read_segment_header(*file_, number));
  if (reading.status == HeaderStatus::TooNew) return too_new();
  if (reading.status == HeaderStatus::Invalid) return damaged(0, "the segment's header is damaged");
  ids_ = reading.header.ids;
  state_ = reading.header.state;
  const State empty{.head = chains_.start(ids_.lineage), .settled = chains_.start(ids_.lineage)};
  if (number == 1 && state_ != empty) return damaged(0, "the first header does not begin a log");
  offset_ = kSegmentHeaderBytes;
  return read_next_header();
}

Result<void> Walk::begin_at(const Place& place, const State& state, const LogIds& ids) {
  QUALOG_TRY(open_segment(place.segment));
  offset_ = place.offset;
  state_ = state;
  ids_ = ids;
  return read_next_header();
}

// From the end of a segment to behind the header of the next one.
Result<void> Walk::cross() {
  const auto reading = next_header_;
  QUALOG_TRY(open_segment(number_ + 1));
  if (reading.status == HeaderStatus::TooNew) return too_new();
  QUALOG_TRY(read_next_header());
  if (reading.status == HeaderStatus::Invalid) return damaged(0, "the segment's header is damaged");
  if (ids_ == LogIds{}) ids_ = reading.header.ids;
  if (reading.header.ids != ids_) return damaged(0, "the segment belongs to another project");
  if (reading.header.state != state_) {
    return damaged(0, "the segment does not continue the one before");
  }
  offset_ = kSegmentHeaderBytes;
  return {};
}

// At least `bytes` from offset_ on, fewer at the end of the file.
Result<ByteView> Walk::window(std::size_t bytes) {
  if (offset_ < window_begin_ || offset_ + bytes > window_begin_ + window_bytes_) {
    window_.resize(std::min<std::uint64_t>(kWindowBytes, std::max<std::uint64_t>(size_, 1)));
    QUALOG_ASSIGN(window_bytes_, file_->read(offset_, window_));
    window_begin_ = offset_;
  }
  return ByteView(window_).first(window_bytes_).subspan(offset_ - window_begin_);
}

Result<Decoded> Walk::read_record(RecordView& record) {
  QUALOG_ASSIGN(auto from, window(kFrontBytes));
  if (const auto length = claimed_length(from); length && *length > from.size()) {
    QUALOG_ASSIGN(from, window(*length));
  }
  return decode(from, record);
}

// Where no record begins: false at the end of the log.
Result<bool> Walk::end_or_cross() {
  if (named_end_) return damaged(offset_, "no valid record begins here");
  if (number_ == catalog_.last) return false;
  QUALOG_TRY(cross());
  return true;
}

Result<bool> Walk::next() {
  while (true) {
    if (named_end_ == offset_) {
      QUALOG_TRY(cross());
      continue;
    }
    RecordView record;
    QUALOG_ASSIGN(const auto decoded, read_record(record));
    if (decoded == Decoded::TooNew) return too_new();
    if (decoded == Decoded::Malformed) return damaged(offset_, "the record contradicts itself");
    if (decoded == Decoded::Valid) {
      QUALOG_TRY(accept(record));
      return true;
    }
    QUALOG_ASSIGN(const bool crossed, end_or_cross());
    if (!crossed) return false;
  }
}

// Why a valid record may not lie here; nothing if it may. Moves S when it may.
const char* Walk::objection(const RecordView& record) {
  const bool fence = record.front.kind == Kind::Fence;
  if (named_end_ && offset_ + record.bytes.size() > *named_end_) {
    return "the record goes past the end of its segment";
  }
  if (fence && ids_of(record) != ids_) return "the fence belongs to another project";
  if (fence && record.front.more) return "the fence is of a log that was never finished";
  if (fence && record.front.before != state_.settled) {
    return "the fence does not continue the log";
  }
  switch (take(state_, record, chains_)) {
    case Verdict::Accepted:
      return nullptr;
    case Verdict::Ignored:
      return "a valid record that does not belong here";
    case Verdict::Corrupt:
      break;
  }
  return "the record's numbers or chain do not continue the log";
}

Result<void> Walk::accept(const RecordView& record) {
  step_ = {.begin = place(), .record = record, .before = state_.head};
  if (const char* reason = objection(record); reason != nullptr) return damaged(offset_, reason);
  offset_ += record.bytes.size();
  step_.end = place();
  if (record.front.kind == Kind::Seal) seal_ = seal_of(record);
  return {};
}

Result<TailScan> Walk::tail() {
  window_bytes_ = 0;
  return scan_tail(*file_, offset_);
}

// Makes S what the record expects, so that what follows damage is still checked.
void Walk::adopt(const RecordView& record) {
  const auto& front = record.front;
  const auto epoch = front.kind == Kind::Fence ? Epoch{front.epoch.value - 1} : front.epoch;
  state_ = {.epoch = epoch,
            .owner = front.owner,
            .index = front.index,
            .head = front.before,
            .settled = front.before};
  if (front.kind == Kind::Fence) ids_ = ids_of(record);
  adopted_ = place();
}

Result<bool> Walk::skip_damage() {
  if (offset_ == 0) {
    offset_ = kSegmentHeaderBytes;
    QUALOG_TRY(read_next_header());
    return true;
  }
  // A record that was adopted and is damage all the same is stepped over.
  const auto step = adopted_ == place() ? std::uint64_t{8} : std::uint64_t{0};
  QUALOG_ASSIGN(const auto tail, scan_tail(*file_, offset_ + step));
  if (!tail.record || (named_end_ && *tail.record >= *named_end_)) return resume_behind();
  offset_ = *tail.record;
  RecordView record;
  QUALOG_ASSIGN(const auto decoded, read_record(record));
  if (decoded == Decoded::TooNew) return too_new();
  adopted_ = place();
  if (decoded == Decoded::Valid) adopt(record);
  return true;
}

// No record is left in this segment: goes on at the header of the next.
Result<bool> Walk::resume_behind() {
  if (number_ >= catalog_.last) return false;
  if (next_header_.status == HeaderStatus::Valid) {
    QUALOG_TRY(begin(number_ + 1));
    return true;
  }
  QUALOG_TRY(cross());
  return true;
}

}  // namespace qualog::log
