// SPDX-License-Identifier: Apache-2.0
// LogCopy: writes what is settled in one log into another, byte for byte, so that both have the
// same chains. A group stays a group: records with `more` hold one group alone; other items share
// records. What the first log discarded is discarded. EventCopy: the first events only, as a fork
// begins. One thread.
#pragma once

#include "replay/named_files.h"
#include "replay/progress.h"
#include "replay/reading/log_reading.h"

namespace qualog::replay {

// A record is closed at this size; only one item can make it larger.
inline constexpr std::size_t kCopiedRecordBytesMax = 512 * 1024;

class LogCopy : public StoppableSink {
 public:
  // `target` is empty. `total`: events to copy, for the progress; 0: not known.
  LogCopy(log::Log& target, const Progress& progress, std::uint64_t total = 0)
      : target_(target), progress_(progress), total_(total) {}

  Result<void> event(Sequence sequence, ByteView bytes) override;
  Result<void> aside(AsideNumber number, Sequence after, ByteView bytes) override;
  Result<void> settled(const log::Place& place, const log::Head& head) override;
  void discarded() override;

  // Writes what is left. Call it when the reading has ended.
  Result<void> finish();
  // The blobs that what was copied names.
  std::vector<engine::BlobInfo> named() const { return files_.blobs(); }

 private:
  using ItemsOfBatch = std::vector<Bytes> log::Batch::*;
  struct Pending {
    log::Batch batch;
    std::size_t bytes = 0;
    bool empty() const { return batch.events.empty() && batch.asides.empty(); }
  };

  Result<void> add(ItemsOfBatch list, ByteView bytes);
  Result<void> append(Pending& pending, bool more);
  Result<void> close_unit();

  log::Log& target_;
  const Progress& progress_;
  std::uint64_t total_;
  Pending closed_;  // whole groups and single items
  Pending open_;    // the unit in hand
  NamedFiles files_;
  bool parted_ = false;  // the first part of the open group is in the target
  std::optional<Error> failed_;
};

class EventCopy final : public LogCopy {
 public:
  // Copies up to and with `last`, which stands where no group is open.
  EventCopy(Sequence last, log::Log& target, const Progress& progress)
      : LogCopy(target, progress, last.value), last_(last) {}

  Result<void> event(Sequence sequence, ByteView bytes) override;
  Result<void> aside(AsideNumber, Sequence, ByteView) override { return {}; }
  Result<void> settled(const log::Place& place, const log::Head& head) override;
  void discarded() override;

 private:
  Sequence last_;
  bool passed_ = false;
};

}  // namespace qualog::replay
