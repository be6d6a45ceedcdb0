// SPDX-License-Identifier: Apache-2.0
#include "engine/blobs/file_upload.h"

#include "engine/blobs/blob_reading.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::engine {

namespace {

Error ended(const std::string& path) {
  return fail(Code::invalid, path + ": the upload has ended; begin it again");
}

}  // namespace

Result<std::unique_ptr<FileUpload>> FileUpload::open(log::Files& files, Paths paths,
                                                     const BlobInfo& blob, std::size_t piece_bytes,
                                                     std::unique_ptr<log::FileLock> lock) {
  std::unique_ptr<FileUpload> upload(new FileUpload(files, std::move(paths), blob, piece_bytes));
  upload->lock_ = std::move(lock);
  QUALOG_TRY(upload->open_file());
  return upload;
}

// Each piece was synced before the next one was written: only the last may be anything.
Result<void> FileUpload::open_file() {
  auto opened = files_.open(paths_.file, log::Access::ReadWrite);
  if (!opened && opened.error().code != Code::not_found) return opened.error();
  if (!opened) opened = files_.create(paths_.file);
  if (!opened) return opened.error();
  QUALOG_TRY(files_.sync_directory(paths_.uploads));
  QUALOG_ASSIGN(const auto size, (*opened)->size());
  there_ = std::min(size, blob_.size);
  there_ -= std::min<std::uint64_t>(there_, piece_bytes_);
  file_ = std::move(*opened);
  return {};
}

Result<void> FileUpload::check_piece(std::uint64_t offset, ByteView bytes) const {
  if (!file_) return ended(paths_.file);
  if (bytes.size() > piece_bytes_)
    return fail(Code::too_large,
                fmt::format("a piece of {} bytes; send at most {}", bytes.size(), piece_bytes_));
  if (offset > there_)
    return fail(Code::invalid, fmt::format("a piece at byte {}, but only {} are there; go on from "
                                           "there",
                                           offset, there_));
  if (bytes.size() <= blob_.size - offset) return {};
  return fail(Code::invalid, fmt::format("more bytes than the {} that were said", blob_.size));
}

Result<void> FileUpload::append(std::uint64_t offset, ByteView bytes) {
  QUALOG_TRY(check_piece(offset, bytes));
  if (const auto written = file_->write(offset, bytes); !written) {
    file_.reset();
    return written.error();
  }
  if (const auto synced = file_->sync(); !synced) return give_up(synced.error());
  there_ = std::max(there_, offset + bytes.size());
  return {};
}

// What a disk has dropped may still be shown, and must not be taken for what is there.
Error FileUpload::give_up(const Error& error) {
  file_.reset();
  (void)files_.remove(paths_.file);
  return error;
}

Result<void> FileUpload::check_whole() {
  if (!file_) return ended(paths_.file);
  if (there_ < blob_.size)
    return fail(Code::invalid,
                fmt::format("{} of {} bytes are there; send the rest first", there_, blob_.size));
  const auto nothing = [](ByteView) -> Result<void> { return {}; };
  QUALOG_ASSIGN(const auto found, read_whole(*file_, nothing));
  if (found == blob_) return {};
  return give_up(fail(Code::damaged,
                      fmt::format("{}: what came is not what its hash says; nothing is kept, send "
                                  "it again from its first byte",
                                  hex(blob_.hash))));
}

Result<void> FileUpload::finish() {
  QUALOG_TRY(check_whole());
  if (const auto synced = file_->sync(); !synced) return give_up(synced.error());
  file_.reset();
  return publish();
}

Result<void> FileUpload::publish() {
  QUALOG_TRY(files_.make_directory(paths_.shelf));
  QUALOG_TRY(files_.sync_directory(paths_.root));
  QUALOG_TRY(files_.rename(paths_.file, paths_.blob));
  QUALOG_TRY(files_.sync_directory(paths_.shelf));
  (void)files_.remove(paths_.lock);
  return {};
}

}  // namespace qualog::engine
