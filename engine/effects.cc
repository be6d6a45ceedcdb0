// SPDX-License-Identifier: Apache-2.0
#include "engine/effects.h"

#include "schema/assert.h"

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

namespace qualog {

std::uint64_t SystemClock::now_us() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(since).count());
}

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const auto got = getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    QUALOG_ASSERT(got > 0);
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

std::uint64_t random_number(Random& random) {
  std::uint64_t number = 0;
  while (number == 0) {
    std::array<std::uint8_t, sizeof number> bytes{};
    random.fill(bytes);
    std::memcpy(&number, bytes.data(), sizeof number);
  }
  return number;
}

}  // namespace qualog
