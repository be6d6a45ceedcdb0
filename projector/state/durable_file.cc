// SPDX-License-Identifier: Apache-2.0
#include "projector/state/durable_file.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace qualog::projector {

namespace {

constexpr std::size_t kSmallBytesMax = 64 * 1024;

Error failed(const char* what, const std::filesystem::path& path, int error) {
  const Code code = error == ENOENT                      ? Code::not_found
                    : error == ENOSPC || error == EDQUOT ? Code::no_space
                                                         : Code::io;
  return fail(code, std::string(what) + " " + path.string() + ": " + std::strerror(error));
}

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags)
      : number_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  bool is_open() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const auto written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Result<void> write_and_sync(const std::filesystem::path& file, std::string_view content) {
  const Descriptor descriptor(file, O_WRONLY | O_CREAT | O_TRUNC);
  if (!descriptor.is_open()) return failed("create", file, errno);
  if (!write_all(descriptor.number(), content)) return failed("write", file, errno);
  if (::fsync(descriptor.number()) != 0) return failed("sync", file, errno);
  return {};
}

}  // namespace

Result<void> write_durably(const std::filesystem::path& file, std::string_view content) {
  const std::filesystem::path temporary = file.string() + ".new";
  QUALOG_TRY(write_and_sync(temporary, content));
  if (::rename(temporary.c_str(), file.c_str()) != 0) return failed("rename to", file, errno);
  return sync_directory(file.parent_path());
}

Result<std::string> read_small(const std::filesystem::path& file) {
  const Descriptor descriptor(file, O_RDONLY);
  if (!descriptor.is_open()) return failed("open", file, errno);
  std::string content;
  char part[4096];
  while (true) {
    const auto got = ::read(descriptor.number(), part, sizeof part);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed("read", file, errno);
    if (got == 0) return content;
    content.append(part, static_cast<std::size_t>(got));
    if (content.size() > kSmallBytesMax)
      return fail(Code::too_large, file.string() + " is longer than such a file can be; remove it");
  }
}

Result<void> make_private_directory(const std::filesystem::path& directory) {
  if (::mkdir(directory.c_str(), 0700) == 0) return {};
  const int error = errno;
  std::error_code ignored;
  if (error != EEXIST || !std::filesystem::is_directory(directory, ignored))
    return failed("create", directory, error);
  if (::chmod(directory.c_str(), 0700) != 0) return failed("close to others", directory, errno);
  return {};
}

Result<void> sync_directory(const std::filesystem::path& directory) {
  const auto& path = directory.empty() ? std::filesystem::path(".") : directory;
  const Descriptor descriptor(path, O_RDONLY | O_DIRECTORY);
  if (!descriptor.is_open()) return failed("open", path, errno);
  if (::fsync(descriptor.number()) != 0) return failed("sync", path, errno);
  return {};
}

}  // namespace qualog::projector
