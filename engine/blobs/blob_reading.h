// SPDX-License-Identifier: Apache-2.0
// The bytes of a file in pieces, and what they hash to. One thread.
#pragma once

#include "engine/blobs/blob_store.h"
#include "engine/log/files.h"

namespace qualog::engine {

// Errors: those of the file and of `sink`.
Result<BlobInfo> read_whole(log::File& file, BlobStore::Sink sink);

}  // namespace qualog::engine
