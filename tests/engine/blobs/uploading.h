// SPDX-License-Identifier: Apache-2.0
// Bringing a blob as a client does: from where the upload stands, piece by piece.
#pragma once

#include "engine/blobs/directory_blobs.h"
#include "tests/support/seed.h"

#include <algorithm>

namespace qualog::test {

inline Bytes random_bytes(Rng& rng, std::size_t size) {
  Bytes bytes(size);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(rng());
  return bytes;
}

inline engine::BlobInfo blob_of(const Bytes& bytes) { return {sha256(bytes), bytes.size()}; }

// Up to `stop` bytes.
inline Result<void> send(engine::BlobUpload& upload, const Bytes& bytes, std::size_t piece,
                         std::size_t stop = ~std::size_t{0}) {
  const auto end = std::min(stop, bytes.size());
  for (std::uint64_t at = upload.there(); at < end;) {
    const auto size = std::min<std::uint64_t>(piece, end - at);
    QUALOG_TRY(upload.append(at, ByteView(bytes).subspan(at, size)));
    at += size;
  }
  return {};
}

// The whole of it; nothing to do where it is there.
inline Result<void> put(engine::BlobStore& store, const Bytes& bytes, std::size_t piece) {
  QUALOG_ASSIGN(const auto upload, store.begin(blob_of(bytes)));
  if (!upload) return {};
  QUALOG_TRY(send(*upload, bytes, piece));
  return upload->finish();
}

inline Result<Bytes> got(engine::BlobStore& store, const Digest& hash) {
  Bytes bytes;
  const auto keep = [&](ByteView piece) -> Result<void> {
    bytes.insert(bytes.end(), piece.begin(), piece.end());
    return {};
  };
  const auto read = store.read(hash, keep);
  return read ? Result<Bytes>(std::move(bytes)) : read.error();
}

}  // namespace qualog::test
