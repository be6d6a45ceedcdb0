// SPDX-License-Identifier: Apache-2.0
#include "projector/lmdb/environment.h"

#include <lmdb.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <set>

namespace qualog::projector {

namespace {

// Address space only; the file grows with its pages.
constexpr std::size_t kMapBytes = std::size_t{64} << 30;
constexpr unsigned kReadersMax = 512;
constexpr std::size_t kKeyBytesMax = 511;

Code kind_of(int code) {
  switch (code) {
    case ENOSPC:
    case MDB_MAP_FULL:
      return Code::no_space;
    case MDB_INVALID:
    case MDB_VERSION_MISMATCH:
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_PANIC:
    case MDB_INCOMPATIBLE:
      return Code::damaged;
    default:
      return Code::io;
  }
}

Error failed(const char* what, int code) {
  return fail(kind_of(code), std::string("the state: ") + what + ": " + mdb_strerror(code));
}

MDB_val value_of(ByteView bytes) { return {bytes.size(), const_cast<std::uint8_t*>(bytes.data())}; }

ByteView bytes_of(const MDB_val& value) {
  return {static_cast<const std::uint8_t*>(value.mv_data), value.mv_size};
}

// The stored key: the table's number, then the key.
struct StoredKey {
  StoredKey(Table table, ByteView key) : size(key.size() + 1) {
    if (size > kKeyBytesMax) {
      size = 0;
      return;
    }
    bytes[0] = static_cast<std::uint8_t>(table);
    if (!key.empty()) std::memcpy(bytes + 1, key.data(), key.size());
  }
  ByteView view() const { return {bytes, size}; }

  std::uint8_t bytes[kKeyBytesMax];
  std::size_t size;
};

std::optional<ByteView> get_row(const Reader& reader, MDB_txn* txn, unsigned dbi, Table table,
                                ByteView key) {
  const StoredKey stored(table, key);
  MDB_val name = value_of(stored.view()), value;
  const int code = mdb_get(txn, dbi, &name, &value);
  if (code == 0) return bytes_of(value);
  if (code != MDB_NOTFOUND) reader.report_damage(failed("read", code).message);
  return std::nullopt;
}

bool begins_with(ByteView bytes, ByteView prefix) {
  return bytes.size() >= prefix.size() &&
         std::memcmp(bytes.data(), prefix.data(), prefix.size()) == 0;
}

void scan_stored(const Reader& reader, MDB_txn* txn, unsigned dbi, Table table, ByteView prefix,
                 ByteView first, Reader::Visit visit) {
  const StoredKey stored(table, prefix), begin(table, first);
  MDB_cursor* cursor = nullptr;
  if (const int code = mdb_cursor_open(txn, dbi, &cursor); code != 0)
    return reader.report_damage(failed("scan", code).message);
  const std::unique_ptr<MDB_cursor, decltype(&mdb_cursor_close)> owner(cursor, &mdb_cursor_close);
  MDB_val key = value_of(begin.view()), value;
  int code = mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE);
  while (code == 0 && begins_with(bytes_of(key), stored.view())) {
    if (!visit(bytes_of(key).subspan(1), bytes_of(value))) return;
    code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
  }
  if (code != 0 && code != MDB_NOTFOUND) reader.report_damage(failed("scan", code).message);
}

Result<MDB_txn*> begin_txn(MDB_env* env, unsigned flags) {
  MDB_txn* txn = nullptr;
  int code = mdb_txn_begin(env, nullptr, flags, &txn);
  if (code == MDB_READERS_FULL) {
    int dead = 0;
    mdb_reader_check(env, &dead);
    code = mdb_txn_begin(env, nullptr, flags, &txn);
  }
  if (code != 0) return failed("begin a transaction", code);
  return txn;
}

// What this process has open. Closing a second environment on the same files would drop the locks
// of the first (lmdb.h, "Caveats"), and other processes would write beside it.
class OpenHere {
 public:
  static bool add(const Environment::Place& place) {
    const std::lock_guard lock(mutex_);
    return places_.insert(place).second;
  }
  static void remove(const Environment::Place& place) {
    const std::lock_guard lock(mutex_);
    places_.erase(place);
  }

 private:
  static inline std::mutex mutex_;
  static inline std::set<Environment::Place> places_;
};

}  // namespace

Result<std::unique_ptr<Environment>> Environment::open(const std::filesystem::path& directory,
                                                       Mode mode) {
  struct stat found {};
  if (::stat(directory.c_str(), &found) != 0)
    return fail(Code::io, "the state: open " + directory.string() + ": " + std::strerror(errno));
  const Place place{found.st_dev, found.st_ino};
  if (!OpenHere::add(place))
    return fail(Code::held, "the state: " + directory.string() + " is open in this program");
  std::unique_ptr<Environment> made(new Environment(place));
  const unsigned flags = MDB_NOTLS | MDB_NOSYNC | (mode == Mode::ReadOnly ? MDB_RDONLY : 0u);
  int code = mdb_env_create(&made->env_);
  if (code == 0) code = mdb_env_set_mapsize(made->env_, kMapBytes);
  if (code == 0) code = mdb_env_set_maxreaders(made->env_, kReadersMax);
  if (code == 0) code = mdb_env_open(made->env_, directory.c_str(), flags, 0600);
  if (code != 0) return failed(("open " + directory.string()).c_str(), code);
  int dead = 0;
  mdb_reader_check(made->env_, &dead);
  QUALOG_ASSIGN(MDB_txn * txn, begin_txn(made->env_, mode == Mode::ReadOnly ? MDB_RDONLY : 0u));
  code = mdb_dbi_open(txn, nullptr, 0, &made->dbi_);
  if (code == 0) code = mdb_txn_commit(txn);
  if (code != 0) return failed("open its table", code);
  return made;
}

Environment::~Environment() {
  if (env_ != nullptr) mdb_env_close(env_);
  OpenHere::remove(place_);
}

Result<void> Environment::sync() {
  if (const int code = mdb_env_sync(env_, 1); code != 0) return failed("sync", code);
  return {};
}

Result<std::unique_ptr<ReadTransaction>> ReadTransaction::begin(const Environment& environment) {
  std::unique_ptr<ReadTransaction> made(new ReadTransaction);
  QUALOG_ASSIGN(made->txn_, begin_txn(environment.handle(), MDB_RDONLY));
  made->dbi_ = environment.table();
  return made;
}

ReadTransaction::~ReadTransaction() {
  if (txn_ != nullptr) mdb_txn_abort(txn_);
}

std::optional<ByteView> ReadTransaction::get(Table table, ByteView key) const {
  return get_row(*this, txn_, dbi_, table, key);
}

void ReadTransaction::scan_from(Table table, ByteView prefix, ByteView first, Visit visit) const {
  scan_stored(*this, txn_, dbi_, table, prefix, first, visit);
}

Result<std::unique_ptr<WriteTransaction>> WriteTransaction::begin(Environment& environment) {
  std::unique_ptr<WriteTransaction> made(new WriteTransaction);
  QUALOG_ASSIGN(made->txn_, begin_txn(environment.handle(), 0));
  made->dbi_ = environment.table();
  return made;
}

WriteTransaction::~WriteTransaction() {
  drop_cursor();
  if (txn_ != nullptr) mdb_txn_abort(txn_);
}

std::optional<ByteView> WriteTransaction::get(Table table, ByteView key) const {
  return get_row(*this, txn_, dbi_, table, key);
}

void WriteTransaction::scan_from(Table table, ByteView prefix, ByteView first, Visit visit) const {
  scan_stored(*this, txn_, dbi_, table, prefix, first, visit);
}

void WriteTransaction::put(Table table, ByteView key, ByteView value) {
  if (failed_ != 0) return;
  const StoredKey stored(table, key);
  MDB_val name = value_of(stored.view()), content = value_of(value);
  if (cursor_ == nullptr) failed_ = mdb_cursor_open(txn_, dbi_, &cursor_);
  if (failed_ == 0) failed_ = mdb_cursor_put(cursor_, &name, &content, 0);
}

// LMDB 0.9.24 has had faults in cursors that live beside deletions: none does.
void WriteTransaction::drop_cursor() {
  if (cursor_ != nullptr) mdb_cursor_close(cursor_);
  cursor_ = nullptr;
}

void WriteTransaction::erase(Table table, ByteView key) {
  if (failed_ != 0) return;
  drop_cursor();
  const StoredKey stored(table, key);
  MDB_val name = value_of(stored.view());
  const int code = mdb_del(txn_, dbi_, &name, nullptr);
  if (code != MDB_NOTFOUND) failed_ = code;
}

Result<void> WriteTransaction::commit() {
  drop_cursor();
  if (failed_ != 0) return failed("write", failed_);
  QUALOG_TRY(undamaged());
  const int code = mdb_txn_commit(txn_);
  txn_ = nullptr;
  if (code != 0) return failed("commit", code);
  return {};
}

}  // namespace qualog::projector
