// SPDX-License-Identifier: Apache-2.0
// The value types of Project.xsd 1.0, read leniently: white space around a value is nothing.
// Pure functions; nothing means that the text is no such value.
#pragma once

#include "tools/interchange/refi/project_model.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace qualog::interchange {

std::string_view trimmed_value(std::string_view text);
// GUIDType: either case, with or without braces.
std::optional<Guid> parse_guid(std::string_view text);
// An identity for what some program wrote instead of a GUID: equal texts are equal.
Guid named_guid(std::string_view text);
// xsd:integer within 64 bits.
std::optional<std::int64_t> parse_integer(std::string_view text);
// xsd:boolean.
std::optional<bool> parse_boolean(std::string_view text);
// RGBType: #RGB or #RRGGBB; gives "#RRGGBB" in upper case.
std::optional<std::string> parse_colour(std::string_view text);
std::optional<VariableType> parse_variable_type(std::string_view text);
std::optional<Direction> parse_direction(std::string_view text);
// Whether the characters are a value of the type: xsd:boolean, xsd:integer, xsd:decimal (neither
// exponent nor NaN). Texts are; dates are taken at their word.
bool value_fits(VariableType type, std::string_view text);

}  // namespace qualog::interchange
