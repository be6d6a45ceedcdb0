// SPDX-License-Identifier: Apache-2.0
// The past: what milestones freeze. Pure.
#pragma once

#include "engine/rules/question.h"

namespace qualog::engine {

// POLICY while a milestone freezes what an action with this row changes.
Verdict check_frozen(const Question& question, const Rule& rule);

}  // namespace qualog::engine
