// SPDX-License-Identifier: Apache-2.0
// Blobs: what an event may say of a file. Pure.
#pragma once

#include "engine/rules/question.h"

namespace qualog::engine {

// INVALID unless a blob is given, BAD_REF unless it is complete, of the size that the command says.
Verdict check_blob(const Question& question, const fb::Blob* blob);

}  // namespace qualog::engine
