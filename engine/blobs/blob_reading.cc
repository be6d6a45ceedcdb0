// SPDX-License-Identifier: Apache-2.0
#include "engine/blobs/blob_reading.h"

namespace qualog::engine {

Result<BlobInfo> read_whole(log::File& file, BlobStore::Sink sink) {
  Bytes piece(kBlobPieceBytesMax);
  Sha256 hash;
  std::uint64_t size = 0;
  while (true) {
    QUALOG_ASSIGN(const auto got, file.read(size, piece));
    const auto read = ByteView(piece).first(got);
    hash.add(read);
    size += got;
    if (got > 0) QUALOG_TRY(sink(read));
    if (got < piece.size()) return BlobInfo{hash.finish(), size};
  }
}

}  // namespace qualog::engine
