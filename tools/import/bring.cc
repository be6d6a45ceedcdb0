// SPDX-License-Identifier: Apache-2.0
#include "tools/import/bring.h"

#include "engine/blobs/blob_reading.h"
#include "engine/log/posix_files.h"

#include <algorithm>
#include <filesystem>

namespace qualog::tools {

namespace {

using engine::BlobInfo;
using FilePointer = std::unique_ptr<log::File>;

Result<void> check_regular(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_regular_file(path, error)) return {};
  const bool is_there = std::filesystem::exists(path, error);
  return fail(is_there ? Code::invalid : Code::not_found,
              path + (is_there ? ": not a file" : ": no such file"));
}

Error changed(std::string_view name) {
  return fail(Code::invalid, std::string(name) +
                                 " changed while it was read; wait until nobody writes it, then "
                                 "try again");
}

// The area compares all that came with the hash.
Result<void> finish(engine::BlobUpload& upload, std::string_view name) {
  auto finished = upload.finish();
  const bool is_other = !finished && finished.error().code == Code::damaged;
  return is_other ? changed(name) : finished;
}

Result<void> send(log::File& file, const std::string& path, engine::BlobUpload& upload,
                  const BlobInfo& blob, std::uint64_t from, const BytesDone& done) {
  Bytes piece(engine::kBlobPieceBytesMax);
  for (auto at = from; at < blob.size;) {
    QUALOG_ASSIGN(const auto got, file.read(at, piece));
    if (got == 0) return changed(path);
    const auto wanted = std::min<std::uint64_t>(got, blob.size - at);
    QUALOG_TRY(upload.append(at, ByteView(piece).first(static_cast<std::size_t>(wanted))));
    at += wanted;
    if (done) done(at, blob.size);
  }
  return finish(upload, path);
}

Result<void> pull(engine::BlobUpload& upload, const BlobInfo& blob,
                  const interchange::ByteSource& bytes) {
  constexpr std::string_view kName = "a file of the archive";
  std::string piece(engine::kBlobPieceBytesMax, '\0');
  for (std::uint64_t at = 0;;) {
    QUALOG_ASSIGN(const auto got, bytes(piece));
    if (got > blob.size - at || (got == 0 && at < blob.size)) return changed(kName);
    if (got == 0) return finish(upload, kName);
    QUALOG_TRY(upload.append(at, view(std::string_view(piece).substr(0, got))));
    at += got;
  }
}

// Opened, with what it holds now.
struct Opened {
  FilePointer file;
  BlobInfo blob;
};

Result<Opened> open_whole(const std::string& path) {
  static log::PosixFiles files;
  QUALOG_TRY(check_regular(path));
  QUALOG_ASSIGN(FilePointer file, files.open(path, log::Access::Read));
  const auto nothing = [](ByteView) -> Result<void> { return {}; };
  QUALOG_ASSIGN(const auto blob, engine::read_whole(*file, nothing));
  return Opened{std::move(file), blob};
}

}  // namespace

Result<Brought> bring(engine::BlobStore& store, const std::string& path, bool resume,
                      const BytesDone& done) {
  QUALOG_ASSIGN(const auto opened, open_whole(path));
  QUALOG_ASSIGN(const auto upload, store.begin(opened.blob));
  if (!upload) return Brought{opened.blob, opened.blob.size, true};
  const auto from = resume ? upload->there() : 0;
  QUALOG_TRY(send(*opened.file, path, *upload, opened.blob, from, done));
  return Brought{opened.blob, from, false};
}

Result<void> bring_as_read(engine::BlobStore& store, const std::string& path, const BlobInfo& read,
                           const BytesDone& done) {
  QUALOG_ASSIGN(const auto opened, open_whole(path));
  if (opened.blob != read) return changed(path);
  QUALOG_ASSIGN(const auto upload, store.begin(read));
  if (!upload) return {};
  return send(*opened.file, path, *upload, read, upload->there(), done);
}

Result<void> bring_bytes(engine::BlobStore& store, const BlobInfo& blob,
                         const interchange::ByteSource& bytes) {
  QUALOG_ASSIGN(const auto upload, store.begin(blob));
  return upload ? pull(*upload, blob, bytes) : Result<void>();
}

}  // namespace qualog::tools
