// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/acts/own_lease.h"

namespace qualog::tools {

std::optional<projector::Lease> own_lease(const Globals& globals, const projector::Reader& state,
                                          const ItemId& item) {
  const projector::Asking asking{static_cast<std::int64_t>(globals.effects().clock.now_us())};
  const auto lease = projector::live_lease(state, item, asking);
  if (!lease || projector::session_row(state, lease->session).principal != globals.actor)
    return std::nullopt;
  return lease;
}

}  // namespace qualog::tools
