// SPDX-License-Identifier: Apache-2.0
// Files of the operating system into a project's blob area, and out of it. One thread.
#pragma once

#include "engine/blobs/blob_store.h"
#include "replay/progress.h"

#include <string>

namespace qualog::tools {

struct Brought {
  engine::BlobInfo blob;
  std::uint64_t from = 0;  // so many bytes were there from an earlier upload
  bool was_there = false;  // all of it
};

// `resume`: goes on where an earlier upload of the same bytes was cut, else from the first byte.
// Errors: not_found, io (the file); those of BlobStore::begin, append and finish.
Result<Brought> bring(engine::BlobStore& store, const std::string& path, bool resume,
                      const replay::Progress& progress);

// Writes it under a temporary name, which it gets when its hash is right. Gives its size.
// Errors: invalid, the file is there; those of BlobStore::read; io, no_space.
Result<std::uint64_t> fetch(engine::BlobStore& store, const Digest& hash, const std::string& path);

}  // namespace qualog::tools
