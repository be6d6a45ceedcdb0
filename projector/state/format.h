// SPDX-License-Identifier: Apache-2.0
// The version of everything that a state directory holds: keys, rows, mark, and what the fold
// writes into them. It rises with every change of projector/tables.h, row_codec.h or projector/fold
// that makes other rows of the same log; a state of another version is rebuilt, never read.
#pragma once

#include <cstdint>

namespace qualog::projector {
inline constexpr std::uint64_t kStateFormat = 3;
}
