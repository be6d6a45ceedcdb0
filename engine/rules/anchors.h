// SPDX-License-Identifier: Apache-2.0
// Anchors: carrying a range from the text as its author saw it to the text as it is. Pure.
#pragma once

#include "engine/rules/question.h"

namespace qualog::engine {

using Position = flatbuffers::Optional<std::uint32_t>;

// ANCHOR_STALE, INVALID: carries a range from `seen` to now.
Verdict carry(const Question& question, const ItemId& source, Position& begin, Position& end,
              bool may_be_empty);

}  // namespace qualog::engine
