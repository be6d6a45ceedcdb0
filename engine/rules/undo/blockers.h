// SPDX-License-Identifier: Apache-2.0
// What stands in the way of an undo: what a later act in effect has written, put on the item or
// said by it, and what others have done there unseen. Pure.
#pragma once

#include "engine/rules/question.h"
#include "projector/tables.h"

namespace qualog::engine {

// The item as the undo of this entry would leave it.
projector::ItemRow restored(const projector::ItemRow& row, const projector::EffectEntry& entry);
projector::LifeState life_of(const projector::ItemRow& row);

// UNDO_BLOCKED, which names all that stands on what event `at` wrote.
Verdict check_unblocked(const Question& question, const projector::EffectRow& undone, Sequence at);

}  // namespace qualog::engine
