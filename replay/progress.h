// SPDX-License-Identifier: Apache-2.0
// Progress: what long work tells whoever waits for it. Called now and then, on the working thread.
#pragma once

#include <cstdint>
#include <functional>

namespace qualog::replay {

// Events done, and how many there are; 0: not known. An empty one is never called.
using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// Calls it once in 4096 events.
inline void tell(const Progress& progress, std::uint64_t done, std::uint64_t total) {
  if (progress && done % 4096 == 0) progress(done, total);
}

}  // namespace qualog::replay
