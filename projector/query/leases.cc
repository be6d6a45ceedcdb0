// SPDX-License-Identifier: Apache-2.0
#include "projector/query/leases.h"

#include "projector/items.h"
#include "projector/set_values.h"

namespace qualog::projector {

namespace {

// An exclusive session ends the edit modes that others had before it. A later one is no way back
// into them for whose they were: what was done meanwhile they have not seen. Who breaks one ends
// what its holder edited before it, too.
bool ended_by_exclusive(const Reader& reader, const Lease& lease) {
  const auto project = item_slice(reader, kProjectItem);
  if (!project) return false;
  const auto last = value_of<Exclusive>(*project, Facet::Exclusive);
  const auto version = project->version(Facet::Exclusive);
  return lease.token < last.last_token &&
         (lease.session != last.last_session ||
          version.written_after(Sequence{lease.token}, lease.session));
}

}  // namespace

SessionRow session_row(const Reader& reader, const SessionId& session) {
  const auto own = row_of<SessionRow>(reader, Table::Sessions, session.view());
  const auto aside = row_of<SessionRow>(reader, Table::AsideSessions, session.view());
  if (!own || (aside && aside->time > own->time)) return aside.value_or(SessionRow{});
  return *own;
}

bool is_live(const Reader& reader, const SessionId& session, const Asking& asking) {
  const auto row = session_row(reader, session);
  const bool silent = asking.now > row.time + asking.timeout_us;
  return !row.ended && (!silent || session == asking.session);
}

std::optional<Lease> stored_lease(const Reader& reader, const ItemId& item) {
  const auto row = item_slice(reader, item);
  if (!row) return std::nullopt;
  const auto lease = value_of<Lease>(*row, Facet::Lease);
  return lease.token != 0 ? std::optional(lease) : std::nullopt;
}

std::optional<Lease> live_lease(const Reader& reader, const ItemId& item, const Asking& asking) {
  const auto lease = stored_lease(reader, item);
  if (!lease || !is_live(reader, lease->session, asking)) return std::nullopt;
  return ended_by_exclusive(reader, *lease) ? std::nullopt : lease;
}

}  // namespace qualog::projector
