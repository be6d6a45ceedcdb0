// SPDX-License-Identifier: Apache-2.0
// Whole numbers in JSON: past 2^53 a reader in JavaScript would round them, so there, and only
// there, they are written as decimal strings and read from them.
#pragma once

#include <boost/json/value.hpp>
#include <flatbuffers/reflection_generated.h>

#include <cstdint>
#include <optional>
#include <string>

namespace qualog {

// `bits` as layout.h's number_at gives them.
boost::json::value number_json(std::int64_t bits, reflection::BaseType type);

// The bits of a JSON number, or of a string that number_json would write, if they fit the type.
std::optional<std::int64_t> number_from_json(const boost::json::value& value,
                                             reflection::BaseType type);

// "a whole number from 0 to 255"
std::string number_wanted(reflection::BaseType type);

}  // namespace qualog
