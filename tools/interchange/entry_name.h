// SPDX-License-Identifier: Apache-2.0
// What an archive may call its entries. No name of an archive ever becomes a path on this machine;
// the rules still refuse every name that another program could be led astray by, since such an
// archive was not made by a research program. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace qualog::interchange {

// Why the name is refused, in words that hold nothing of it; nothing if it is fine.
// Refused: empty, too long, NUL or control characters, backslash, a drive (`C:` at the head of a
// step), a leading slash, `..`.
std::optional<std::string_view> entry_name_fault(std::string_view name);

// The name as compared: without a leading `./`, Unicode case folded, composed (NFC). A name that is
// not UTF-8 is folded in ASCII alone.
std::string folded_name(std::string_view name);

// How messages name an entry: by its number from 1, and by its name only where that is a GUID with
// an extension, since file names may name people.
std::string entry_label(std::size_t index, std::string_view name);

}  // namespace qualog::interchange
