// SPDX-License-Identifier: Apache-2.0
// BlobStore: the blob area of one project: original files, PDFs, media. They lie outside the log,
// each under the SHA-256 of its stored bytes, and never change; an event may name only a complete
// one. They come in pieces: what was appended survives a restart, and until it is finished there is
// no blob. A directory by default (directory_blobs.h). One thread at a time, and of several stores
// of one area each in a thread or process of its own.
// Errors of all: io, no_space; the message names the path.
#pragma once

#include "schema/chain.h"
#include "schema/function_ref.h"
#include "schema/result.h"

#include <memory>
#include <optional>
#include <vector>

namespace qualog::engine {

inline constexpr std::uint64_t kBlobBytesMax = 0x7FFF'FFFF;  // what REFI-QDA allows a file
inline constexpr std::size_t kBlobPieceBytesMax = 1024 * 1024;
inline constexpr std::size_t kBlobUploadsMax = 100;  // unfinished ones, of a project

struct BlobInfo {
  Digest hash{};
  std::uint64_t size = 0;
  auto operator<=>(const BlobInfo&) const = default;
};

// A blob that is not whole yet.
struct UnfinishedBlob {
  BlobInfo blob;
  std::uint64_t there = 0;  // bytes
};

// One blob on its way in. Nobody else can bring the same at the same time.
class BlobUpload {
 public:
  virtual ~BlobUpload() = default;
  // So many bytes are durable from the first on: what comes next begins here, or before.
  virtual std::uint64_t there() const = 0;
  // At most kBlobPieceBytesMax; durable on return. Errors: invalid, a gap or more than its size.
  // After io or no_space it has to be begun again.
  virtual Result<void> append(std::uint64_t offset, ByteView bytes) = 0;
  // Makes it a blob, durably. Errors: invalid, bytes are missing; damaged, they are not what the
  // hash says, and are gone.
  virtual Result<void> finish() = 0;
};

class BlobStore {
 public:
  virtual ~BlobStore() = default;

  // Goes on with an upload of the same bytes where one was cut. None is given when the blob is
  // there, complete and durable; one whose bytes have changed is no blob, and is replaced.
  // Errors: held, somebody is uploading it; too_large, a limit.
  virtual Result<std::unique_ptr<BlobUpload>> begin(const BlobInfo& blob) = 0;
  // By hash, then size.
  virtual Result<std::vector<UnfinishedBlob>> unfinished() = 0;
  // Takes what has come of it away. Errors: not_found; held.
  virtual Result<void> discard(const Digest& hash) = 0;
  // Takes a complete one away, durably. It is set aside first, where it is not complete any more,
  // and `may_go` asked whether an event names it; then it goes, or gets its place back. One that
  // was left aside by a crash gets it back when is_complete() is asked of it. Errors: not_found;
  // held; those of `may_go`.
  using MayGo = FunctionRef<Result<void>()>;
  virtual Result<void> remove(const Digest& hash, MayGo may_go) = 0;

  // Complete, of this size, and durable. Its bytes are not looked at.
  virtual Result<bool> is_complete(const BlobInfo& blob) = 0;
  // By hash.
  virtual Result<std::vector<BlobInfo>> complete() = 0;
  // In pieces; the hash is compared behind the last one, so nothing is to be believed before it
  // returns. Gives the size. Errors: not_found; damaged, the bytes are not what was stored; those
  // of `sink`.
  using Sink = FunctionRef<Result<void>(ByteView piece)>;
  virtual Result<std::uint64_t> read(const Digest& hash, Sink sink) = 0;

  // Takes all of it away; it may be gone already.
  virtual Result<void> destroy() = 0;
  // How a message names it.
  virtual std::string name() const = 0;
  virtual std::string name_of(const Digest& hash) const = 0;
};

}  // namespace qualog::engine
