// SPDX-License-Identifier: Apache-2.0
// What an event may say of a file: only that of a complete blob.
#include "engine/rules/blobs.h"

#include <algorithm>

namespace qualog::engine {

Verdict check_blob(const Question& question, const fb::Blob* blob) {
  const bool given = blob != nullptr && blob->hash() != nullptr;
  const Digest hash = given ? flatbuffers::UnPack(*blob->hash()) : Digest{};
  if (hash == Digest{}) return refuse(fb::RefusalCode::Invalid, "blob");
  const auto& complete = question.context.complete_blobs;
  if (std::find(complete.begin(), complete.end(), hash) != complete.end()) return {};
  return refuse(fb::RefusalCode::BadRef, "blob: no complete file of this hash and size is here");
}

}  // namespace qualog::engine
