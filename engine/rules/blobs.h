// SPDX-License-Identifier: Apache-2.0
// Blobs: what an event may say of a file. Pure.
#pragma once

#include "engine/rules/question.h"

namespace qualog::engine {

// BAD_REF unless the blob is complete, of the size that the command says.
Verdict blob_is_complete(const Question& question, const Digest& hash);

}  // namespace qualog::engine
