// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/input_file.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace qualog::interchange {

namespace {

constexpr std::size_t kPieceBytes = 256 * 1024;

Error open_error(int number) {
  if (number == ENOENT) return fail(Code::not_found, "there is no such file; check its path");
  return fail(Code::io,
              fmt::format("the file cannot be opened (errno {}); check its permissions", number));
}

Error read_error() {
  return fail(Code::io, "the file cannot be read to its end; copy it again and retry");
}

}  // namespace

Result<InputFile> open_input(const std::filesystem::path& path) {
  // Without O_NONBLOCK opening a named pipe would wait for ever.
  const int handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (handle < 0) return open_error(errno);
  struct stat status {};
  if (::fstat(handle, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(handle);
    return fail(Code::invalid, "this is not a regular file; name the file itself");
  }
  std::FILE* file = ::fdopen(handle, "rb");
  if (file == nullptr) {
    ::close(handle);
    return open_error(errno);
  }
  return InputFile{FileHandle(file), static_cast<std::uint64_t>(status.st_size)};
}

Result<std::string> read_at(const InputFile& input, std::uint64_t offset, std::size_t wanted) {
  if (offset >= input.size) return std::string();
  std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(wanted, input.size - offset)),
                    '\0');
  if (::fseeko(input.file.get(), static_cast<off_t>(offset), SEEK_SET) != 0) return read_error();
  if (std::fread(bytes.data(), 1, bytes.size(), input.file.get()) != bytes.size()) {
    return read_error();
  }
  return bytes;
}

ByteSource file_source(InputFile input) {
  std::rewind(input.file.get());
  auto file = std::shared_ptr<std::FILE>(std::move(input.file));
  return [file](std::span<char> into) -> Result<std::size_t> {
    const std::size_t count = std::fread(into.data(), 1, into.size(), file.get());
    if (count < into.size() && std::ferror(file.get()) != 0) return read_error();
    return count;
  };
}

Result<Digest> digest_of(InputFile input) {
  const ByteSource bytes = file_source(std::move(input));
  Sha256 hash;
  std::string piece(kPieceBytes, '\0');
  while (true) {
    QUALOG_ASSIGN(const std::size_t count, bytes(piece));
    if (count == 0) return hash.finish();
    hash.add(view(std::string_view(piece).substr(0, count)));
  }
}

Result<std::string> read_all(const ByteSource& source, std::uint64_t expected,
                             std::uint64_t bytes_max, const std::string& label) {
  std::string bytes;
  bytes.reserve(static_cast<std::size_t>(std::min(expected, bytes_max)) + kPieceBytes);
  while (true) {
    const std::size_t before = bytes.size();
    bytes.resize(before + kPieceBytes);
    QUALOG_ASSIGN(const std::size_t count, source(std::span(bytes).subspan(before)));
    bytes.resize(before + count);
    if (bytes.size() > bytes_max) {
      return fail(Code::too_large, fmt::format("{} is over {} bytes; split it", label, bytes_max));
    }
    if (count == 0) return bytes;
  }
}

}  // namespace qualog::interchange
