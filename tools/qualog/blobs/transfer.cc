// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/blobs/transfer.h"

#include "engine/blobs/blob_reading.h"
#include "engine/log/posix_files.h"

#include <fmt/format.h>

#include <filesystem>

namespace qualog::tools {

namespace {

using engine::BlobInfo;
using FilePointer = std::unique_ptr<log::File>;

constexpr const char* kUnfinished = ".unfinished";

Result<void> check_regular(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_regular_file(path, error)) return {};
  const bool is_there = std::filesystem::exists(path, error);
  return fail(is_there ? Code::invalid : Code::not_found,
              path + (is_there ? ": not a file" : ": no such file"));
}

Result<void> send(log::File& file, engine::BlobUpload& upload, const BlobInfo& blob,
                  std::uint64_t from, const replay::Progress& progress) {
  Bytes piece(engine::kBlobPieceBytesMax);
  for (auto at = from; at < blob.size;) {
    QUALOG_ASSIGN(const auto got, file.read(at, piece));
    if (got == 0)
      return fail(Code::invalid, "the file became shorter while it was read; try it again");
    QUALOG_TRY(upload.append(at, ByteView(piece).first(got)));
    at += got;
    replay::tell(progress, at, blob.size);
  }
  return upload.finish();
}

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

Result<Brought> bring(engine::BlobStore& store, const std::string& path, bool resume,
                      const replay::Progress& progress) {
  log::PosixFiles files;
  QUALOG_TRY(check_regular(path));
  QUALOG_ASSIGN(const FilePointer file, files.open(path, log::Access::Read));
  const auto nothing = [](ByteView) -> Result<void> { return {}; };
  QUALOG_ASSIGN(const auto blob, engine::read_whole(*file, nothing));
  QUALOG_ASSIGN(const auto upload, store.begin(blob));
  if (!upload) return Brought{blob, blob.size, true};
  const auto from = resume ? upload->there() : 0;
  QUALOG_TRY(send(*file, *upload, blob, from, progress));
  return Brought{blob, from, false};
}

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
