// SPDX-License-Identifier: Apache-2.0
// The blobs that an action names: what stands in it as a table `Blob` {hash, size}, at any depth.
// By reflection, so that a new action needs nothing here. Pure; any thread.
#pragma once

#include "engine/blobs/blob_store.h"
#include "schema/fbs/event_generated.h"
#include "schema/reflection.h"

#include <vector>

namespace qualog::fb {
struct CommandT;
}

namespace qualog::engine {

// In the order of the actions, each as often as it is named.
std::vector<BlobInfo> blobs_named_by(const fb::CommandT& command);
std::vector<BlobInfo> blobs_named_by(const fb::Event& event);

// Whether tables of this kind may name one.
bool may_name_blobs(const reflection::Object& object, const reflection::Schema& schema);
void add_blobs_in(const flatbuffers::Table& table, const reflection::Object& object,
                  const reflection::Schema& schema, std::vector<BlobInfo>& found);

// Those of `named` that are complete under every size with which they are named. Errors: those of
// the area.
Result<std::vector<Digest>> complete_among(BlobStore& store, const std::vector<BlobInfo>& named);

}  // namespace qualog::engine
