// SPDX-License-Identifier: Apache-2.0
// EventCopy: writes the first events of one log into another, byte for byte, so that both have one
// chain. Asides are not copied. A group stays a group: records with `more` hold one group alone;
// other events share records. What the first log discarded is discarded. One thread.
#pragma once

#include "replay/log_reading.h"
#include "replay/progress.h"

namespace qualog::replay {

// A record is closed at this size; only one item can make it larger.
inline constexpr std::size_t kCopiedRecordBytesMax = 512 * 1024;

class EventCopy final : public StoppableSink {
 public:
  // Copies up to and with `last`, which stands where no group is open. `target` is empty.
  EventCopy(Sequence last, log::Log& target, const Progress& progress)
      : last_(last), target_(target), progress_(progress) {}

  Result<void> event(Sequence sequence, ByteView bytes) override;
  Result<void> aside(AsideNumber, Sequence, ByteView) override { return {}; }
  Result<void> settled(const log::Place& place, const log::Head& head) override;
  void discarded() override;

  // Writes what is left. Call it when the reading has ended.
  Result<void> finish();

 private:
  struct Pending {
    std::vector<Bytes> events;
    std::size_t bytes = 0;
  };

  Result<void> append(Pending& pending, bool more);
  Result<void> close_unit();

  Sequence last_;
  log::Log& target_;
  const Progress& progress_;
  Pending closed_;       // whole groups and single events
  Pending open_;         // the unit in hand
  bool parted_ = false;  // the first part of the open group is in the target
  bool passed_ = false;
  std::optional<Error> failed_;
};

}  // namespace qualog::replay
