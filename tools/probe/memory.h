// SPDX-License-Identifier: Apache-2.0
// Memory that is not mapped from a file: what a process holds for itself, as the kernel counts it.
// What lies in the state's environment is mapped and not counted; the kernel takes it back as it
// likes.
#pragma once

#include <cstdint>
#include <functional>

namespace qualog::tools {

// RssAnon of this process, in bytes.
std::uint64_t anonymous_memory();

// By how much RssAnon was higher than at the beginning: at most while `work` ran, looked at every
// few milliseconds, and in the end.
struct Growth {
  std::uint64_t peak = 0;
  std::uint64_t end = 0;
};
// In another process, which is forked and ends with `work`: what was freed before is given back
// first and cannot hide anything. `work` calls what it is given when it wants the end to be taken
// before it lets go of what it holds. Call it while this process has one thread.
Growth memory_growth(const std::function<void(const std::function<void()>& is_end)>& work);

}  // namespace qualog::tools
