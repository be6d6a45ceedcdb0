// SPDX-License-Identifier: Apache-2.0
// Text: free text as events and rows hold it, plain or sealed under the key of its subject, with
// its length in code points and, where equality is decided, its `match`. decide and fold look at
// lengths and matches only, never at the words.
#pragma once

#include "schema/bytes.h"
#include "schema/ids.h"

#include <memory>
#include <optional>
#include <string>

namespace qualog::fb {
struct Text;
struct TextT;
}  // namespace qualog::fb

namespace qualog {

// The code points of valid UTF-8 text.
std::uint32_t code_points(std::string_view utf8);
// True for valid UTF-8 (RFC 3629) without U+0000.
bool is_text(std::string_view utf8);

struct SealedText {
  ItemId subject;
  ItemId key;
  Bytes nonce;
  Bytes bytes;
  bool operator==(const SealedText&) const = default;
};

struct Text {
  std::string plain;
  std::optional<SealedText> seal;
  std::uint32_t length = 0;
  Bytes match;

  bool operator==(const Text&) const = default;
  bool empty() const { return length == 0; }
};

// The value of a stored text; an empty Text where there is none.
Text text_from(const fb::Text* stored);
std::unique_ptr<fb::TextT> text_to(const Text& text);
// A plain text with its length counted.
std::unique_ptr<fb::TextT> plain_text(std::string_view utf8);

// The project's name key: names are compared by HMAC of their normalised form only, so that names
// of forgotten participants leave nothing to guess from.
struct NameKey {
  Bytes bytes;
};

// Normalised for comparison: Unicode NFKC with case folding (UAX #15, utf8proc), outer white space
// gone and inner runs one space.
std::string normalised_name(std::string_view utf8);
// The 16 bytes by which a name is compared.
Bytes name_match(const NameKey& key, std::string_view utf8);
// A plain text with length and match.
std::unique_ptr<fb::TextT> name_text(const NameKey& key, std::string_view utf8);

}  // namespace qualog
