// SPDX-License-Identifier: Apache-2.0
// Bytes: owned bytes; ByteView: borrowed bytes, valid while their owner is unchanged. Their text
// form, and that of numbers.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace qualog {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView view(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_of(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Lower-case hexadecimal, two digits a byte.
std::string hex(ByteView bytes);
// The bytes of hexadecimal digits of either case; empty when the text is not that.
Bytes from_hex(std::string_view text);

// A decimal number that is the whole of a text and fits its type; nothing for any other text.
template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace qualog
