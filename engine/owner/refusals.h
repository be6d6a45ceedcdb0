// SPDX-License-Identifier: Apache-2.0
// Refusals as asides: what the loser is told and keeps. The winner, the latest value of each facet,
// the value it had when the loser looked, and the loser's own words whole (in parts of at most
// 48 KiB), so that nothing typed is lost. Pure reads.
#pragma once

#include "engine/rules/question.h"

#include <vector>

namespace qualog::engine {

// What is written of a refusal: the aside itself, then its draft parts. Numbers and header are
// filled in by the owner.
std::vector<fb::AsideBodyUnion> refusal_asides(const projector::Reader& state,
                                               const fb::CommandT& command, Sequence head,
                                               const Refusal& refusal);

}  // namespace qualog::engine
