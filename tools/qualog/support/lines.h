// SPDX-License-Identifier: Apache-2.0
// Lines of a file or of standard input. A reading that fails is never taken for their end. One
// thread.
#pragma once

#include "schema/result.h"

#include <cstdio>
#include <memory>
#include <optional>
#include <string>

namespace qualog::tools {

class Lines {
 public:
  // No path, or "-": standard input. Error: not_found, also for a directory.
  static Result<Lines> open(const std::string& path);

  // The next one, without its line feed; nothing at the end. Error: io, naming the line.
  Result<std::optional<std::string>> next();
  // Of the line that next() gave; the first is 1.
  std::size_t number() const { return number_; }
  bool is_terminal() const;

 private:
  using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
  Lines(File file, std::string name) : file_(std::move(file)), name_(std::move(name)) {}

  File file_;
  std::string name_;
  std::size_t number_ = 0;
};

}  // namespace qualog::tools
