// SPDX-License-Identifier: Apache-2.0
// ProgressLine: one line on a terminal that says how far long work is. Nothing is drawn when stderr
// is no terminal; counts come when half a second has gone; it is wiped when the object goes. One
// thread.
#pragma once

#include "tools/qualog/support/print.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <unistd.h>

namespace qualog::tools {

class ProgressLine {
 public:
  explicit ProgressLine(std::string what, std::string unit = "events")
      : what_(std::move(what)), unit_(std::move(unit)) {}
  ~ProgressLine() {
    if (drawn_) put(stderr, "\r\033[K");
  }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Drawn at once: nobody counts within this part.
  void begin(const std::string& part) {
    if (terminal_) draw(part);
  }

  // `total`: 0 when nobody knows.
  void operator()(std::uint64_t done, std::uint64_t total) {
    const auto now = std::chrono::steady_clock::now();
    if (!terminal_ || now < next_) return;
    next_ = now + std::chrono::milliseconds(100);
    const auto part = total > 0 ? fmt::format(" ({} %)", 100 * done / total) : "";
    draw(fmt::format("{} {}{}", done, unit_, part));
  }

 private:
  void draw(const std::string& words) {
    drawn_ = true;
    put(stderr, fmt::format("\r\033[K{}: {}", what_, words));
    std::fflush(stderr);
  }

  std::string what_;
  std::string unit_;
  const bool terminal_ = ::isatty(STDERR_FILENO) == 1;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point next_ =
      std::chrono::steady_clock::now() + std::chrono::milliseconds(500);
};

}  // namespace qualog::tools
