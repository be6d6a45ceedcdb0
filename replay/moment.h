// SPDX-License-Identifier: Apache-2.0
// Moment: a point in the life of a project, found by a sequence or a time. It stands only where no
// group is open: a sequence inside a group means the state before the group.
// Pure but for find_moment(), which reads the log once up to the moment.
#pragma once

#include "replay/progress.h"
#include "replay/reading/log_reading.h"

#include <string_view>
#include <variant>

namespace qualog::replay {

struct Moment {
  Sequence sequence;        // the one really used; 0: before the first event
  std::int64_t time = 0;    // of that event, microseconds since 1970; 0 before the first
  Digest chain{};           // of the events up to it
  std::uint64_t bytes = 0;  // of the stored events up to it
};

// What was asked for: up to and with a sequence, or up to and with a time (microseconds).
using Wanted = std::variant<Sequence, std::int64_t>;

// Decimal digits are a sequence, anything else a time as RFC 3339 writes it. Error: invalid.
Result<Wanted> parse_wanted(std::string_view sequence_or_time);

// The last moment that is within `wanted`. Errors: not_found when `wanted` is a sequence beyond the
// head, which the message names; damaged when the log cannot be read up to the moment; too_new, io.
Result<Moment> find_moment(const engine::ProjectPlace& place, const Wanted& wanted,
                           const Progress& progress = {});

// The error of a sequence that no event has yet: not_found, naming the head.
Error beyond_head(Sequence wanted, Sequence head);

}  // namespace qualog::replay
