// SPDX-License-Identifier: Apache-2.0
#include "projector/value_type.h"

#include "schema/time.h"

#include <algorithm>
#include <array>

namespace qualog::projector {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool are_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::string_view unsigned_part(std::string_view text) {
  return text.starts_with('-') || text.starts_with('+') ? text.substr(1) : text;
}

bool is_integer(std::string_view text) { return are_digits(unsigned_part(text)); }

bool is_decimal(std::string_view text) {
  const auto number = unsigned_part(text);
  const auto point = number.find('.');
  if (point == std::string_view::npos) return are_digits(number);
  return are_digits(number.substr(0, point)) && are_digits(number.substr(point + 1));
}

// Digits where the pattern has 0, else the same characters.
bool has_form(std::string_view text, std::string_view pattern) {
  return text.size() == pattern.size() &&
         std::equal(text.begin(), text.end(), pattern.begin(),
                    [](char c, char form) { return form == '0' ? is_digit(c) : c == form; });
}

bool is_date(std::string_view text) {
  return has_form(text, "0000-00-00") && parse_rfc3339(text).has_value();
}

bool is_time(std::string_view text) {
  const bool form = has_form(text, "00:00") || has_form(text, "00:00:00");
  return form && text.substr(0, 2) < "24" && text.substr(3, 2) < "60" &&
         (text.size() == 5 || text.substr(6, 2) < "60");
}

bool is_date_time(std::string_view text) {
  const auto between = text.find_first_of("T ");
  if (between == std::string_view::npos) return is_date(text);
  return is_date(text.substr(0, between)) && is_time(text.substr(between + 1));
}

bool is_truth(std::string_view text) { return text == "true" || text == "false"; }

bool is_anything(std::string_view) { return true; }

// In the order of their numbers.
constexpr std::array kTypes = {&is_anything, &is_integer, &is_decimal, &is_date_time,
                               &is_date,     &is_time,    &is_truth};

}  // namespace

bool is_of_type(fb::AttributeType type, std::string_view text) {
  const auto number = static_cast<std::size_t>(type);
  return text.empty() || number >= kTypes.size() || kTypes[number](text);
}

}  // namespace qualog::projector
