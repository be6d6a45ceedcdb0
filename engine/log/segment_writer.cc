// SPDX-License-Identifier: Apache-2.0
#include "engine/log/segment_writer.h"

#include <algorithm>

namespace qualog::log {

Result<void> SegmentWriter::resume(std::uint64_t number, std::uint64_t end) {
  QUALOG_ASSIGN(file_, files_.open(catalog_.path(number), Access::ReadWrite));
  QUALOG_ASSIGN(bytes_, file_->size());
  number_ = number;
  end_ = end;
  return {};
}

Result<void> SegmentWriter::append(ByteView record) {
  QUALOG_TRY(file_->write(end_, record));
  QUALOG_TRY(file_->sync());
  end_ += record.size();
  return {};
}

Result<SegmentWriter::Ready> SegmentWriter::make(std::uint64_t bytes) {
  Ready ready{.file = nullptr, .bytes = std::max(bytes, sizes_.of(number_ + 1))};
  QUALOG_ASSIGN(ready.file, fill_segment(files_, catalog_, ready.bytes));
  // From here on another file may have the name of what was ready: that one is never written to.
  ready_.reset();
  QUALOG_TRY(name_segment(files_, catalog_, number_ + 1));
  return ready;
}

Result<SegmentWriter::Ready> SegmentWriter::take_ready(std::uint64_t bytes) {
  if (!ready_ || ready_->bytes < bytes) return make(bytes);
  auto ready = std::move(*ready_);
  ready_.reset();
  return ready;
}

SegmentWriter::Begun SegmentWriter::begin_next(const LogIds& ids, const State& state,
                                               std::size_t bytes, Error& why) {
  const std::lock_guard guard(mutex_);
  Bytes header;
  encode_segment_header({.ids = ids, .number = number_ + 1, .previous_bytes = end_, .state = state},
                        header);
  // A failed creation is repeated once, under the same number and with the same end.
  auto outcome = Begun::Untouched;
  for (int attempt = 0; attempt < 2; ++attempt) {
    auto ready = take_ready(kSegmentHeaderBytes + bytes + kFenceBytes);
    if (!ready) {
      why = ready.error();
      return outcome;
    }
    auto written = ready->file->write(0, header);
    if (written) written = ready->file->sync();
    if (written) {
      file_ = std::move(ready->file);
      bytes_ = ready->bytes;
      end_ = header.size();
      ++number_;
      ready_.reset();
      return Begun::Yes;
    }
    why = written.error();
    outcome = Begun::Doubt;
  }
  return outcome;
}

void SegmentWriter::prepare() {
  const std::lock_guard guard(mutex_);
  if (ready_ || end_ < bytes_ / 2) return;
  if (auto ready = make(0)) ready_ = std::move(*ready);
}

}  // namespace qualog::log
