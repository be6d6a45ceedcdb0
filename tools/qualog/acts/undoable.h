// SPDX-License-Identifier: Apache-2.0
// Which acts can still be undone, and which undos can be taken back: events alone, or groups by
// their first. What is in their way, the project says. Pure reads.
#pragma once

#include "projector/tables.h"
#include "schema/result.h"
#include "tools/qualog/support/between.h"

#include <functional>
#include <optional>
#include <vector>

namespace qualog::tools {

// The first effect of an act that `is_one`: of an event alone, or of those in the group that it
// begins.
std::optional<projector::EffectRow> first_effect(
    const projector::Reader& state, Sequence act,
    const std::function<bool(const projector::EffectRow&)>& is_one);

// The newest ones, newest first, at most so many. `who`: a profile; zero: anybody's.
std::vector<Sequence> undoable_acts(const projector::Reader& state, Sequence head,
                                    const ItemId& who, const Between& between, std::size_t most);

// The newest undo of a profile that is in effect; zero: none.
Sequence newest_undo(const projector::Reader& state, Sequence head, const ItemId& who);

// The undo that took back this event, or the group that begins with it; of several, one.
// Error: not_found.
Result<Sequence> undo_that_took_back(const projector::Reader& state, Sequence act);

}  // namespace qualog::tools
