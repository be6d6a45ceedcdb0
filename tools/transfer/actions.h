// SPDX-License-Identifier: Apache-2.0
// A plan as the actions of one import group, in the order in which they are to be sent: the intent,
// people, each item with what it became, what is said of items, the counts. Pure.
#pragma once

#include "schema/fbs/command_generated.h"
#include "schema/text.h"
#include "tools/transfer/plan.h"

#include <vector>

namespace qualog::transfer {

// `origin`: the source project's title and digest, for the record.
struct Origin {
  std::string title;
  Digest digest{};
};

// Errors: too_large, naming what does not fit into one event, or that the whole does not fit into
// one group; invalid, what the schema would not take.
Result<std::vector<fb::ActionUnion>> actions_of(const Plan& plan, const Side& source,
                                                const Side& target, const NameKey& names,
                                                const Choice& choice, const Origin& origin);

}  // namespace qualog::transfer
