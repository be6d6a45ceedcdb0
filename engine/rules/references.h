// SPDX-License-Identifier: Apache-2.0
// References: items that must be there, and ids that follow from a command. Pure.
#pragma once

#include "engine/rules/question.h"

namespace qualog::engine {

// GONE or MERGED unless the item is alive.
Verdict check_alive(const projector::Reader& state, const ItemId& item);
// MERGED where the item is merged into another.
Verdict check_not_merged(const projector::Reader& state, const ItemId& item);
// By its own life: what is out of sight with what it stands on would come back with it.
bool has_ended(const projector::Reader& state, const ItemId& item);
// The id of what a command makes by itself: it follows from the command and `item`, so that a
// replay of the decision makes the same.
ItemId derived_id(const Question& question, std::string_view domain, const ItemId& item);

}  // namespace qualog::engine
