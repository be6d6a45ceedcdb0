// SPDX-License-Identifier: Apache-2.0
// Workbench: a project with the writes and syncs of its log counted, for the benchmarks. Not a
// second engine: the log, the state and the owner are the product's own.
#pragma once

#include "tools/bench/study.h"

#include <atomic>
#include <filesystem>
#include <functional>

namespace qualog::tools {

// What went to logs.
struct Counts {
  std::atomic<std::uint64_t> writes{0};
  std::atomic<std::uint64_t> bytes{0};
  std::atomic<std::uint64_t> syncs{0};
};

// Files of the operating system that count what goes to segments.
class CountingFiles final : public log::Files {
 public:
  Result<std::unique_ptr<log::File>> open(const std::string& path, log::Access access) override;
  Result<std::unique_ptr<log::File>> create(const std::string& path) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> remove(const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& directory) override;
  Result<void> sync_directory(const std::string& directory) override;
  Result<void> make_directory(const std::string& path) override;
  Result<std::unique_ptr<log::FileLock>> lock(const std::string& path) override;
  Result<bool> locked(const std::string& path) override;

  Counts& counts() { return counts_; }

 private:
  log::PosixFiles files_;
  Counts counts_;
};

class Workbench {
 public:
  // Makes the log of a project; what it needs outlives the workbench.
  using MakeLog = std::function<Result<std::unique_ptr<log::Log>>(const log::LogIds&, Random&)>;

  // A new project under `directory` with codes, sources of text, and its Owner `ada`; its log lies
  // in files there, or where `make` makes it.
  explicit Workbench(const std::filesystem::path& directory);
  Workbench(const std::filesystem::path& directory, const MakeLog& make);
  ~Workbench();

  engine::Owner& owner() { return *owner_; }
  projector::Environment& state() { return *state_; }
  // Of a log in files.
  Counts& counts() { return files_.counts(); }
  const std::filesystem::path& directory() const { return directory_; }
  const ProjectId& project() const { return project_; }
  Study& study() { return study_; }
  // Stops the owner and closes log and state cleanly.
  void close();

 private:
  std::filesystem::path directory_;
  SystemClock clock_;
  SystemRandom random_;
  CountingFiles files_;
  ProjectId project_;
  engine::LineageKeys keys_;
  Study study_{keys_};
  std::unique_ptr<projector::Environment> state_;
  std::unique_ptr<log::Log> log_;
  std::unique_ptr<engine::Owner> owner_;
};

}  // namespace qualog::tools
