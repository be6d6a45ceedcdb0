// SPDX-License-Identifier: Apache-2.0
// Files of the operating system (POSIX, Linux 5.10 or newer for statx birth times). New files are
// readable by their owner only: interviews lie in them.
#pragma once

#include "engine/log/files.h"

namespace qualog::log {

class PosixFiles final : public Files {
 public:
  Result<std::unique_ptr<File>> open(const std::string& path, Access access) override;
  Result<std::unique_ptr<File>> create(const std::string& path) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> remove(const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& directory) override;
  Result<void> sync_directory(const std::string& directory) override;
  Result<void> make_directory(const std::string& path) override;
  // An open file description lock (fcntl F_OFD_SETLK): it excludes within a process too. Whoever
  // holds it may remove the file, or move its directory.
  Result<std::unique_ptr<FileLock>> lock(const std::string& path) override;
  // Waits a second for who has it: a reader while a state follows a shared log, a command that
  // ends. Errors as lock().
  Result<std::unique_ptr<FileLock>> lock_soon(const std::string& path);
  Result<bool> locked(const std::string& path) override;
};

}  // namespace qualog::log
