// SPDX-License-Identifier: Apache-2.0
// Files out of a project's blob area, into files of the operating system. One thread.
#pragma once

#include "engine/blobs/blob_store.h"

#include <string>

namespace qualog::tools {

// Writes it under a temporary name, which it gets when its hash is right. Gives its size.
// Errors: invalid, the file is there; those of BlobStore::read; io, no_space.
Result<std::uint64_t> fetch(engine::BlobStore& store, const Digest& hash, const std::string& path);

}  // namespace qualog::tools
