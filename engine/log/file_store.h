// SPDX-License-Identifier: Apache-2.0
// FileStore: a log in segment files of one directory; the embedded default (file_log.h).
#pragma once

#include "engine/log/log_store.h"
#include "engine/log/posix_files.h"

namespace qualog::log {

class FileStore final : public LogStore {
 public:
  // `directory`: of the log alone; it is made with its log.
  FileStore(std::string directory, ProjectId project)
      : directory_(std::move(directory)), project_(project) {}

  Result<std::unique_ptr<Log>> create(const LineageId& lineage, Random& random) override;
  Result<OpenedLog> open(Place from, const std::optional<Applied>& trusted, Random& random,
                         Sink& sink) override;
  using LogStore::read;
  // The witness is better evidence than any head.
  Result<ReadSummary> read(Place from, const std::optional<Head>& head, Sink& sink) override;
  Result<void> publish(Random&) override { return {}; }
  Result<void> discard() override { return {}; }
  Result<LineageId> lineage() override;
  Result<void> destroy() override;
  std::string name() const override { return directory_; }
  std::string name_at(const Place& place) const override;
  bool is_shared() const override { return false; }
  std::uint64_t bytes() const override;

 private:
  PosixFiles files_;
  std::string directory_;
  ProjectId project_;
};

}  // namespace qualog::log
