// SPDX-License-Identifier: Apache-2.0
// Unsigned numbers in little-endian order, at any alignment.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace qualog::log {

template <std::unsigned_integral T>
void store(std::uint8_t* at, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) at[i] = static_cast<std::uint8_t>(value >> (8 * i));
}

template <std::unsigned_integral T>
T load(const std::uint8_t* at) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    value = static_cast<T>(value | static_cast<T>(static_cast<T>(at[i]) << (8 * i)));
  }
  return value;
}

}  // namespace qualog::log
