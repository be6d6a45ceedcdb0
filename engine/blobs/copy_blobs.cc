// SPDX-License-Identifier: Apache-2.0
#include "engine/blobs/copy_blobs.h"

#include <algorithm>
#include <set>

namespace qualog::engine {

namespace {

// What the upload has already is passed over.
Result<std::uint64_t> carry(BlobStore& from, const Digest& hash, BlobUpload& upload) {
  std::uint64_t at = 0;
  const auto append = [&](ByteView piece) -> Result<void> {
    const auto begin = at;
    at += piece.size();
    return at <= upload.there() ? Result<void>{} : upload.append(begin, piece);
  };
  return from.read(hash, append);
}

bool is_about_bytes(const Error& error) {
  return error.code == Code::damaged || error.code == Code::not_found;
}

// False: its bytes have changed, or are gone.
Result<bool> copy_one(BlobStore& from, BlobStore& to, const BlobInfo& blob) {
  QUALOG_ASSIGN(const bool is_there, from.is_complete(blob));
  if (!is_there) return false;
  QUALOG_ASSIGN(auto upload, to.begin(blob));
  if (!upload) return true;
  const auto carried = carry(from, blob.hash, *upload);
  if (carried) QUALOG_TRY(upload->finish());
  if (carried) return true;
  upload.reset();
  (void)to.discard(blob.hash);
  return is_about_bytes(carried.error()) ? Result<bool>(false) : carried.error();
}

}  // namespace

Result<std::vector<BlobInfo>> copy_blobs(BlobStore& from, BlobStore& to,
                                         const std::vector<BlobInfo>& blobs) {
  std::vector<BlobInfo> missing;
  if (from.name() == to.name()) return missing;
  for (const auto& blob : std::set<BlobInfo>(blobs.begin(), blobs.end())) {
    QUALOG_ASSIGN(const bool copied, copy_one(from, to, blob));
    if (!copied) missing.push_back(blob);
  }
  return missing;
}

}  // namespace qualog::engine
