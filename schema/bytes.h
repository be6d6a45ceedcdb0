// SPDX-License-Identifier: Apache-2.0
// Bytes: owned bytes; ByteView: borrowed bytes, valid while their owner is unchanged.
#pragma once

#include <cstdint>
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

}  // namespace qualog
