// SPDX-License-Identifier: Apache-2.0
#include "engine/blobs/directory_blobs.h"

#include "engine/blobs/blob_reading.h"
#include "engine/blobs/file_upload.h"
#include "engine/log/posix_files.h"
#include "schema/file_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace qualog::engine {

namespace {

constexpr std::size_t kHashDigits = 64;
constexpr std::size_t kShelfDigits = 2;
constexpr std::string_view kAside = ".aside";

std::optional<Digest> digest_in(std::string_view digits) {
  const auto bytes = from_hex(digits);
  Digest digest;
  if (bytes.size() != digest.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

// Of a blob that is there or set aside; nothing: another file.
std::optional<Digest> blob_called(std::string_view name) {
  if (name.ends_with(kAside)) name.remove_suffix(kAside.size());
  return digest_in(name);
}

// Of "<hash>.<size>"; nothing: another file.
std::optional<BlobInfo> upload_called(std::string_view name) {
  if (name.size() <= kHashDigits + 1 || name[kHashDigits] != '.') return std::nullopt;
  const auto hash = digest_in(name.substr(0, kHashDigits));
  const auto size = parse_number<std::uint64_t>(name.substr(kHashDigits + 1));
  if (!hash || !size) return std::nullopt;
  return BlobInfo{*hash, *size};
}

std::string parent_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

Error no_such_file(const Digest& hash) {
  return fail(Code::not_found,
              hex(hash) + ": no such file in this project; qualog blob ls lists them");
}

Error changed(const std::string& path) {
  return fail(Code::damaged,
              path +
                  ": the bytes are not what was stored; put the file again, or copy it back "
                  "from a backup");
}

}  // namespace

DirectoryBlobs::DirectoryBlobs(std::string root, log::Files& files, std::size_t piece_bytes)
    : root_(std::move(root)), files_(files), piece_bytes_(piece_bytes) {}

std::string DirectoryBlobs::shelf_of(const Digest& hash) const {
  return root_ + "/" + hex(hash).substr(0, kShelfDigits);
}

std::string DirectoryBlobs::name_of(const Digest& hash) const {
  return shelf_of(hash) + "/" + hex(hash);
}

std::string DirectoryBlobs::aside_of(const Digest& hash) const {
  return name_of(hash) + std::string(kAside);
}

std::string DirectoryBlobs::lock_of(const Digest& hash) const {
  return uploads() + "/" + hex(hash) + ".lock";
}

// None where the directory was not made yet.
Result<std::vector<std::string>> DirectoryBlobs::names_in(const std::string& directory) const {
  auto names = files_.list(directory);
  if (!names && names.error().code == Code::not_found) return std::vector<std::string>();
  if (names) std::sort(names->begin(), names->end());
  return names;
}

Result<void> DirectoryBlobs::make_room() {
  QUALOG_TRY(files_.make_directory(root_));
  QUALOG_TRY(files_.sync_directory(parent_of(root_)));
  QUALOG_TRY(files_.make_directory(uploads()));
  return files_.sync_directory(root_);
}

// A process that ended before its syncs may have left a name that is shown and not durable.
Result<void> DirectoryBlobs::make_durable(const Digest& hash) {
  for (const auto& directory : {shelf_of(hash), root_, parent_of(root_)})
    QUALOG_TRY(files_.sync_directory(directory));
  return {};
}

Result<bool> DirectoryBlobs::is_complete(const BlobInfo& blob) {
  auto file = files_.open(name_of(blob.hash), log::Access::Read);
  if (!file && file.error().code == Code::not_found) {
    QUALOG_TRY(put_back_abandoned(blob.hash));
    file = files_.open(name_of(blob.hash), log::Access::Read);
  }
  if (!file && file.error().code == Code::not_found) return false;
  if (!file) return file.error();
  QUALOG_ASSIGN(const auto size, (*file)->size());
  if (size != blob.size) return false;
  QUALOG_TRY(make_durable(blob.hash));
  return true;
}

Result<bool> DirectoryBlobs::has_good(const BlobInfo& blob) {
  QUALOG_ASSIGN(const bool is_there, is_complete(blob));
  if (!is_there) return false;
  const auto read = this->read(blob.hash, [](ByteView) -> Result<void> { return {}; });
  if (!read && read.error().code != Code::damaged) return read.error();
  return read.has_value();
}

Result<void> DirectoryBlobs::check_room(const BlobInfo& blob) {
  if (blob.size > kBlobBytesMax)
    return fail(Code::too_large,
                fmt::format("{} bytes; a file may have {} at most", blob.size, kBlobBytesMax));
  QUALOG_ASSIGN(const auto others, unfinished());
  const bool is_among = std::any_of(others.begin(), others.end(),
                                    [&](const auto& other) { return other.blob == blob; });
  if (is_among || others.size() < kBlobUploadsMax) return {};
  return fail(Code::too_large,
              fmt::format("{} uploads are unfinished; finish or discard one first", others.size()));
}

Result<std::unique_ptr<log::FileLock>> DirectoryBlobs::lock(const Digest& hash) {
  auto locked = files_.lock(lock_of(hash));
  if (locked || locked.error().code != Code::held) return locked;
  return fail(Code::held, hex(hash) +
                              ": somebody is uploading this file now; wait until they have "
                              "ended");
}

Result<std::unique_ptr<BlobUpload>> DirectoryBlobs::begin(const BlobInfo& blob) {
  const auto begun = [&]() -> Result<std::unique_ptr<FileUpload>> {
    QUALOG_TRY(check_room(blob));
    QUALOG_TRY(make_room());
    QUALOG_ASSIGN(auto locked, lock(blob.hash));
    const auto digits = hex(blob.hash);
    return FileUpload::open(files_,
                            {.root = root_,
                             .uploads = uploads(),
                             .file = fmt::format("{}/{}.{}", uploads(), digits, blob.size),
                             .lock = lock_of(blob.hash),
                             .shelf = shelf_of(blob.hash),
                             .blob = name_of(blob.hash)},
                            blob, piece_bytes_, std::move(locked));
  };
  QUALOG_ASSIGN(const bool is_there, has_good(blob));
  if (is_there) return std::unique_ptr<BlobUpload>();
  QUALOG_ASSIGN(auto upload, begun());
  return std::unique_ptr<BlobUpload>(std::move(upload));
}

Result<std::vector<UnfinishedBlob>> DirectoryBlobs::unfinished() {
  QUALOG_ASSIGN(const auto names, names_in(uploads()));
  std::vector<UnfinishedBlob> found;
  for (const auto& name : names) {
    const auto blob = upload_called(name);
    if (!blob) continue;
    const auto file = files_.open(uploads() + "/" + name, log::Access::Read);
    if (!file && file.error().code == Code::not_found) continue;  // finished meanwhile
    if (!file) return file.error();
    QUALOG_ASSIGN(const auto size, (*file)->size());
    found.push_back({*blob, std::min(size, blob->size)});
  }
  return found;
}

Result<void> DirectoryBlobs::discard(const Digest& hash) {
  QUALOG_ASSIGN(const auto names, names_in(uploads()));
  const auto is_of = [&](const std::string& name) {
    const auto blob = upload_called(name);
    return blob && blob->hash == hash;
  };
  if (std::none_of(names.begin(), names.end(), is_of))
    return fail(Code::not_found, hex(hash) + ": no such upload is unfinished");
  QUALOG_ASSIGN(const auto locked, lock(hash));
  for (const auto& name : names)
    if (is_of(name)) QUALOG_TRY(files_.remove(uploads() + "/" + name));
  (void)files_.remove(lock_of(hash));
  return files_.sync_directory(uploads());
}

// ---- taking away --------------------------------------------------------------------------------

// It lies there already where an earlier removal was cut.
Result<void> DirectoryBlobs::set_aside(const Digest& hash) {
  auto renamed = files_.rename(name_of(hash), aside_of(hash));
  if (!renamed && renamed.error().code != Code::not_found) return renamed;
  return files_.sync_directory(shelf_of(hash));
}

Result<void> DirectoryBlobs::put_back(const Digest& hash) {
  QUALOG_TRY(files_.rename(aside_of(hash), name_of(hash)));
  return files_.sync_directory(shelf_of(hash));
}

// Whoever removes it has the lock; where nobody has, they ended before they knew.
Result<void> DirectoryBlobs::put_back_abandoned(const Digest& hash) {
  const auto aside = files_.open(aside_of(hash), log::Access::Read);
  if (!aside && aside.error().code == Code::not_found) return {};
  if (!aside) return aside.error();
  QUALOG_TRY(make_room());
  const auto locked = lock(hash);
  if (!locked && locked.error().code == Code::held) return {};
  if (!locked) return locked.error();
  auto back = put_back(hash);
  if (!back && back.error().code != Code::not_found) return back;
  return {};
}

Result<void> DirectoryBlobs::remove(const Digest& hash, MayGo may_go) {
  QUALOG_ASSIGN(const auto file, open_any(hash));
  QUALOG_TRY(make_room());
  QUALOG_ASSIGN(const auto locked, lock(hash));
  QUALOG_TRY(set_aside(hash));
  if (auto asked = may_go(); !asked) {
    QUALOG_TRY(put_back(hash));
    return asked;
  }
  QUALOG_TRY(files_.remove(aside_of(hash)));
  QUALOG_TRY(files_.sync_directory(shelf_of(hash)));
  (void)files_.remove(lock_of(hash));
  return {};
}

// ---- looking ------------------------------------------------------------------------------------

Result<void> DirectoryBlobs::add_complete_on(const std::string& shelf,
                                             std::vector<BlobInfo>& found) {
  QUALOG_ASSIGN(const auto names, names_in(root_ + "/" + shelf));
  for (const auto& name : names) {
    const auto hash = blob_called(name);
    if (!hash || (!found.empty() && found.back().hash == *hash)) continue;
    QUALOG_ASSIGN(const auto file, open_any(*hash));
    QUALOG_ASSIGN(const auto size, file->size());
    found.push_back({*hash, size});
  }
  return {};
}

Result<std::vector<BlobInfo>> DirectoryBlobs::complete() {
  QUALOG_ASSIGN(const auto shelves, names_in(root_));
  std::vector<BlobInfo> found;
  for (const auto& shelf : shelves)
    if (from_hex(shelf).size() == 1) QUALOG_TRY(add_complete_on(shelf, found));
  return found;
}

// In its place or aside; looked at once more, as it may get its place back meanwhile.
Result<std::unique_ptr<log::File>> DirectoryBlobs::open_any(const Digest& hash) {
  for (const auto& path : {name_of(hash), aside_of(hash), name_of(hash)}) {
    auto file = files_.open(path, log::Access::Read);
    if (file || file.error().code != Code::not_found) return file;
  }
  return no_such_file(hash);
}

Result<std::uint64_t> DirectoryBlobs::read(const Digest& hash, Sink sink) {
  QUALOG_ASSIGN(const auto file, open_any(hash));
  QUALOG_ASSIGN(const auto found, read_whole(*file, sink));
  if (found.hash != hash) return changed(name_of(hash));
  return found.size;
}

Result<void> DirectoryBlobs::destroy() {
  std::error_code error;
  std::filesystem::remove_all(root_, error);
  if (error) return file_error("cannot remove", root_, error.value());
  const auto synced = files_.sync_directory(parent_of(root_));
  const bool is_gone = !synced && synced.error().code == Code::not_found;
  return is_gone ? Result<void>{} : synced;
}

std::shared_ptr<BlobStore> blobs_in(const std::string& root) {
  static log::PosixFiles files;
  return std::make_shared<DirectoryBlobs>(root, files);
}

}  // namespace qualog::engine
