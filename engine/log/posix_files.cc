// SPDX-License-Identifier: Apache-2.0
#include "engine/log/posix_files.h"

#include "schema/file_error.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace qualog::log {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(Descriptor&& other) noexcept : number_(other.number_) { other.number_ = -1; }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int operator*() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

Descriptor open_descriptor(const std::string& path, int flags) {
  return Descriptor(::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR));
}

class PosixFile final : public File {
 public:
  PosixFile(Descriptor descriptor, std::string path)
      : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

  Result<std::size_t> read(std::uint64_t offset, std::span<std::uint8_t> into) override {
    std::size_t done = 0;
    while (done < into.size()) {
      const auto got = ::pread(*descriptor_, into.data() + done, into.size() - done,
                               static_cast<off_t>(offset + done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return file_error("cannot read", path_);
      if (got == 0) break;
      done += static_cast<std::size_t>(got);
    }
    return done;
  }

  Result<void> write(std::uint64_t offset, ByteView bytes) override {
    while (!bytes.empty()) {
      const auto put =
          ::pwrite(*descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) return file_error("cannot write", path_);
      if (put == 0) return file_error("cannot write", path_, EIO);
      offset += static_cast<std::uint64_t>(put);
      bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    return {};
  }

  // Not repeated after EINTR: a sync that failed says nothing about the bytes.
  Result<void> sync() override {
    if (::fdatasync(*descriptor_) != 0) return file_error("cannot sync", path_);
    return {};
  }

  Result<std::uint64_t> size() override {
    struct stat status {};
    if (::fstat(*descriptor_, &status) != 0) return file_error("cannot look at", path_);
    return static_cast<std::uint64_t>(status.st_size);
  }

  Result<FileIdentity> identity() override {
    struct statx status {};
    if (::statx(*descriptor_, "", AT_EMPTY_PATH, STATX_INO | STATX_BTIME, &status) != 0) {
      return file_error("cannot look at", path_);
    }
    FileIdentity identity{.inode = status.stx_ino};
    if ((status.stx_mask & STATX_BTIME) != 0) {
      identity.birth_seconds = static_cast<std::uint64_t>(status.stx_btime.tv_sec);
      identity.birth_nanoseconds = status.stx_btime.tv_nsec;
    }
    return identity;
  }

 private:
  Descriptor descriptor_;
  std::string path_;
};

class PosixLock final : public FileLock {
 public:
  explicit PosixLock(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

 private:
  Descriptor descriptor_;
};

struct flock whole_file(short type) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  return lock;
}

Result<std::unique_ptr<File>> open_file(const std::string& path, int flags, const char* what) {
  auto descriptor = open_descriptor(path, flags);
  if (!descriptor) return file_error(what, path);
  return std::unique_ptr<File>(std::make_unique<PosixFile>(std::move(descriptor), path));
}

}  // namespace

Result<std::unique_ptr<File>> PosixFiles::open(const std::string& path, Access access) {
  return open_file(path, access == Access::Read ? O_RDONLY : O_RDWR, "cannot open");
}

Result<std::unique_ptr<File>> PosixFiles::create(const std::string& path) {
  return open_file(path, O_RDWR | O_CREAT | O_TRUNC, "cannot create");
}

Result<void> PosixFiles::rename(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) return file_error("cannot rename", from);
  return {};
}

Result<void> PosixFiles::remove(const std::string& path) {
  if (::unlink(path.c_str()) != 0) return file_error("cannot remove", path);
  return {};
}

Result<std::vector<std::string>> PosixFiles::list(const std::string& directory) {
  DIR* const stream = ::opendir(directory.c_str());
  if (stream == nullptr) return file_error("cannot list", directory);
  std::vector<std::string> names;
  while (true) {
    errno = 0;
    const auto* entry = ::readdir(stream);
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  const int number = errno;
  ::closedir(stream);
  if (number != 0) return file_error("cannot list", directory, number);
  return names;
}

Result<void> PosixFiles::sync_directory(const std::string& directory) {
  auto descriptor = open_descriptor(directory, O_RDONLY | O_DIRECTORY);
  if (!descriptor) return file_error("cannot open", directory);
  if (::fsync(*descriptor) != 0) return file_error("cannot sync", directory);
  return {};
}

Result<void> PosixFiles::make_directory(const std::string& path) {
  if (::mkdir(path.c_str(), S_IRWXU) == 0) return {};
  const int number = errno;
  struct stat status {};
  const bool is_there = number == EEXIST && ::stat(path.c_str(), &status) == 0;
  if (is_there && S_ISDIR(status.st_mode)) return {};
  return file_error("cannot make", path, number);
}

namespace {

bool is_at(const Descriptor& descriptor, const std::string& path) {
  struct stat opened {
  }, named{};
  return ::fstat(*descriptor, &opened) == 0 && ::stat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

Error not_locked(const std::string& path, int number) {
  if (number != EAGAIN && number != EACCES) return file_error("cannot lock", path, number);
  return fail(Code::held, fmt::format("{}: another process owns the project; stop it, or let it "
                                      "do the work",
                                      path));
}

}  // namespace

// Who had it may have removed the file or moved it since it was opened here: that lock is nobody
// else's.
Result<std::unique_ptr<FileLock>> PosixFiles::lock(const std::string& path) {
  auto wanted = whole_file(F_WRLCK);
  while (true) {
    auto descriptor = open_descriptor(path, O_RDWR | O_CREAT);
    if (!descriptor) return file_error("cannot open", path);
    if (::fcntl(*descriptor, F_OFD_SETLK, &wanted) != 0) return not_locked(path, errno);
    if (is_at(descriptor, path))
      return std::unique_ptr<FileLock>(std::make_unique<PosixLock>(std::move(descriptor)));
  }
}

Result<std::unique_ptr<FileLock>> PosixFiles::lock_soon(const std::string& path) {
  constexpr int kTriesMax = 100, kPauseMs = 10;
  for (int tries = 1;; ++tries) {
    auto taken = lock(path);
    const bool held = !taken && taken.error().code == Code::held;
    if (!held || tries > kTriesMax) return taken;
    ::poll(nullptr, 0, kPauseMs);
  }
}

Result<bool> PosixFiles::locked(const std::string& path) {
  auto descriptor = open_descriptor(path, O_RDONLY);
  if (!descriptor && errno == ENOENT) return false;
  if (!descriptor) return file_error("cannot open", path);
  auto wanted = whole_file(F_RDLCK);
  if (::fcntl(*descriptor, F_OFD_GETLK, &wanted) != 0) return file_error("cannot ask", path);
  return wanted.l_type != F_UNLCK;
}

}  // namespace qualog::log
