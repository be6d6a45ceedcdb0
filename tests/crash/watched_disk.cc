// SPDX-License-Identifier: Apache-2.0
// The functions below have the names of the C library's, so that they are found first.
#undef _FORTIFY_SOURCE
#include "tests/crash/watched_disk.h"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <mutex>
#include <unistd.h>

namespace qualog::test {

namespace {

constexpr const char* kBootFile = "/proc/sys/kernel/random/boot_id";

struct OpenFile {
  FileNumber number = 0;
  bool is_directory = false;
  std::string path;  // relative to the root
};

// What is watched now. All of it under one lock.
struct Watch {
  std::string root;
  std::string boot_file;
  DiskTree tree;
  std::map<int, OpenFile> open;
  std::vector<DiskOperation> operations;
  Fault fault;
  std::uint64_t left = 0;   // until the fault strikes
  std::uint64_t again = 0;  // how often it strikes after that
  bool struck = false;
  bool short_before = false;  // the last write was short: the next one fails
  std::array<std::uint64_t, kCalls> calls{};
  std::optional<std::uint64_t> space;
  Weakness weakness = Weakness::None;

  std::optional<std::string> below(const std::string& path) const {
    if (!path.starts_with(root + "/")) return std::nullopt;
    return path.substr(root.size() + 1);
  }

  bool strikes(Call call) {
    ++calls[static_cast<std::size_t>(call)];
    if (fault.call != call || left == 0) return false;
    if (--left > 0) return false;
    if (again > 0) {
      --again;
      left = 1;
    }
    return struck = true;
  }

  void note(DiskOperation operation) {
    tree.apply(operation);
    operations.push_back(std::move(operation));
  }
};

std::mutex& guard() {
  static std::mutex mutex;
  return mutex;
}

Watch*& current() {
  static Watch* watch = nullptr;
  return watch;
}

int failed(int error) {
  errno = error;
  return -1;
}

template <class... Arguments>
auto kernel(long number, Arguments... arguments) {
  return ::syscall(number, arguments...);
}

std::string joined(const Watch& watch, int directory, const char* path) {
  if (path[0] == '/' || directory == AT_FDCWD) return path;
  const auto found = watch.open.find(directory);
  if (found == watch.open.end()) return path;
  const auto& base = found->second.path;
  return watch.root + "/" + (base.empty() ? "" : base + "/") + path;
}

// ---- opening ------------------------------------------------------------------------------------

std::optional<int> open_watched(Watch& watch, const std::string& path, int flags, mode_t mode) {
  const auto relative = path == watch.root ? std::optional<std::string>("") : watch.below(path);
  if (!relative) return std::nullopt;
  auto number = watch.tree.file_at(*relative);
  const bool creates = (flags & O_CREAT) != 0 && !number;
  if (creates && watch.strikes(Call::Create)) return failed(watch.fault.error);
  const auto opened = static_cast<int>(kernel(SYS_openat, AT_FDCWD, path.c_str(), flags, mode));
  if (opened < 0) return opened;
  if (creates) {
    number = watch.tree.next_number();
    watch.note({DiskOperation::Kind::Name, *number, false, *watch.tree.name_at(*relative)});
  } else if ((flags & O_TRUNC) != 0 && number) {
    watch.note({.kind = DiskOperation::Kind::Resize, .file = *number});
  }
  struct stat status {};
  const bool is_directory = ::fstat(opened, &status) == 0 && S_ISDIR(status.st_mode);
  if (number) watch.open[opened] = {*number, is_directory, *relative};
  return opened;
}

int open_any(int directory, const char* path, int flags, mode_t mode) {
  const std::lock_guard lock(guard());
  auto* watch = current();
  if (watch == nullptr) return static_cast<int>(kernel(SYS_openat, directory, path, flags, mode));
  if (std::strcmp(path, kBootFile) == 0) path = watch->boot_file.c_str();
  if (const auto opened = open_watched(*watch, joined(*watch, directory, path), flags, mode))
    return *opened;
  const auto opened = static_cast<int>(kernel(SYS_openat, directory, path, flags, mode));
  watch->open.erase(opened);  // closed behind our back: closedir() does not come by
  return opened;
}

OpenFile* find_open(Watch* watch, int descriptor) {
  if (watch == nullptr) return nullptr;
  const auto found = watch->open.find(descriptor);
  return found == watch->open.end() ? nullptr : &found->second;
}

// ---- writing ------------------------------------------------------------------------------------

bool shows(int descriptor, ByteView bytes, std::uint64_t offset) {
  Bytes there(bytes.size());
  const auto got = ::pread(descriptor, there.data(), there.size(), static_cast<off_t>(offset));
  return got == static_cast<ssize_t>(bytes.size()) &&
         std::equal(there.begin(), there.end(), bytes.begin());
}

ssize_t write_noted(Watch& watch, int descriptor, const OpenFile& file, ByteView bytes,
                    std::uint64_t offset) {
  const bool is_nothing = watch.weakness == Weakness::NoRewrite && shows(descriptor, bytes, offset);
  const auto put = kernel(SYS_pwrite64, descriptor, bytes.data(), bytes.size(), offset);
  if (put > 0 && !is_nothing) {
    const auto kept = bytes.first(static_cast<std::size_t>(put));
    watch.note({.kind = DiskOperation::Kind::Write,
                .file = file.number,
                .offset = offset,
                .bytes = Bytes(kept.begin(), kept.end())});
  }
  return put;
}

// How many of the bytes find room; the file grows by what lies behind its end.
std::size_t that_fit(Watch& watch, int descriptor, std::size_t size, std::uint64_t offset) {
  if (!watch.space) return size;
  struct stat status {};
  ::fstat(descriptor, &status);
  const auto end = static_cast<std::uint64_t>(status.st_size);
  const auto growth = offset + size > end ? std::min<std::uint64_t>(size, offset + size - end) : 0;
  const auto missing = growth > *watch.space ? growth - *watch.space : 0;
  *watch.space -= std::min(growth, *watch.space);
  watch.struck = watch.struck || missing > 0;
  return size - missing;
}

ssize_t write_watched(Watch& watch, int descriptor, const OpenFile& file, ByteView bytes,
                      std::uint64_t offset) {
  if (std::exchange(watch.short_before, false)) return failed(watch.fault.error);
  if (watch.strikes(Call::Write)) {
    const auto landed = bytes.first(bytes.size() * watch.fault.landed / 100);
    const auto put = landed.empty() ? 0 : write_noted(watch, descriptor, file, landed, offset);
    watch.short_before = watch.fault.is_short && put > 0;
    return watch.short_before ? put : failed(watch.fault.error);
  }
  const auto fit = that_fit(watch, descriptor, bytes.size(), offset);
  if (fit == 0 && !bytes.empty()) return failed(ENOSPC);
  return write_noted(watch, descriptor, file, bytes.first(fit), offset);
}

ssize_t pwrite_any(int descriptor, const void* from, std::size_t size, off_t offset) {
  const std::lock_guard lock(guard());
  auto* watch = current();
  const auto* file = find_open(watch, descriptor);
  if (file == nullptr) return kernel(SYS_pwrite64, descriptor, from, size, offset);
  return write_watched(*watch, descriptor, *file, {static_cast<const std::uint8_t*>(from), size},
                       static_cast<std::uint64_t>(offset));
}

ssize_t write_here(int descriptor, const void* from, std::size_t size) {
  const std::lock_guard lock(guard());
  auto* watch = current();
  const auto* file = find_open(watch, descriptor);
  if (file == nullptr) return kernel(SYS_write, descriptor, from, size);
  const auto at = kernel(SYS_lseek, descriptor, 0, SEEK_CUR);
  const auto put =
      write_watched(*watch, descriptor, *file, {static_cast<const std::uint8_t*>(from), size},
                    static_cast<std::uint64_t>(at));
  if (put > 0) kernel(SYS_lseek, descriptor, put, SEEK_CUR);
  return put;
}

ssize_t writev_here(int descriptor, const struct iovec* parts, int count) {
  Bytes all;
  for (int n = 0; n < count; ++n) {
    const auto* begin = static_cast<const std::uint8_t*>(parts[n].iov_base);
    all.insert(all.end(), begin, begin + parts[n].iov_len);
  }
  return write_here(descriptor, all.data(), all.size());
}

int resize_any(int descriptor, off_t size) {
  const std::lock_guard lock(guard());
  auto* watch = current();
  const auto* file = find_open(watch, descriptor);
  const auto done = static_cast<int>(kernel(SYS_ftruncate, descriptor, size));
  if (file != nullptr && done == 0)
    watch->note({.kind = DiskOperation::Kind::Resize,
                 .file = file->number,
                 .offset = static_cast<std::uint64_t>(size)});
  return done;
}

int sync_any(int descriptor, long how) {
  const std::lock_guard lock(guard());
  auto* watch = current();
  const auto* file = find_open(watch, descriptor);
  if (file == nullptr) return static_cast<int>(kernel(how, descriptor));
  const bool fails = watch->strikes(file->is_directory ? Call::SyncDirectory : Call::Sync);
  const auto left_out = file->is_directory ? Weakness::NoDirectorySync : Weakness::NoSync;
  if (fails) watch->note({.kind = DiskOperation::Kind::BadSync, .file = file->number});
  const bool repeats = watch->weakness == Weakness::SyncAgain;
  if ((!fails || repeats) && watch->weakness != left_out)
    watch->note({.kind = DiskOperation::Kind::Sync, .file = file->number});
  return fails && !repeats ? failed(watch->fault.error) : 0;
}

// ---- names --------------------------------------------------------------------------------------

// Carries `change` out and notes it, or fails.
template <class Change>
int change_name(const std::string& path, Call call, Change change,
                DiskOperation (*noted)(Watch&, const std::string& relative)) {
  const std::lock_guard lock(guard());
  auto* watch = current();
  const auto relative = watch != nullptr ? watch->below(path) : std::nullopt;
  if (!relative) return static_cast<int>(change());
  if (watch->strikes(call)) return failed(watch->fault.error);
  const auto done = static_cast<int>(change());
  if (done == 0) watch->note(noted(*watch, *relative));
  return done;
}

DiskOperation removal(Watch& watch, const std::string& relative) {
  return {.kind = DiskOperation::Kind::Unname, .name = *watch.tree.name_at(relative)};
}

DiskOperation making(Watch& watch, const std::string& relative) {
  return {.kind = DiskOperation::Kind::Name,
          .file = watch.tree.next_number(),
          .is_directory = true,
          .name = *watch.tree.name_at(relative)};
}

std::string joined_now(int directory, const char* path) {
  const std::lock_guard lock(guard());
  return current() != nullptr ? joined(*current(), directory, path) : std::string(path);
}

int remove_any(int directory, const char* path, int flags) {
  return change_name(
      joined_now(directory, path), Call::Remove,
      [&] { return kernel(SYS_unlinkat, directory, path, flags); }, &removal);
}

int make_directory_any(const char* path, mode_t mode) {
  return change_name(
      path, Call::MakeDirectory, [&] { return kernel(SYS_mkdirat, AT_FDCWD, path, mode); },
      &making);
}

struct Names {
  Call call;
  DiskOperation::Kind kind;
  unsigned flags;  // of renameat2()
};
constexpr Names kRename{Call::Rename, DiskOperation::Kind::Rename, 0};
constexpr Names kSwap{Call::Swap, DiskOperation::Kind::Swap, RENAME_EXCHANGE};

int rename_any(const char* from, const char* to, const Names& how) {
  const auto change = [&] {
    return static_cast<int>(kernel(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, how.flags));
  };
  const std::lock_guard lock(guard());
  auto* watch = current();
  const auto old_path = watch != nullptr ? watch->below(from) : std::nullopt;
  const auto new_path = watch != nullptr ? watch->below(to) : std::nullopt;
  if (!old_path || !new_path) return change();
  if (watch->strikes(how.call)) return failed(watch->fault.error);
  const auto done = change();
  if (done == 0)
    watch->note({.kind = how.kind,
                 .name = *watch->tree.name_at(*old_path),
                 .to = *watch->tree.name_at(*new_path)});
  return done;
}

int statx_any(int directory, const char* path, int flags, unsigned mask, struct statx* into) {
  const auto done = static_cast<int>(kernel(SYS_statx, directory, path, flags, mask, into));
  const std::lock_guard lock(guard());
  auto* watch = current();
  if (watch == nullptr || done != 0) return done;
  std::optional<FileNumber> number;
  if (path[0] == '\0') {
    if (const auto* file = find_open(watch, directory)) number = file->number;
  } else if (const auto relative = watch->below(joined(*watch, directory, path))) {
    number = watch->tree.file_at(*relative);
  }
  if (!number) return done;
  into->stx_mask |= STATX_INO | STATX_BTIME;
  into->stx_ino = 1000 + *number;
  into->stx_btime.tv_sec = static_cast<std::int64_t>(1'000'000 + *number);
  into->stx_btime.tv_nsec = 7;
  into->stx_ctime = into->stx_btime;  // an image is not written over
  return done;
}

int close_any(int descriptor) {
  const std::lock_guard lock(guard());
  if (current() != nullptr) current()->open.erase(descriptor);
  return static_cast<int>(kernel(SYS_close, descriptor));
}

}  // namespace

WatchedDisk::WatchedDisk(const std::filesystem::path& root, const DiskImage& image,
                         const std::string& boot, Weakness weakness) {
  const auto boot_file = root.string() + ".boot";
  std::ofstream(boot_file) << boot << "\n";
  const std::lock_guard lock(guard());
  current() = std::make_unique<Watch>().release();
  current()->root = root.string();
  current()->boot_file = boot_file;
  current()->weakness = weakness;
  current()->tree = DiskTree(image.names);
  current()->tree.set_last(image.last);
}

std::filesystem::path WatchedDisk::fast_place() {
  std::error_code error;
  const std::filesystem::path memory = "/dev/shm";
  return std::filesystem::is_directory(memory, error) && ::access(memory.c_str(), W_OK) == 0
             ? memory
             : std::filesystem::temp_directory_path();
}

WatchedDisk::~WatchedDisk() {
  const std::lock_guard lock(guard());
  const std::unique_ptr<Watch> ended(std::exchange(current(), nullptr));
  kernel(SYS_unlink, ended->boot_file.c_str());
}

void WatchedDisk::fail(const Fault& fault) {
  const std::lock_guard lock(guard());
  auto& watch = *current();
  watch.fault = fault;
  watch.left = fault.nth;
  watch.again = fault.again;
  watch.struck = watch.short_before = false;
  watch.calls = {};
}

void WatchedDisk::set_space(std::optional<std::uint64_t> bytes) {
  const std::lock_guard lock(guard());
  current()->space = bytes;
  current()->struck = false;
}

void WatchedDisk::heal() {
  fail({});
  set_space(std::nullopt);
}

std::uint64_t WatchedDisk::calls(Call call) const {
  const std::lock_guard lock(guard());
  return current()->calls[static_cast<std::size_t>(call)];
}

bool WatchedDisk::has_struck() const {
  const std::lock_guard lock(guard());
  return current()->struck;
}

std::size_t WatchedDisk::operations() const {
  const std::lock_guard lock(guard());
  return current()->operations.size();
}

DiskTree WatchedDisk::tree() const {
  const std::lock_guard lock(guard());
  return current()->tree;
}

std::vector<DiskOperation> WatchedDisk::take_operations() {
  const std::lock_guard lock(guard());
  return std::move(current()->operations);
}

}  // namespace qualog::test

// ---- the functions of the C library -------------------------------------------------------------

using namespace qualog::test;

extern "C" {

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const auto mode = (flags & O_CREAT) != 0 ? static_cast<mode_t>(va_arg(rest, unsigned)) : 0;
  va_end(rest);
  return open_any(AT_FDCWD, path, flags, mode);
}

int openat(int directory, const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const auto mode = (flags & O_CREAT) != 0 ? static_cast<mode_t>(va_arg(rest, unsigned)) : 0;
  va_end(rest);
  return open_any(directory, path, flags, mode);
}

int close(int descriptor) { return close_any(descriptor); }

ssize_t pwrite(int descriptor, const void* from, std::size_t size, off_t offset) {
  return pwrite_any(descriptor, from, size, offset);
}
ssize_t write(int descriptor, const void* from, std::size_t size) {
  return write_here(descriptor, from, size);
}
ssize_t writev(int descriptor, const struct iovec* parts, int count) {
  return writev_here(descriptor, parts, count);
}
int ftruncate(int descriptor, off_t size) noexcept { return resize_any(descriptor, size); }
int fsync(int descriptor) { return sync_any(descriptor, SYS_fsync); }
int fdatasync(int descriptor) { return sync_any(descriptor, SYS_fdatasync); }

int rename(const char* from, const char* to) noexcept { return rename_any(from, to, kRename); }
// Paths are absolute, as all are that are watched.
int renameat2(int, const char* from, int, const char* to, unsigned flags) noexcept {
  return rename_any(from, to, flags == RENAME_EXCHANGE ? kSwap : kRename);
}
int unlink(const char* path) noexcept { return remove_any(AT_FDCWD, path, 0); }
int rmdir(const char* path) noexcept { return remove_any(AT_FDCWD, path, AT_REMOVEDIR); }
int unlinkat(int directory, const char* path, int flags) noexcept {
  return remove_any(directory, path, flags);
}
int remove(const char* path) noexcept {
  const auto done = remove_any(AT_FDCWD, path, 0);
  return done != 0 && errno == EISDIR ? remove_any(AT_FDCWD, path, AT_REMOVEDIR) : done;
}
int mkdir(const char* path, mode_t mode) noexcept { return make_directory_any(path, mode); }
int statx(int directory, const char* path, int flags, unsigned mask, struct statx* into) noexcept {
  return statx_any(directory, path, flags, mask, into);
}

}  // extern "C"
