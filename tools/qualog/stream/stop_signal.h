// SPDX-License-Identifier: Apache-2.0
// For a command that goes on until it is told to stop: SIGINT and SIGTERM are noted, and it ends
// where nothing is half done. One thread.
#pragma once

#include <atomic>
#include <csignal>

namespace qualog::tools {

inline std::atomic<bool> stop_signal_came = false;

inline bool stopped() { return stop_signal_came; }

inline void stop_on_signal() {
  const auto note = [](int) { stop_signal_came = true; };
  std::signal(SIGINT, note);
  std::signal(SIGTERM, note);
}

}  // namespace qualog::tools
