// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/refi/attribute_values.h"

#include "schema/chain.h"

#include <algorithm>

namespace qualog::interchange {

namespace {

template <class Value>
struct Named {
  std::string_view name;
  Value value;
};

constexpr Named<VariableType> kVariableTypes[] = {
    {"Text", VariableType::Text},       {"Boolean", VariableType::Boolean},
    {"Integer", VariableType::Integer}, {"Float", VariableType::Float},
    {"Date", VariableType::Date},       {"DateTime", VariableType::DateTime}};

constexpr Named<Direction> kDirections[] = {{"Associative", Direction::Associative},
                                            {"OneWay", Direction::OneWay},
                                            {"Bidirectional", Direction::Bidirectional}};

constexpr Named<bool> kBooleans[] = {{"true", true},   {"1", true},     {"True", true},
                                     {"false", false}, {"0", false},    {"False", false},
                                     {"TRUE", true},   {"FALSE", false}};

template <class Row, std::size_t size>
std::optional<std::remove_cv_t<decltype(Row::value)>> find_named(const Row (&rows)[size],
                                                                 std::string_view text) {
  text = trimmed_value(text);
  for (const Row& row : rows) {
    if (row.name == text) return row.value;
  }
  return std::nullopt;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_hex_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

char upper(char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

std::string_view trimmed_value(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<Guid> parse_guid(std::string_view text) { return Guid::parse(trimmed_value(text)); }

Guid named_guid(std::string_view text) {
  const Digest digest =
      Sha256{}.add(view("qualog.foreign-name.v1")).add(view(trimmed_value(text))).finish();
  return id_from<Guid>(digest);
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  text = trimmed_value(text);
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  return parse_number<std::int64_t>(text);
}

std::optional<bool> parse_boolean(std::string_view text) { return find_named(kBooleans, text); }

std::optional<std::string> parse_colour(std::string_view text) {
  text = trimmed_value(text);
  const bool short_form = text.size() == 4;
  if (!text.starts_with('#') || (!short_form && text.size() != 7)) return std::nullopt;
  text.remove_prefix(1);
  if (!std::all_of(text.begin(), text.end(), is_hex_digit)) return std::nullopt;
  std::string colour = "#";
  for (const char c : text) colour.append(short_form ? 2 : 1, upper(c));
  return colour;
}

std::optional<VariableType> parse_variable_type(std::string_view text) {
  return find_named(kVariableTypes, text);
}

std::optional<Direction> parse_direction(std::string_view text) {
  return find_named(kDirections, text);
}

namespace {

bool is_decimal(std::string_view text, bool with_point) {
  text = trimmed_value(text);
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  const auto points = std::count(text.begin(), text.end(), '.');
  const bool only_digits = text.find_first_not_of("0123456789.") == text.npos;
  return only_digits && points <= (with_point ? 1 : 0) &&
         text.size() > static_cast<std::size_t>(points);
}

}  // namespace

bool value_fits(VariableType type, std::string_view text) {
  switch (type) {
    case VariableType::Boolean:
      return parse_boolean(text).has_value();
    case VariableType::Integer:
      return is_decimal(text, false);
    case VariableType::Float:
      return is_decimal(text, true);
    default:
      return true;
  }
}

}  // namespace qualog::interchange
