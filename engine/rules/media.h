// SPDX-License-Identifier: Apache-2.0
// Media: places without text. Pure.
#pragma once

#include "engine/rules/question.h"

namespace qualog::engine {

// INVALID unless the area lies on its source; none is well.
Verdict check_area(const Question& question, const ItemId& source, const fb::Area* area);

}  // namespace qualog::engine
