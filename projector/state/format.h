// SPDX-License-Identifier: Apache-2.0
// The version of everything that a state directory holds: keys, rows, mark. It rises with every
// change of projector/tables.h or row_codec.h; a state of another version is rebuilt, never read.
#pragma once

#include <cstdint>

namespace qualog::projector {
inline constexpr std::uint64_t kStateFormat = 1;
}
