// SPDX-License-Identifier: Apache-2.0
// Who edits an item now. Pure reads.
#pragma once

#include "projector/store.h"
#include "projector/values.h"

#include <optional>
#include <string>

namespace qualog::tools {

struct LeaseNow {
  std::string principal;  // of who holds it
  projector::Lease lease;
  bool alive = false;  // its session is neither ended nor silent for too long
};

// Nothing: it is free. `now`: microseconds since 1970.
std::optional<LeaseNow> lease_now(const projector::Reader& state, const ItemId& item,
                                  std::int64_t now);

}  // namespace qualog::tools
