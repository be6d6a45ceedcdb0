// SPDX-License-Identifier: Apache-2.0
// The one place of lmdb.h: an environment that holds one project's state, and its transactions as
// Reader and Store. The state is disposable: the environment is never synced (MDB_NOSYNC) and is
// opened only when projector/state says that it can be trusted; a crash of the process harms
// nothing, a crash of the operating system makes it be rebuilt.
// Threads: one writer; any number of readers, each with its own ReadTransaction for a bounded time.
// Caveats kept away from callers: MDB_NOTLS, one table (keys begin with the table's number);
// the map is 64 GiB of address space, and a state that fills it is Code::no_space.
#pragma once

#include "projector/store.h"
#include "schema/result.h"

#include <filesystem>
#include <memory>
#include <utility>

struct MDB_env;
struct MDB_txn;
struct MDB_cursor;

namespace qualog::projector {

class Environment {
 public:
  enum class Mode { ReadWrite, ReadOnly };
  using Place = std::pair<std::uint64_t, std::uint64_t>;  // device and inode of the directory

  // Opens, and with ReadWrite creates, the environment in `directory`, which exists.
  // Errors: held (this process has it open: LMDB bears that only once), damaged, no_space, io.
  static Result<std::unique_ptr<Environment>> open(const std::filesystem::path& directory,
                                                   Mode mode);
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  // Makes everything committed durable; at a clean close.
  Result<void> sync();
  MDB_env* handle() const { return env_; }
  unsigned table() const { return dbi_; }

 private:
  explicit Environment(const Place& place) : place_(place) {}
  Place place_;
  MDB_env* env_ = nullptr;
  unsigned dbi_ = 0;
};

// A consistent view of what was committed when it began.
class ReadTransaction final : public Reader {
 public:
  static Result<std::unique_ptr<ReadTransaction>> begin(const Environment& environment);
  ~ReadTransaction() override;

  std::optional<ByteView> get(Table table, ByteView key) const override;
  void scan_from(Table table, ByteView prefix, ByteView first, Visit visit) const override;

 private:
  ReadTransaction() = default;
  MDB_txn* txn_ = nullptr;
  unsigned dbi_ = 0;
};

// Dropped without commit() it changes nothing. A failed put is sticky: commit() reports it.
class WriteTransaction final : public Store {
 public:
  static Result<std::unique_ptr<WriteTransaction>> begin(Environment& environment);
  ~WriteTransaction() override;

  std::optional<ByteView> get(Table table, ByteView key) const override;
  void scan_from(Table table, ByteView prefix, ByteView first, Visit visit) const override;
  void put(Table table, ByteView key, ByteView value) override;
  void erase(Table table, ByteView key) override;

  Result<void> commit();

 private:
  WriteTransaction() = default;
  void drop_cursor();

  MDB_txn* txn_ = nullptr;
  MDB_cursor* cursor_ = nullptr;  // where the last put was: the next is mostly beside it
  unsigned dbi_ = 0;
  int failed_ = 0;
};

}  // namespace qualog::projector
