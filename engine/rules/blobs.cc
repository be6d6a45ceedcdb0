// SPDX-License-Identifier: Apache-2.0
// What an event may say of a file: only that of a complete blob.
#include "engine/rules/blobs.h"

#include "engine/rules/question.h"

#include <algorithm>

namespace qualog::engine {

Verdict blob_is_complete(const Question& question, const Digest& hash) {
  const auto& complete = question.context.complete_blobs;
  if (std::find(complete.begin(), complete.end(), hash) != complete.end()) return {};
  return refuse(fb::RefusalCode::BadRef, "blob: no complete file of this hash and size is here");
}

}  // namespace qualog::engine
