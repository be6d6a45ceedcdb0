// SPDX-License-Identifier: Apache-2.0
// WatchedDisk: stands between this program and the operating system for everything below one
// directory, whoever asks for it: the log, LMDB, marks, keys, the standard library. It writes down
// what is done, lets chosen operations fail, and gives files the identity (inode and birth) of
// their number, so that an image of a disk is no copy. Syncs are written down, not carried out.
// One at a time in a program; the program itself is not changed by it. Any thread.
#pragma once

#include "tests/crash/disk_model.h"
#include "tests/crash/weak_files.h"

#include <filesystem>

namespace qualog::test {

// What can fail.
enum class Call { Write, Sync, SyncDirectory, Create, Rename, Swap, Remove, MakeDirectory };
inline constexpr int kCalls = 8;

struct Fault {
  Call call = Call::Write;
  std::uint64_t nth = 0;     // 1: the next one of its kind; 0: none
  std::uint64_t again = 0;   // so many more of them after it
  int error = 0;             // errno
  std::uint64_t landed = 0;  // of a write: percent of its bytes that are there all the same
  bool is_short = false;     // of a write: no error, only fewer bytes; `error` follows it
};

class WatchedDisk {
 public:
  // `root` is empty, or holds `image`. `boot` is what the machine then calls its boot.
  // A weakness takes one safeguard out of the whole engine: a control.
  WatchedDisk(const std::filesystem::path& root, const DiskImage& image = {},
              const std::string& boot = "boot-1", Weakness weakness = Weakness::None);
  ~WatchedDisk();
  // Where files cost least: in memory, if the system has such a place.
  static std::filesystem::path fast_place();
  WatchedDisk(const WatchedDisk&) = delete;
  WatchedDisk& operator=(const WatchedDisk&) = delete;

  // From now on; replaces what was asked for before. Counts are from now on too.
  void fail(const Fault& fault);
  // Files may grow by so many bytes before the disk is full.
  void set_space(std::optional<std::uint64_t> bytes);
  void heal();
  // How many calls of a kind there were since the last fail() or heal().
  std::uint64_t calls(Call call) const;
  // Whether a fault has struck since the last fail() or set_space().
  bool has_struck() const;

  std::size_t operations() const;
  // The names that are there now.
  DiskTree tree() const;
  // All of them, in order. Nobody else may be at work.
  std::vector<DiskOperation> take_operations();
};

}  // namespace qualog::test
