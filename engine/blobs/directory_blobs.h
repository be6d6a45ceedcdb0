// SPDX-License-Identifier: Apache-2.0
// A blob area in a directory:
//   <first byte of the hash>/<hash>   a blob; hashes in hexadecimal digits
//   <first byte>/<hash>.aside         one that is being removed, or whose removal was cut
//   uploads/<hash>.<size>             what has come of one
//   uploads/<hash>.lock               held by who brings it
// An upload is written and synced piece by piece, read again and compared with its hash, then
// renamed. Of one that was cut, the last piece may be anything: it is asked for again. Directories
// are 0700 and files 0600; they are made when the first blob comes.
#pragma once

#include "engine/blobs/blob_store.h"
#include "engine/log/files.h"

#include <string>

namespace qualog::engine {

class DirectoryBlobs final : public BlobStore {
 public:
  // `root`: its own directory, in one that is there. `files` outlives it. `piece_bytes`: the most
  // that one piece has; the same for all who use the area.
  DirectoryBlobs(std::string root, log::Files& files, std::size_t piece_bytes = kBlobPieceBytesMax);

  Result<std::unique_ptr<BlobUpload>> begin(const BlobInfo& blob) override;
  Result<std::vector<UnfinishedBlob>> unfinished() override;
  Result<void> discard(const Digest& hash) override;
  Result<void> remove(const Digest& hash, MayGo may_go) override;
  Result<bool> is_complete(const BlobInfo& blob) override;
  Result<std::vector<BlobInfo>> complete() override;
  Result<std::uint64_t> read(const Digest& hash, Sink sink) override;
  Result<void> destroy() override;
  std::string name() const override { return root_; }
  std::string name_of(const Digest& hash) const override;

 private:
  std::string shelf_of(const Digest& hash) const;
  std::string aside_of(const Digest& hash) const;
  std::string lock_of(const Digest& hash) const;
  std::string uploads() const { return root_ + "/uploads"; }
  Result<std::vector<std::string>> names_in(const std::string& directory) const;
  Result<void> add_complete_on(const std::string& shelf, std::vector<BlobInfo>& found);
  Result<std::unique_ptr<log::File>> open_any(const Digest& hash);
  Result<void> set_aside(const Digest& hash);
  Result<void> put_back(const Digest& hash);
  Result<void> put_back_abandoned(const Digest& hash);
  Result<void> make_room();
  Result<void> make_durable(const Digest& hash);
  Result<bool> has_good(const BlobInfo& blob);
  Result<void> check_room(const BlobInfo& blob);
  Result<std::unique_ptr<log::FileLock>> lock(const Digest& hash);

  std::string root_;
  log::Files& files_;
  std::size_t piece_bytes_;
};

// In files of the operating system.
std::shared_ptr<BlobStore> blobs_in(const std::string& root);

}  // namespace qualog::engine
