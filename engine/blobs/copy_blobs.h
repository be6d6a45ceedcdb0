// SPDX-License-Identifier: Apache-2.0
// Blobs of one area into another, as a fork or a move takes them along. One thread.
#pragma once

#include "engine/blobs/blob_store.h"

#include <vector>

namespace qualog::engine {

// Gives those that could not come along, because they are not there or their bytes have changed.
// Where both areas are the same, nothing is done. Errors: those of both areas.
Result<std::vector<BlobInfo>> copy_blobs(BlobStore& from, BlobStore& to,
                                         const std::vector<BlobInfo>& blobs);

}  // namespace qualog::engine
