// SPDX-License-Identifier: Apache-2.0
// The compatibility gate: whether a schema can still read, and be read like, a released one.
// flatc --conform 2.0.8 lets pass that the last field or union member goes, that a struct grows,
// that `required`, the identifier or the root changes and that anything is renamed (which breaks
// JSON); so the two reflection schemas are compared here as well.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace qualog::test {

// A directory that is gone with its object.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// The folders hold *.fbs files. Each problem begins with the check that found it: "conform: ",
// "ids: ", "frozen: " or "numbers: "; none: `next` may follow `released`.
std::vector<std::string> gate_problems(const std::filesystem::path& released,
                                       const std::filesystem::path& next);

}  // namespace qualog::test
