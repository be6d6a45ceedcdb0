// SPDX-License-Identifier: Apache-2.0
// A file log for tests: small segments, made the first time it is opened, on a simulated disk or in
// a real directory.
#pragma once

#include "engine/log/file_log.h"
#include "engine/log/posix_files.h"
#include "tests/crash/sim_disk.h"
#include "tests/engine/log/log_support.h"
#include "tests/engine/log/temporary_directory.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace qualog::test {

inline constexpr log::SegmentSizes kSmallSegments{.first = 2048, .last = 8192};

class FileBackend {
 public:
  FileBackend(log::Files& files, std::string directory)
      : files_(files), directory_(std::move(directory)) {}

  Result<std::unique_ptr<log::Log>> open(log::Sink& sink, log::Place from) {
    if (made_) {
      auto opened = open_from(sink, from, std::nullopt);
      if (!opened) return opened.error();
      return std::move(opened->log);
    }
    made_ = true;
    const auto ids = test_ids();
    return log::create_file_log(files_, directory_, ids.project, ids.lineage, random_,
                                kSmallSegments);
  }

  Result<log::OpenedLog> open_from(log::Sink& sink, log::Place from,
                                   const std::optional<log::Applied>& trusted) {
    return log::open_file_log(files_, directory_, from, trusted, random_, sink, kSmallSegments);
  }

  Result<log::ReadSummary> read(log::Sink& sink, log::Place from = {}) {
    return log::read_file_log(files_, directory_, from, sink);
  }

  const std::string& directory() const { return directory_; }

 private:
  log::Files& files_;
  std::string directory_;
  SeededRandom random_{7};
  bool made_ = false;
};

// Bases come first: the disk and the directory outlive the backend on them.
struct SimDiskHolder {
  SimDisk disk{1};
};
class SimBackend : public SimDiskHolder, public FileBackend {
 public:
  SimBackend() : FileBackend(disk, "/log") {}
};

struct PosixHolder {
  log::PosixFiles files;
  TemporaryDirectory temporary;
};
class PosixBackend : public PosixHolder, public FileBackend {
 public:
  PosixBackend() : FileBackend(files, temporary.path()) {}
};

}  // namespace qualog::test
