// SPDX-License-Identifier: Apache-2.0
// ScratchState: where a log is folded for a while: memory for a short one, else an environment in a
// directory of its own under the system's temporary directory (0700), which goes with the object.
// One thread.
#pragma once

#include "engine/folding.h"

#include <filesystem>
#include <memory>

namespace qualog::replay {

// Above this many bytes of items an environment is made.
inline constexpr std::uint64_t kFoldInMemoryBytesMax = 8 * 1024 * 1024;

class ScratchState {
 public:
  // `bytes`: of the items to be folded, about. Errors: io, no_space.
  static Result<std::unique_ptr<ScratchState>> make(std::uint64_t bytes);
  ~ScratchState();
  ScratchState(const ScratchState&) = delete;
  ScratchState& operator=(const ScratchState&) = delete;

  // Folds what it is given; whole groups only.
  log::Sink& sink();
  // Ends the folding; state() from then on.
  Result<void> finish();
  const projector::Reader& state() const;

 private:
  ScratchState() = default;
  Result<void> make_environment();

  std::unique_ptr<engine::MemoryFolding> memory_;
  std::filesystem::path directory_;
  std::unique_ptr<projector::Environment> environment_;
  std::unique_ptr<engine::StateFolding> folding_;
  std::unique_ptr<projector::ReadTransaction> txn_;
};

}  // namespace qualog::replay
