// SPDX-License-Identifier: Apache-2.0
// "Did you mean": the names nearest to one that was mistyped, and the test whether a mistyped name
// may be shown at all. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace qualog {

// At most 64 lower-case letters, digits, points and underscores: it can be repeated in a message,
// what a person wrote cannot.
bool is_plain_name(std::string_view given);

// "; did you mean coding.added or coding.moved?", or nothing when no name is near.
std::string did_you_mean(std::string_view given, const std::vector<std::string_view>& names);

}  // namespace qualog
