// SPDX-License-Identifier: Apache-2.0
// Otherwise: what an item of one project says, and the item that it is in another does not say
// there: words, colour, weight, definition, place. What it does not say itself is no difference,
// nor is its name, which a project may have numbered. Pure reads.
#pragma once

#include "tools/transfer/likeness.h"

namespace qualog::transfer {

inline constexpr std::string_view kOtherwiseHere = "it is said otherwise here";
inline constexpr std::string_view kOnlyThere = "it is said there, and not here";

// One of these, or empty: `now` says all that `there` says. `same_text`: positions in the text of
// their source mean the same in both.
std::string_view said_otherwise(const Looked& there, const Looked& now, bool same_text);

}  // namespace qualog::transfer
