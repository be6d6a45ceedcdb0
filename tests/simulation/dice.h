// SPDX-License-Identifier: Apache-2.0
// Dice: the randomness of a simulation. Each step and each part has dice of its own, made from the
// seed and a number, so that leaving a step out changes no other one's luck (splitmix64: seeding
// costs nothing). One thread.
#pragma once

#include "schema/ids.h"

#include <cstdint>
#include <cstring>

namespace qualog::simulation {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  // The dice of part `number` of what `seed` begins.
  Dice(std::uint64_t seed, std::uint64_t number) : state_(seed * 0x9E3779B97F4A7C15U) {
    state_ += next() ^ (number * 0xD1B54A32D192ED03U);
  }

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31);
  }
  // 0 to bound - 1; 0 for a bound of 0.
  std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : next() % bound; }
  std::uint64_t from_to(std::uint64_t low, std::uint64_t high) {
    return low + below(high - low + 1);
  }
  bool percent(std::uint64_t chance) { return below(100) < chance; }
  bool one_in(std::uint64_t many) { return below(many) == 0; }
  template <class Values>
  const auto& one_of(const Values& values) {
    return values[below(std::size(values))];
  }
  // A UUID of version 7, as far as anybody looks.
  template <class Id>
  Id id() {
    Id made;
    for (std::size_t at = 0; at < 16; at += 8) {
      const auto word = next();
      std::memcpy(made.bytes.data() + at, &word, 8);
    }
    made.bytes[0] = 0x01;
    made.bytes[6] = 0x70;
    return made;
  }

 private:
  std::uint64_t state_;
};

}  // namespace qualog::simulation
