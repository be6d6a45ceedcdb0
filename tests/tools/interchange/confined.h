// SPDX-License-Identifier: Apache-2.0
// Reads a file in a child process and tells what came of it and what it cost, so that one bomb does
// not hide another and a crash is a failed check. A control in hostile_test.cc shows that it sees
// memory. The figures of sanitizer builds say nothing; costs_are_real() is false there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace qualog::test {

struct Outcome {
  bool finished = false;  // false: the child crashed
  bool read = false;      // the file was accepted
  std::string code;       // of the error
  std::string message;
  std::uint64_t growth_bytes = 0;  // of resident memory at its highest
  double seconds = 0;              // of CPU
};

constexpr bool costs_are_real() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return false;
#else
  return true;
#endif
}

// What `work` gives is the outcome's code and message; empty code means that it read the file.
Outcome run_confined(const std::function<std::pair<std::string, std::string>()>& work);

Outcome read_confined(const std::filesystem::path& path);

// A folder that is removed with the object.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  std::filesystem::path write(const std::string& name, std::string_view bytes) const;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace qualog::test
