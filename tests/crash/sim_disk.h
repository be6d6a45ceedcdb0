// SPDX-License-Identifier: Apache-2.0
// A disk in memory that can lose power. Every 512-byte sector has what was written (shown to
// readers, as a page cache does) and what is durable; a power cut keeps any subset of the unsynced
// sectors, each in any version it had. Names are durable only after sync_directory(): a cut keeps a
// prefix or any subset of the changes since, and of a directory whose name it loses nothing; one
// that was never made here is there for ever. A failed sync drops some sectors and still shows
// them.
// Images keep inode and birth time, so that they are no copies. One thread.
#pragma once

#include "engine/log/files.h"
#include "tests/support/seed.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace qualog::test {

class SimDisk final : public log::Files {
 public:
  explicit SimDisk(std::uint64_t seed) : rng_(seed) {}

  // The process dies in the n-th operation from now (1 is the next): that one may be half done, all
  // later ones do nothing and fail. 0: it lives.
  void die_in(std::uint64_t operations) {
    dies_at_ = operations == 0 ? 0 : operations_ + operations;
  }
  bool dead() const { return dead_; }
  // Every operation that may change something, and every sync, counts as one.
  std::uint64_t operations() const { return operations_; }

  // The n-th sync or write from now fails (1 is the next), and `again` more of them after it.
  void fail_sync(std::uint64_t nth, std::uint64_t again = 0);
  void fail_write(std::uint64_t nth, std::uint64_t again = 0);
  void heal();
  // Files may grow by so many bytes in total before the disk is full.
  void set_space(std::optional<std::uint64_t> bytes) { space_ = bytes; }

  // A new process on the same machine: locks are free, all that was written is shown.
  void restart_process();
  // A new process after a power cut: what is not durable may be gone.
  void cut_power();
  // As `cp -r`: new files with the shown content, in whatever order.
  void copy_directory(const std::string& from, const std::string& to);

  // Direct access, as an editor has while nobody runs.
  Bytes content(const std::string& path) const;
  void overwrite(const std::string& path, const Bytes& content);
  std::uint64_t bytes_read() const { return bytes_read_; }

  Result<std::unique_ptr<log::File>> open(const std::string& path, log::Access access) override;
  Result<std::unique_ptr<log::File>> create(const std::string& path) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> remove(const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& directory) override;
  Result<void> sync_directory(const std::string& directory) override;
  Result<void> make_directory(const std::string& path) override;
  Result<std::unique_ptr<log::FileLock>> lock(const std::string& path) override;
  Result<bool> locked(const std::string& path) override;

 private:
  friend class SimFile;
  friend class SimLock;

  struct Inode {
    log::FileIdentity identity;
    Bytes shown;
    Bytes durable;
    std::map<std::uint64_t, std::vector<Bytes>> dirty;  // sector -> its versions since the sync
  };
  using InodePointer = std::shared_ptr<Inode>;
  using Names = std::map<std::string, InodePointer>;
  struct Change {
    std::string removed;  // a name that goes, if not empty
    std::string added;    // a name that then stands for inode
    InodePointer inode;
  };
  // Counts down to failures of one kind of operation.
  struct Countdown {
    std::uint64_t left = 0;
    std::uint64_t again = 0;
    bool fires();
  };
  enum class Step { Live, DieBefore, DieAfter, Dead };

  Step step();
  bool toss() { return below(rng_, 2) == 0; }
  Error dead_error() const;
  Result<void> change(const Change& change);
  static void apply(Names& names, const Change& change);
  bool has_room_for(const std::string& path) const;
  void drop_lost_directories();
  void put(Inode& inode, std::uint64_t offset, ByteView bytes);
  static void flush(Inode& inode, std::uint64_t sector, const Bytes& version);
  Result<void> write(Inode& inode, std::uint64_t offset, ByteView bytes);
  Result<void> sync(Inode& inode);
  InodePointer new_inode();
  void begin_process();

  Rng rng_;
  Names shown_;
  Names durable_;
  std::vector<Change> pending_;
  std::set<std::string> made_directories_;  // ever
  std::set<std::string> locks_;
  std::uint64_t process_ = 1;  // handles of dead processes do nothing
  std::uint64_t operations_ = 0;
  std::uint64_t dies_at_ = 0;
  bool dead_ = false;
  Countdown failing_syncs_;
  Countdown failing_writes_;
  std::optional<std::uint64_t> space_;
  std::uint64_t next_inode_ = 100;
  std::uint64_t bytes_read_ = 0;
};

}  // namespace qualog::test
