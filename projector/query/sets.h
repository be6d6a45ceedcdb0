// SPDX-License-Identifier: Apache-2.0
// Sets and what is in them. Pure reads.
#pragma once

#include "projector/query/people.h"

#include <vector>

namespace qualog::projector {

struct SetEntry {
  ItemId id;
  Text name;
  Text description;
  std::vector<ItemId> members;  // as the set orders them, the others by when they came
};

// The living ones, by name, with their living members.
std::vector<SetEntry> sets(const Reader& reader);

}  // namespace qualog::projector
