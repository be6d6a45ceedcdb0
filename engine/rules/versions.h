// SPDX-License-Identifier: Apache-2.0
// Versions: what the author of a command must have seen. Pure.
#pragma once

#include "engine/rules/question.h"

namespace qualog::engine {

// INVALID unless the command says what its author has seen.
Verdict check_seen_given(const Question& question);
// STALE when another session has written this facet of the item after `seen`.
Verdict check_facet_seen(const Question& question, const ItemId& item, projector::Facet facet);
// STALE when another session has made one of the items, or written anything that goes with it,
// after `seen`.
Verdict check_work_seen(const Question& question, const std::vector<ItemId>& items);

}  // namespace qualog::engine
