// SPDX-License-Identifier: Apache-2.0
// FileUpload: a blob that comes into a file and is renamed when it is whole (directory_blobs.h).
// A failed sync leaves nothing that could be believed: what was there is removed. One thread.
#pragma once

#include "engine/blobs/blob_store.h"
#include "engine/log/files.h"

#include <string>

namespace qualog::engine {

class FileUpload final : public BlobUpload {
 public:
  struct Paths {
    std::string root;
    std::string uploads;
    std::string file;
    std::string lock;
    std::string shelf;  // where the blob will be
    std::string blob;
  };

  // Opens the file, or makes it. Whoever calls holds the lock.
  static Result<std::unique_ptr<FileUpload>> open(log::Files& files, Paths paths,
                                                  const BlobInfo& blob, std::size_t piece_bytes,
                                                  std::unique_ptr<log::FileLock> lock);

  std::uint64_t there() const override { return there_; }
  Result<void> append(std::uint64_t offset, ByteView bytes) override;
  Result<void> finish() override;

 private:
  FileUpload(log::Files& files, Paths paths, const BlobInfo& blob, std::size_t piece_bytes)
      : files_(files), paths_(std::move(paths)), blob_(blob), piece_bytes_(piece_bytes) {}
  Result<void> open_file();
  Result<void> check_piece(std::uint64_t offset, ByteView bytes) const;
  Result<void> check_whole();
  Result<void> publish();
  Error give_up(const Error& error);

  log::Files& files_;
  Paths paths_;
  BlobInfo blob_;
  std::size_t piece_bytes_;
  std::unique_ptr<log::FileLock> lock_;
  std::unique_ptr<log::File> file_;  // none: it has to be begun again
  std::uint64_t there_ = 0;
};

}  // namespace qualog::engine
