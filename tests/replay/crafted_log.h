// SPDX-License-Identifier: Apache-2.0
// Logs as somebody with a hex editor leaves them: an event replaced and the CRC of its record made
// right, or every chain behind it too. And a check that looks at CRCs alone, which must miss it.
#pragma once

#include "engine/project.h"

namespace qualog::test {

// One bit of a file, the same inode.
void flip(const std::filesystem::path& file, std::uint64_t offset);

// Replaces a name that stands in an event by another of the same length. `chains_too`: every later
// record and the witness are made to fit, as only somebody who owns the whole directory can.
void replace_name(const engine::ProjectPlace& place, const std::string& from, const std::string& to,
                  bool chains_too);

// Every CRC in the first segment is right and numbers are dense: what a log without a chain could
// say of itself. False: damage.
bool passes_without_chain(const engine::ProjectPlace& place);

// The bytes in use of the first segment.
std::uint64_t used_bytes(const engine::ProjectPlace& place);

}  // namespace qualog::test
