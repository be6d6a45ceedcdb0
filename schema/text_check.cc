// SPDX-License-Identifier: Apache-2.0
#include "schema/text_check.h"

#include "schema/fbs/common_generated.h"
#include "schema/limits.h"
#include "schema/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog {

namespace {

constexpr std::size_t kMatchBytes = 16;
constexpr std::size_t kNonceBytesMax = 64;
constexpr std::size_t kTextTableBytes = 12;  // that every text has
constexpr std::size_t kSealTableBytes = 44;  // two ids and the rest of the table
constexpr std::size_t kSealBytesMax = limits::kTextChunkBytesMax + 256;  // with what ciphers add

Flaw wrong(std::string problem, std::string field = "") {
  return {std::move(field), std::move(problem), false};
}

Flaw too_large(std::size_t most, std::string_view unit) {
  return {"", fmt::format("is longer than {} {}", most, unit), true};
}

template <class Sized>
std::size_t size_of(const Sized* value) {
  return value == nullptr ? 0 : value->size();
}

template <class Struct>
bool is_zero(const Struct* id) {
  if (id == nullptr) return true;
  const auto* bytes = id->bytes();
  return std::all_of(bytes->begin(), bytes->end(), [](std::uint8_t byte) { return byte == 0; });
}

std::string_view plain_of(const fb::Text& text) {
  return text.plain() == nullptr ? std::string_view() : text.plain()->string_view();
}

bool is_hex_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Valid UTF-8 with a control character (Unicode category Cc) or a line or paragraph separator.
bool has_control(std::string_view utf8) {
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto c = static_cast<unsigned char>(utf8[i]);
    if (c < 0x20 || c == 0x7F) return true;
    if (c == 0xC2 && static_cast<unsigned char>(utf8[i + 1]) < 0xA0) return true;
    const std::string_view here = utf8.substr(i, 3);
    if (c == 0xE2 && (here == "\u2028" || here == "\u2029")) return true;
  }
  return false;
}

std::optional<Flaw> flaw_in_plain(const fb::Text& text) {
  const std::string_view plain = plain_of(text);
  if (plain.size() > limits::kTextChunkBytesMax)
    return too_large(limits::kTextChunkBytesMax, "bytes");
  if (!is_text(plain)) return wrong("is not valid UTF-8 without U+0000");
  if (text.length() != code_points(plain))
    return wrong("has a length that is not its number of code points");
  return std::nullopt;
}

std::optional<Flaw> flaw_in_seal(const fb::Text& text) {
  const fb::Seal& seal = *text.seal();
  if (text.plain() != nullptr) return wrong("is both plain and sealed");
  if (is_zero(seal.subject())) return wrong("must be given", "seal.subject");
  if (is_zero(seal.key())) return wrong("must be given", "seal.key");
  if (size_of(seal.nonce()) == 0 || size_of(seal.nonce()) > kNonceBytesMax)
    return wrong(fmt::format("must have 1 to {} bytes", kNonceBytesMax), "seal.nonce");
  if (size_of(seal.bytes()) == 0) return wrong("must be given", "seal.bytes");
  if (size_of(seal.bytes()) > kSealBytesMax) return too_large(kSealBytesMax, "bytes");
  if (text.length() > size_of(seal.bytes()))
    return wrong("has a length that its sealed bytes cannot hold");
  return std::nullopt;
}

std::optional<Flaw> flaw_in_plain_name(std::string_view plain) {
  if (plain.empty()) return wrong("must not be empty");
  if (code_points(plain) > limits::kNameCodePointsMax)
    return too_large(limits::kNameCodePointsMax, "code points");
  if (has_control(plain)) return wrong("has a control character or a line break");
  if (plain.find_first_not_of(' ') == std::string_view::npos) return wrong("must not be blank");
  return std::nullopt;
}

std::optional<Flaw> flaw_in_name(const fb::Text& text) {
  if (text.length() == 0) return wrong("must not be empty");
  if (text.length() > limits::kNameCodePointsMax)
    return too_large(limits::kNameCodePointsMax, "code points");
  if (size_of(text.match()) != kMatchBytes)
    return wrong(fmt::format("must carry a match of {} bytes", kMatchBytes));
  return text.seal() != nullptr ? std::nullopt : flaw_in_plain_name(plain_of(text));
}

}  // namespace

std::size_t unfolded_bytes(const fb::Text& text) {
  const fb::Seal* seal = text.seal();
  const std::size_t sealed =
      seal == nullptr ? 0 : kSealTableBytes + size_of(seal->nonce()) + size_of(seal->bytes());
  return kTextTableBytes + size_of(text.plain()) + size_of(text.match()) + sealed;
}

std::optional<Flaw> flaw_in(const fb::Text& text, bool is_name) {
  if (auto flaw = text.seal() == nullptr ? flaw_in_plain(text) : flaw_in_seal(text)) return flaw;
  if (is_name) return flaw_in_name(text);
  if (size_of(text.match()) != 0) return wrong("carries a match, but is not compared");
  return std::nullopt;
}

std::optional<Flaw> flaw_in_name(std::string_view utf8) {
  if (!is_text(utf8)) return wrong("is not valid UTF-8 without U+0000");
  return flaw_in_plain_name(utf8);
}

std::optional<Flaw> flaw_in_machine_string(std::string_view utf8) {
  if (utf8.size() > limits::kMachineStringBytesMax)
    return too_large(limits::kMachineStringBytesMax, "bytes");
  if (!is_text(utf8)) return wrong("is not valid UTF-8 without U+0000");
  if (has_control(utf8)) return wrong("has a control character");
  return std::nullopt;
}

bool is_colour(std::string_view text) {
  if (text == "none") return true;
  return (text.size() == 4 || text.size() == 7) && text.front() == '#' &&
         std::all_of(text.begin() + 1, text.end(), is_hex_digit);
}

}  // namespace qualog
