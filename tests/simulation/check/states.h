// SPDX-License-Identifier: Apache-2.0
// Two states side by side, row by row: equal rows have equal digests, and a difference has a place.
// Where a log was read to (Table::Meta) is no part of it. One thread.
#pragma once

#include "projector/store.h"

#include <optional>
#include <string>

namespace qualog::simulation {

// Where `state` first differs from `expected`, in words; nothing if they are the same.
std::optional<std::string> first_difference(const projector::Reader& state,
                                            const projector::Reader& expected);

}  // namespace qualog::simulation
