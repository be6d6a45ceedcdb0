// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/acts/lease_now.h"

#include "engine/owner/owner.h"
#include "projector/items.h"

namespace qualog::tools {

using projector::SessionRow;

namespace {

// What the session last left, an event or a refusal.
SessionRow last_of(const projector::Reader& state, const SessionId& session) {
  SessionRow last;
  for (const auto table : {projector::Table::Sessions, projector::Table::AsideSessions})
    if (const auto row = projector::row_of<SessionRow>(state, table, session.view()))
      if (row->time >= last.time) last = *row;
  return last;
}

}  // namespace

std::optional<LeaseNow> lease_now(const projector::Reader& state, const ItemId& item,
                                  std::int64_t now) {
  const auto row = projector::item(state, item);
  if (!row) return std::nullopt;
  const auto lease = projector::value_of<projector::Lease>(*row, projector::Facet::Lease);
  if (lease.token == 0) return std::nullopt;
  const auto holder = last_of(state, lease.session);
  const bool silent = now > holder.time + engine::OwnerOptions{}.lease_timeout_us;
  return LeaseNow{holder.principal, lease, !holder.ended && !silent};
}

}  // namespace qualog::tools
