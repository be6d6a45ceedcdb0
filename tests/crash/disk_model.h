// SPDX-License-Identifier: Apache-2.0
// DiskModel: what a power cut may leave of a directory whose operations were watched. Every
// 512-byte sector has what is shown and what is durable; a cut keeps any subset of the unsynced
// sectors, each in any version it had. A name is durable once its directory was synced; a cut keeps
// a prefix or any subset of the changes since. A failed sync drops some sectors and still shows
// them. One thread.
#pragma once

#include "tests/crash/disk_tree.h"
#include "tests/support/seed.h"

#include <filesystem>
#include <memory>

namespace qualog::test {

// Files by number, and their names: a whole disk at one moment.
struct DiskImage {
  EntryNames names;
  std::map<FileNumber, Bytes> files;  // no content: a directory has none
  FileNumber last = kRootDirectory;

  // Writes it under `root`, which must not exist. What has no name is left out.
  void write_to(const std::filesystem::path& root) const;
};

class DiskModel {
 public:
  explicit DiskModel(const DiskImage& image = {});

  void apply(const DiskOperation& operation, Rng& rng);
  // What the next process finds: after a power cut, or when only the process died.
  DiskImage after_power_cut(Rng& rng) const;
  DiskImage after_process_death() const;

 private:
  struct File {
    Bytes shown;
    Bytes durable;
    std::map<std::uint64_t, std::vector<Bytes>> dirty;  // sector -> its versions since the sync
  };

  void put(File& file, std::uint64_t offset, ByteView bytes);
  void sync(FileNumber number, bool fails, Rng& rng);
  static void flush(Bytes& durable, std::uint64_t sector, const Bytes& version);

  DiskTree shown_;
  DiskTree durable_;
  std::map<FileNumber, std::vector<DiskOperation>> pending_;  // directory -> changes of its names
  std::map<FileNumber, File> files_;
};

}  // namespace qualog::test
