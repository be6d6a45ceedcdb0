// SPDX-License-Identifier: Apache-2.0
#include "projector/state/durable_file.h"

#include "schema/file_error.h"

#include <sys/stat.h>

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace qualog::projector {

namespace {

constexpr std::size_t kSmallBytesMax = 64 * 1024;

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
  if (!descriptor.is_open()) return file_error("cannot create", file);
  if (!write_all(descriptor.number(), content)) return file_error("cannot write", file);
  if (::fsync(descriptor.number()) != 0) return file_error("cannot sync", file);
  return {};
}

}  // namespace

Result<void> write_durably(const std::filesystem::path& file, std::string_view content) {
  const std::filesystem::path temporary = file.string() + ".new";
  QUALOG_TRY(write_and_sync(temporary, content));
  QUALOG_TRY(rename_to(temporary, file));
  return sync_directory(file.parent_path());
}

Result<std::string> read_small(const std::filesystem::path& file) {
  const Descriptor descriptor(file, O_RDONLY);
  if (!descriptor.is_open()) return file_error("cannot open", file);
  std::string content;
  char part[4096];
  while (true) {
    const auto got = ::read(descriptor.number(), part, sizeof part);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return file_error("cannot read", file);
    if (got == 0) return content;
    content.append(part, static_cast<std::size_t>(got));
    if (content.size() > kSmallBytesMax)
      return fail(
          Code::too_large,
          file.string() + ": longer than such a file can be; put the right one in its place");
  }
}

Result<bool> is_there(const std::filesystem::path& path) {
  std::error_code error;
  const bool found = std::filesystem::exists(path, error);
  if (error) return file_error("cannot look at", path, error.value());
  return found;
}

Result<std::vector<std::filesystem::path>> entries_of(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> found;
  std::error_code error;
  std::filesystem::directory_iterator entry(directory, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error))
    found.push_back(entry->path());
  if (!error || error == std::errc::no_such_file_or_directory) return found;
  return file_error("cannot list", directory, error.value());
}

Result<void> make_private_directory(const std::filesystem::path& directory) {
  if (::mkdir(directory.c_str(), 0700) == 0) return {};
  const int error = errno;
  std::error_code ignored;
  if (error != EEXIST || !std::filesystem::is_directory(directory, ignored))
    return file_error("cannot create", directory, error);
  if (::chmod(directory.c_str(), 0700) != 0) return file_error("cannot close to others", directory);
  return {};
}

Result<void> remove_file(const std::filesystem::path& file) {
  if (::unlink(file.c_str()) == 0 || errno == ENOENT) return {};
  return file_error("cannot remove", file);
}

Result<void> remove_tree(const std::filesystem::path& what) {
  std::error_code error;
  std::filesystem::remove_all(what, error);
  if (error) return file_error("cannot remove", what, error.value());
  return {};
}

Result<void> rename_to(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::rename(from.c_str(), to.c_str()) == 0) return {};
  return file_error("cannot rename to " + to.string(), from);
}

Result<void> sync_directory(const std::filesystem::path& directory) {
  const auto& path = directory.empty() ? std::filesystem::path(".") : directory;
  const Descriptor descriptor(path, O_RDONLY | O_DIRECTORY);
  if (!descriptor.is_open()) return file_error("cannot open", path);
  if (::fsync(descriptor.number()) != 0) return file_error("cannot sync", path);
  return {};
}

}  // namespace qualog::projector
