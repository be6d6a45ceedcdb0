// SPDX-License-Identifier: Apache-2.0
// The words of the watched disk: files and directories by numbers that never change, whatever they
// are called, and what was done to them, one operation after the other.
#pragma once

#include "schema/bytes.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace qualog::test {

using FileNumber = std::uint64_t;
inline constexpr FileNumber kRootDirectory = 1;

// A name: the directory that it is in, and itself.
using EntryName = std::pair<FileNumber, std::string>;
using EntryNames = std::map<EntryName, FileNumber>;

struct DiskOperation {
  enum class Kind {
    Name,     // `name` stands for `file`; what it stood for has no name any more
    Rename,   // from `name` to `to`
    Swap,     // `name` and `to`, of one directory
    Unname,   // `name` is gone
    Write,    // `bytes` at `offset` of `file`
    Resize,   // `file` is `offset` bytes long
    Sync,     // of a file or a directory
    BadSync,  // a sync that failed: what was not durable is shown and may never become so
  };
  Kind kind = Kind::Sync;
  FileNumber file = 0;
  bool is_directory = false;  // of Name
  EntryName name;
  EntryName to;
  std::uint64_t offset = 0;
  Bytes bytes;
};

// Which name stands for which file. Paths are relative to the root: "a/b".
class DiskTree {
 public:
  explicit DiskTree(EntryNames names = {}) : names_(std::move(names)) {}

  // The name at a path; nothing when its directory is not there.
  std::optional<EntryName> name_at(const std::string& path) const;
  std::optional<FileNumber> file_at(const std::string& path) const;
  std::optional<FileNumber> file_of(const EntryName& name) const;
  // A new file's number, above all that were ever used.
  FileNumber next_number() { return ++last_; }
  void set_last(FileNumber last) { last_ = last; }
  FileNumber last() const { return last_; }

  void apply(const DiskOperation& operation);
  const EntryNames& names() const { return names_; }

 private:
  EntryNames names_;
  FileNumber last_ = kRootDirectory;
};

}  // namespace qualog::test
