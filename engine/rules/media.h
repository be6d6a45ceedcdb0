// SPDX-License-Identifier: Apache-2.0
// Media: places without text. Pure.
#pragma once

#include "engine/rules/question.h"

namespace qualog::engine {

// POLICY, BAD_REF or INVALID unless a place without text lies on its source.
Verdict check_area(const Question& question, const ItemId& source, const fb::Area* area);

}  // namespace qualog::engine
