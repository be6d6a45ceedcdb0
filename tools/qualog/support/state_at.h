// SPDX-License-Identifier: Apache-2.0
// StateAt: the state of a project now, or as it was: what --at means. Read only, beside whoever
// owns the project. One thread.
#pragma once

#include "replay/point_in_time.h"
#include "tools/qualog/globals.h"

#include <memory>
#include <string>

namespace qualog::tools {

class StateAt {
 public:
  // `at`: empty for now, else a sequence, a time or the name of a milestone. Errors: those of
  // Globals::view, moment_of and open_at.
  static Result<StateAt> open(const Globals& globals, const std::string& project,
                              const std::string& at);

  const projector::Reader& state() const { return view_ ? view_->state() : then_->state(); }
  // The last event that the state has: inside a group, the one before the group.
  Sequence sequence() const { return view_ ? view_->head() : then_->sequence(); }

 private:
  std::unique_ptr<engine::View> view_;
  std::unique_ptr<replay::PointInTime> then_;
};

}  // namespace qualog::tools
