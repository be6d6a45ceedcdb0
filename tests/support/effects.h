// SPDX-License-Identifier: Apache-2.0
// Effects for tests: a clock that stands still until it is moved, and seeded randomness
// (SeededRandom). One thread, except that a FakeClock may be read by any.
#pragma once

#include "engine/effects.h"
#include "tests/engine/log/log_support.h"

#include <atomic>

namespace qualog::test {

inline constexpr std::uint64_t kMinute_us = 60 * std::uint64_t{1'000'000};

// Begins at 2026-03-01T09:00:00Z.
class FakeClock final : public Clock {
 public:
  FakeClock() = default;
  FakeClock(const FakeClock& other) : now_(other.now_.load()) {}
  FakeClock& operator=(const FakeClock&) = delete;

  std::uint64_t now_us() override { return now_; }
  void pass(std::uint64_t us) { now_ += us; }
  void set(std::uint64_t us) { now_ = us; }

 private:
  std::atomic<std::uint64_t> now_{1'772'355'600'000'000};
};

}  // namespace qualog::test
