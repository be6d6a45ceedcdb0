// SPDX-License-Identifier: Apache-2.0
// Whose edit mode is in force: a lease runs out with its session, and when somebody opens an
// exclusive session. The rules and the programs ask the same. Pure reads.
#pragma once

#include "projector/tables.h"

namespace qualog::projector {

// How long a session may be silent before what it holds is over, unless an owner is told otherwise.
inline constexpr std::int64_t kLeaseTimeoutUs = std::int64_t{15} * 60 * 1'000'000;

// Who asks, and when.
struct Asking {
  std::int64_t now = 0;  // microseconds since 1970
  std::int64_t timeout_us = kLeaseTimeoutUs;
  SessionId session = {};  // never silent: it asks
};

// Who uses a session and when it last left a record, and whether it has ended.
SessionRow session_row(const Reader& reader, const SessionId& session);

// Whether a session has neither ended nor been silent for the timeout.
bool is_live(const Reader& reader, const SessionId& session, const Asking& asking);

// The lease as its row says it, in force or not; nothing: it was given back, or there never was
// one.
std::optional<Lease> stored_lease(const Reader& reader, const ItemId& item);
// The holder's lease on an item, unless it has run out.
std::optional<Lease> live_lease(const Reader& reader, const ItemId& item, const Asking& asking);

}  // namespace qualog::projector
