// SPDX-License-Identifier: Apache-2.0
// Reopened: a closed workbench opened again as its owner. One thread.
#pragma once

#include "engine/log/posix_files.h"
#include "engine/owner/owner.h"
#include "tools/bench/study.h"

#include <filesystem>
#include <memory>

namespace qualog::tools {

class Reopened {
 public:
  explicit Reopened(const std::filesystem::path& directory);
  // Closes it cleanly.
  ~Reopened();

  engine::Owner& owner() { return *owner_; }
  projector::Environment& state() { return *state_; }
  // Has so many commands answered, each accepted.
  void answer(std::size_t commands);

 private:
  std::filesystem::path directory_;
  log::PosixFiles files_;
  SystemClock clock_;
  SystemRandom random_;
  engine::LineageKeys keys_{Bytes(32, 1), {Bytes(32, 2)}};
  Study study_{keys_};
  std::unique_ptr<projector::Environment> state_;
  std::unique_ptr<log::Log> log_;
  std::unique_ptr<engine::Owner> owner_;
};

}  // namespace qualog::tools
