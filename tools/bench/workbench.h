// SPDX-License-Identifier: Apache-2.0
// Workbench: a project on a real disk with its writes and syncs counted, for the benchmarks. Not a
// second engine: the log, the state and the owner are the product's own.
#pragma once

#include "engine/data_directory.h"

#include <atomic>
#include <filesystem>

namespace qualog::tools {

// Files of the operating system that count what goes to segments.
class CountingFiles final : public log::Files {
 public:
  struct Counts {
    std::atomic<std::uint64_t> writes{0};
    std::atomic<std::uint64_t> bytes{0};
    std::atomic<std::uint64_t> syncs{0};
  };

  Result<std::unique_ptr<log::File>> open(const std::string& path, log::Access access) override;
  Result<std::unique_ptr<log::File>> create(const std::string& path) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> remove(const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& directory) override;
  Result<void> sync_directory(const std::string& directory) override;
  Result<std::unique_ptr<log::FileLock>> lock(const std::string& path) override;
  Result<bool> locked(const std::string& path) override;

  Counts& counts() { return counts_; }

 private:
  log::PosixFiles files_;
  Counts counts_;
};

class Workbench {
 public:
  // A new project under `directory` with codes, sources of text, and its Owner `ada`.
  explicit Workbench(const std::filesystem::path& directory);
  ~Workbench();

  engine::Owner& owner() { return *owner_; }
  log::Log& log() { return *log_; }
  projector::Environment& state() { return *state_; }
  CountingFiles::Counts& counts() { return files_.counts(); }
  const std::filesystem::path& directory() const { return directory_; }

  // A command that adds one coding somewhere that nothing else was coded.
  fb::CommandT coding(const SessionId& session);
  // One group with so many of them.
  fb::CommandT codings(const SessionId& session, std::size_t count);
  SessionId new_session() { return engine::new_id<SessionId>(effects()); }

  engine::Effects effects() { return {clock_, random_}; }
  // Stops the owner and closes log and state cleanly.
  void close();

  static constexpr std::size_t kCodes = 200;
  static constexpr std::size_t kSources = 20;
  static constexpr std::uint32_t kSourceLength = 40'000;
  static constexpr std::uint32_t kLengths = 390;  // how many lengths a coded passage may have

 private:
  void begin();
  void ask(std::vector<fb::ActionUnion> actions);
  fb::ActionUnion next_coding();

  std::filesystem::path directory_;
  SystemClock clock_;
  SystemRandom random_;
  CountingFiles files_;
  engine::LineageKeys keys_;
  std::unique_ptr<projector::Environment> state_;
  std::unique_ptr<log::Log> log_;
  std::unique_ptr<engine::Owner> owner_;
  SessionId session_;
  std::vector<ItemId> codes_;
  std::vector<ItemId> sources_;
  std::size_t next_ = 0;
};

}  // namespace qualog::tools
