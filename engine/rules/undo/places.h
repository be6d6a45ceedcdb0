// SPDX-License-Identifier: Apache-2.0
// Where an undo leaves items: under their parents, by their names, in their trees, as any action
// would have to leave them. Pure.
#pragma once

#include "engine/rules/question.h"
#include "projector/tables.h"

namespace qualog::engine {

// Whether the command says what comes back is called; a redo does not.
bool new_name_given(const Question& question);

// NAME_TAKEN, CYCLE, GONE, MERGED, TOO_LARGE or POLICY, as an action that did the same.
Verdict check_places(const Question& question, const projector::EffectRow& undone);

}  // namespace qualog::engine
