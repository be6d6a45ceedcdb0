// SPDX-License-Identifier: Apache-2.0
#include "schema/text.h"

#include "schema/chain.h"
#include "schema/fbs/common_generated.h"

#include <utf8.h>
#include <utf8proc.h>

#include <cstdlib>

namespace qualog {

std::uint32_t code_points(std::string_view utf8) {
  std::uint32_t count = 0;
  for (const char c : utf8) count += (c & 0xC0) != 0x80;
  return count;
}

bool is_text(std::string_view utf8) {
  return utf8.find('\0') == std::string_view::npos && ::utf8::is_valid(utf8.begin(), utf8.end());
}

Text text_from(const fb::Text* stored) {
  Text text;
  if (stored == nullptr) return text;
  if (const auto* plain = stored->plain()) text.plain = plain->str();
  if (const auto* seal = stored->seal()) {
    std::unique_ptr<fb::SealT> native(seal->UnPack());
    text.seal = SealedText{native->subject, native->key, native->nonce, native->bytes};
  }
  text.length = stored->length();
  if (const auto* match = stored->match()) text.match.assign(match->begin(), match->end());
  return text;
}

std::unique_ptr<fb::TextT> text_to(const Text& text) {
  auto native = std::make_unique<fb::TextT>();
  native->plain = text.plain;
  if (text.seal) {
    native->seal = std::make_unique<fb::SealT>();
    native->seal->subject = text.seal->subject;
    native->seal->key = text.seal->key;
    native->seal->nonce = text.seal->nonce;
    native->seal->bytes = text.seal->bytes;
  }
  native->length = text.length;
  native->match = text.match;
  return native;
}

std::unique_ptr<fb::TextT> plain_text(std::string_view utf8) {
  auto native = std::make_unique<fb::TextT>();
  native->plain = utf8;
  native->length = code_points(utf8);
  return native;
}

namespace {
constexpr auto kNormalisation = static_cast<utf8proc_option_t>(
    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);

std::string single_spaced(std::string_view text) {
  std::string result;
  bool gap = false;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (space) {
      gap = !result.empty();
      continue;
    }
    if (gap) result += ' ';
    gap = false;
    result += c;
  }
  return result;
}
}  // namespace

std::string normalised_name(std::string_view utf8) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()),
                   static_cast<utf8proc_ssize_t>(utf8.size()), &mapped, kNormalisation);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (size < 0) return single_spaced(utf8);
  return single_spaced({reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)});
}

Bytes name_match(const NameKey& key, std::string_view utf8) {
  const Digest digest = hmac_sha256(key.bytes, view(normalised_name(utf8)));
  return Bytes(digest.begin(), digest.begin() + 16);
}

std::unique_ptr<fb::TextT> name_text(const NameKey& key, std::string_view utf8) {
  auto text = plain_text(utf8);
  text->match = name_match(key, utf8);
  return text;
}

}  // namespace qualog
