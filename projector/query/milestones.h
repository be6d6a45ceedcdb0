// SPDX-License-Identifier: Apache-2.0
// Milestones: the moments of a project that have a name. Pure reads.
#pragma once

#include "projector/query/people.h"
#include "projector/set_values.h"

#include <string_view>
#include <vector>

namespace qualog::projector {

struct MilestoneEntry {
  ItemId id;
  Text name;
  Freeze moment;  // its sequence, the digest of the content then, what it freezes
  Stamp created;  // who named it, and when
};

// The living ones, by moment, then by when they were named.
std::vector<MilestoneEntry> milestones(const Reader& reader);

}  // namespace qualog::projector
