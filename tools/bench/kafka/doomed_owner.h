// SPDX-License-Identifier: Apache-2.0
// DoomedOwner: another process that owns a project on a machine of its own, answers a few commands,
// and is killed. It is forked before any thread exists, waits until it is told to begin, and ends
// by itself when this process does. One thread.
#pragma once

#include "engine/project.h"

#include <sys/types.h>

#include <functional>

namespace qualog::tools {

class DoomedOwner {
 public:
  // Forks. `place` is called in the other process.
  explicit DoomedOwner(const std::function<engine::ProjectPlace()>& place);
  DoomedOwner(DoomedOwner&& other) noexcept;
  DoomedOwner& operator=(DoomedOwner&&) = delete;
  ~DoomedOwner();

  // Opens the project there, has so many commands answered, and kills the process while it answers
  // the next.
  void own_and_die(std::size_t answers);

 private:
  pid_t pid_ = -1;
  int orders_ = -1;
  int reports_ = -1;
};

}  // namespace qualog::tools
