// SPDX-License-Identifier: Apache-2.0
// Undo: which events are acts that can be taken back, and what takes one back. Pure.
#pragma once

#include "engine/rules/question.h"
#include "projector/tables.h"

#include <span>

namespace qualog::engine {

// True for an event that wrote something which its row lets be taken back.
bool can_be_undone(const projector::EffectRow& effect);
// True for an undo itself: a redo takes one back, and is none.
bool is_undo(const projector::EffectRow& effect);
// True for an event of the group of a project.restored.
bool is_restoration(const projector::Reader& state, const projector::EffectRow& effect);
// STALE when one of these acts, which the command takes back without naming them, was another
// session's after `seen`.
Verdict check_acts_seen(const Question& question, std::span<const Sequence> acts);
// The computed action that takes one event back.
fb::ActionUnion undo_of(Sequence event);

}  // namespace qualog::engine
