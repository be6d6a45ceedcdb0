// SPDX-License-Identifier: Apache-2.0
// Leases: whether a session is live, and whom the leases of content stop. Pure.
#pragma once

#include "engine/rules/question.h"

namespace qualog::engine {

// Whether a session has neither ended nor been silent for the timeout.
bool is_live(const Question& question, const SessionId& session);
// Whether what an action wants to end is over: nothing holds, or something else than it names.
bool is_over(const Question& question, std::uint64_t token);
// LOCKED_EDIT while another session holds the lease of a source that an item stands on.
Verdict check_free_of_lease(const Question& question, const ItemId& item);
// NEED_EDIT_LEASE unless the session holds the leases of the content that these items stand on.
Verdict check_leases_held(const Question& question, const std::vector<ItemId>& items);

}  // namespace qualog::engine
