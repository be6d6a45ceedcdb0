// SPDX-License-Identifier: Apache-2.0
// The few file operations that the file log needs, so that a simulated disk can stand in for the
// operating system. Guarantees asked of an implementation: what sync() returned for survives a
// power cut; names survive once sync_directory() has returned; rename() is atomic; a sector of 512
// bytes is written whole or not at all. After a failed sync() nothing is known of the bytes written
// since the last good one, even where reading shows them.
// Errors: not_found, held, no_space, io; the message names the path. Objects: one thread at a time,
// but a File may be synced by one thread while another writes it.
#pragma once

#include "schema/bytes.h"
#include "schema/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace qualog::log {

// Tells a file from its copy: statx(2) inode and birth time (zero where there is none).
struct FileIdentity {
  std::uint64_t inode = 0;
  std::uint64_t birth_seconds = 0;
  std::uint32_t birth_nanoseconds = 0;
  bool operator==(const FileIdentity&) const = default;
};

class File {
 public:
  virtual ~File() = default;
  // Fills `into` from `offset`; fewer bytes only at the end of the file. Gives their number.
  virtual Result<std::size_t> read(std::uint64_t offset, std::span<std::uint8_t> into) = 0;
  // Writes all of `bytes`, or fails; after a failure any part of them may be there.
  virtual Result<void> write(std::uint64_t offset, ByteView bytes) = 0;
  // Makes content and size durable.
  virtual Result<void> sync() = 0;
  virtual Result<std::uint64_t> size() = 0;
  virtual Result<FileIdentity> identity() = 0;
};

// Held until it is destroyed, or the process ends however it ends.
class FileLock {
 public:
  virtual ~FileLock() = default;
};

enum class Access { Read, ReadWrite };

class Files {
 public:
  virtual ~Files() = default;
  virtual Result<std::unique_ptr<File>> open(const std::string& path, Access access) = 0;
  // Creates an empty file, or empties the one that is there.
  virtual Result<std::unique_ptr<File>> create(const std::string& path) = 0;
  // Replaces `to` if it is there.
  virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
  virtual Result<void> remove(const std::string& path) = 0;
  // The names in a directory, in any order.
  virtual Result<std::vector<std::string>> list(const std::string& directory) = 0;
  virtual Result<void> sync_directory(const std::string& directory) = 0;
  // One that its owner alone may enter; it may be there. Its name is durable as that of a file is.
  virtual Result<void> make_directory(const std::string& path) = 0;
  // Takes the one exclusive lock on a path, which is created if missing; Code::held if somebody
  // has it, in this process too.
  virtual Result<std::unique_ptr<FileLock>> lock(const std::string& path) = 0;
  // Whether somebody holds it; takes nothing and creates nothing.
  virtual Result<bool> locked(const std::string& path) = 0;
};

}  // namespace qualog::log
