// SPDX-License-Identifier: Apache-2.0
// PointInTime: the state of a project as it was after any of its events. The log is folded up to
// there; nothing of the project is written, and whoever owns it goes on working. Asides up to the
// next event belong to it. The part of a damaged log before the damage can still be looked at.
// One thread.
#pragma once

#include "replay/moment.h"
#include "replay/scratch_state.h"

#include <memory>
#include <string>

namespace qualog::replay {

class PointInTime {
 public:
  const projector::Reader& state() const { return *state_; }
  // The one really used; 0: before the first event.
  Sequence sequence() const { return moment_.sequence; }
  // Of that event, microseconds since 1970; 0 before the first.
  std::int64_t time() const { return moment_.time; }
  // Of the events up to it; zero before the first.
  const Digest& chain() const { return moment_.chain; }

 private:
  friend Result<std::unique_ptr<PointInTime>> open_at(const engine::ProjectPlace&,
                                                      const std::string&, const Progress&);
  explicit PointInTime(std::unique_ptr<engine::View> view);
  PointInTime(std::unique_ptr<ScratchState> scratch, const Moment& moment);

  Moment moment_;
  std::unique_ptr<engine::View> view_;
  std::unique_ptr<ScratchState> scratch_;
  const projector::Reader* state_;
};

// The state at a sequence (decimal digits: up to and with that event) or a time (RFC 3339: up to
// and with the last event at or before it). A sequence inside a group means the state before the
// group; sequence() is the one really used. 0 is before the first event.
// Errors: invalid (neither); not_found (beyond the head, which the message names; no project);
// damaged, too_new, io, no_space. Cost: the whole log up to there, unless it is the head.
Result<std::unique_ptr<PointInTime>> open_at(const engine::ProjectPlace& place,
                                             const std::string& sequence_or_time,
                                             const Progress& progress = {});

}  // namespace qualog::replay
