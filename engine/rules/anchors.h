// SPDX-License-Identifier: Apache-2.0
// Anchors: carrying a range from the text as its author saw it to the text as it is. Pure.
#pragma once

#include "engine/rules/question.h"

namespace qualog::engine {

using Position = flatbuffers::Optional<std::uint32_t>;

// Carries a range from the text at `seen` to the text now. INVALID when it is none of that text,
// BAD_REF without a source, ANCHOR_STALE when nothing of it is left. A missing text carries
// nothing.
Verdict carry(const Question& question, const ItemId& source, Position& begin, Position& end,
              bool may_be_empty);

}  // namespace qualog::engine
