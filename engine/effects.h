// SPDX-License-Identifier: Apache-2.0
// The effects that the engine takes from outside: time and randomness. Nothing in the engine asks
// the operating system for either by itself, so a simulation can stand in for both.
#pragma once

#include <cstdint>
#include <span>

namespace qualog {

class Clock {
 public:
  virtual ~Clock() = default;
  // Microseconds since 1970-01-01 UTC; may jump, as the system's clock does.
  virtual std::uint64_t now_us() = 0;
};

class Random {
 public:
  virtual ~Random() = default;
  // Fills all of `bytes` with values that nobody else can foresee.
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

// The operating system's clock.
class SystemClock final : public Clock {
 public:
  std::uint64_t now_us() override;
};

// The operating system's random source, getrandom(2). Any thread.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

// A random number other than zero.
std::uint64_t random_number(Random& random);

}  // namespace qualog
