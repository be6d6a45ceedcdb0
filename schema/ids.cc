// SPDX-License-Identifier: Apache-2.0
#include "schema/ids.h"

namespace qualog {

namespace {
constexpr bool dash_before(std::size_t byte) {
  return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}
}  // namespace

std::string uuid_text(const UuidBytes& bytes) {
  const std::string digits = hex(bytes);
  std::string text;
  text.reserve(36);
  for (std::size_t byte = 0; byte < 16; ++byte) {
    if (dash_before(byte)) text += '-';
    text.append(digits, byte * 2, 2);
  }
  return text;
}

std::optional<UuidBytes> parse_uuid(std::string_view text) {
  if (text.size() == 38 && text.front() == '{' && text.back() == '}') text = text.substr(1, 36);
  if (text.size() != 36) return std::nullopt;
  UuidBytes bytes{};
  std::size_t at = 0;
  for (std::size_t byte = 0; byte < 16; ++byte, at += 2) {
    if (dash_before(byte) && text[at++] != '-') return std::nullopt;
    const Bytes value = from_hex(text.substr(at, 2));
    if (value.size() != 1) return std::nullopt;
    bytes[byte] = value[0];
  }
  return bytes;
}

UuidBytes make_uuid7(std::uint64_t unix_ms, const std::array<std::uint8_t, 10>& random) {
  UuidBytes bytes{};
  for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<std::uint8_t>(unix_ms >> (40 - 8 * i));
  std::memcpy(bytes.data() + 6, random.data(), random.size());
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x70);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
  return bytes;
}

}  // namespace qualog
