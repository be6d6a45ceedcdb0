// SPDX-License-Identifier: Apache-2.0
#include "schema/json/number.h"

#include "schema/bytes.h"

#include <fmt/format.h>

#include <limits>

namespace qualog {

namespace json = boost::json;

namespace {

constexpr std::int64_t kExactMax = std::int64_t{1} << 53;

struct Range {
  std::int64_t min;
  std::uint64_t max;
};

template <class T>
constexpr Range range() {
  return {static_cast<std::int64_t>(std::numeric_limits<T>::min()),
          static_cast<std::uint64_t>(std::numeric_limits<T>::max())};
}

Range range_of(reflection::BaseType type) {
  switch (type) {
    case reflection::UByte:
      return range<std::uint8_t>();
    case reflection::Byte:
      return range<std::int8_t>();
    case reflection::UShort:
      return range<std::uint16_t>();
    case reflection::Short:
      return range<std::int16_t>();
    case reflection::UInt:
      return range<std::uint32_t>();
    case reflection::Int:
      return range<std::int32_t>();
    case reflection::ULong:
      return range<std::uint64_t>();
    default:
      return range<std::int64_t>();
  }
}

bool is_exact(std::int64_t value) { return value >= -kExactMax && value <= kExactMax; }

template <class T>
json::value shown(T value, bool exact) {
  if (exact) return value;
  return json::string(std::to_string(value));
}

// The number that a string holds, if it is one that number_json writes as a string.
std::optional<std::int64_t> quoted(std::string_view text, reflection::BaseType type) {
  std::optional<std::int64_t> bits;
  if (type == reflection::ULong) {
    if (const auto value = parse_number<std::uint64_t>(text))
      bits = static_cast<std::int64_t>(*value);
  } else if (type == reflection::Long) {
    bits = parse_number<std::int64_t>(text);
  }
  if (bits && number_json(*bits, type) == json::value(text)) return bits;
  return std::nullopt;
}

}  // namespace

json::value number_json(std::int64_t bits, reflection::BaseType type) {
  if (type == reflection::ULong) {
    const auto value = static_cast<std::uint64_t>(bits);
    return shown(value, value <= static_cast<std::uint64_t>(kExactMax));
  }
  return shown(bits, is_exact(bits));
}

std::optional<std::int64_t> number_from_json(const json::value& value, reflection::BaseType type) {
  const Range allowed = range_of(type);
  if (value.is_string()) return quoted(value.get_string(), type);
  if (value.is_int64()) {
    const std::int64_t number = value.get_int64();
    if (number < allowed.min) return std::nullopt;
    if (number > 0 && static_cast<std::uint64_t>(number) > allowed.max) return std::nullopt;
    return number;
  }
  if (!value.is_uint64() || value.get_uint64() > allowed.max) return std::nullopt;
  return static_cast<std::int64_t>(value.get_uint64());
}

std::string number_wanted(reflection::BaseType type) {
  const Range allowed = range_of(type);
  return fmt::format("a whole number from {} to {}", allowed.min, allowed.max);
}

}  // namespace qualog
