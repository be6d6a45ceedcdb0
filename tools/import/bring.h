// SPDX-License-Identifier: Apache-2.0
// The bytes of files into a project's blob area, before an event names them. One thread.
#pragma once

#include "engine/blobs/blob_store.h"
#include "tools/interchange/input_file.h"

#include <functional>
#include <string>

namespace qualog::tools {

struct Brought {
  engine::BlobInfo blob;
  std::uint64_t from = 0;  // so many bytes were there from an earlier upload
  bool was_there = false;  // all of it
};

using BytesDone = std::function<void(std::uint64_t done, std::uint64_t all)>;

// `resume`: goes on where an earlier upload of the same bytes was cut, else from the first byte.
// Errors: not_found, io (the file); those of BlobStore::begin, append and finish.
Result<Brought> bring(engine::BlobStore& store, const std::string& path, bool resume,
                      const BytesDone& done);

// A file that was read already, and must still be what it was then. Goes on where it was cut.
// Errors: as above; invalid, it has changed.
Result<void> bring_as_read(engine::BlobStore& store, const std::string& path,
                           const engine::BlobInfo& read, const BytesDone& done);

// Bytes that are pulled from their first one on, and hash to what `blob` says. Nothing is kept of
// others. Errors: those of `bytes` and of the area; invalid, they are not these.
Result<void> bring_bytes(engine::BlobStore& store, const engine::BlobInfo& blob,
                         const interchange::ByteSource& bytes);

}  // namespace qualog::tools
