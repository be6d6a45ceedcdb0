// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/blobs/transfer.h"

#include "engine/log/posix_files.h"

#include <filesystem>

namespace qualog::tools {

namespace {

using FilePointer = std::unique_ptr<log::File>;

constexpr const char* kUnfinished = ".unfinished";

Result<void> check_free(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(std::filesystem::symlink_status(path, error))) return {};
  return fail(Code::invalid, path + ": it is there already; name a new file");
}

Result<std::uint64_t> write_out(engine::BlobStore& store, const Digest& hash, log::File& file) {
  std::uint64_t at = 0;
  const auto write = [&](ByteView piece) -> Result<void> {
    QUALOG_TRY(file.write(at, piece));
    at += piece.size();
    return {};
  };
  QUALOG_ASSIGN(const auto size, store.read(hash, write));
  QUALOG_TRY(file.sync());
  return size;
}

}  // namespace

Result<std::uint64_t> fetch(engine::BlobStore& store, const Digest& hash, const std::string& path) {
  log::PosixFiles files;
  QUALOG_TRY(check_free(path));
  const auto unfinished = path + kUnfinished;
  QUALOG_TRY(check_free(unfinished));
  const auto written = [&]() -> Result<std::uint64_t> {
    QUALOG_ASSIGN(const FilePointer file, files.create(unfinished));
    return write_out(store, hash, *file);
  }();
  if (!written) {
    (void)files.remove(unfinished);
    return written;
  }
  QUALOG_TRY(files.rename(unfinished, path));
  return written;
}

}  // namespace qualog::tools
