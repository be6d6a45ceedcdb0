// SPDX-License-Identifier: Apache-2.0
// SourceText: the bytes of a plain text as Qualog keeps them (UTF-8, LF line ends, no byte order
// mark) with what is needed to understand positions that were counted over the original. Encoding:
// by byte order mark (UTF-8, UTF-16), else strict UTF-8, else Windows-1252, which is said; in a
// text that is more UTF-8 than not, single bytes are. Content is never normalised otherwise. Pure
// functions; safe from any thread.
#pragma once

#include "schema/chain.h"
#include "schema/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace qualog::interchange {

enum class Encoding : std::uint8_t { Utf8, Utf16, Windows1252 };

struct SourceText {
  std::string utf8;
  Encoding encoding = Encoding::Utf8;
  bool had_byte_order_mark = false;
  Digest original_digest{};  // SHA-256 of the original bytes
  std::uint64_t original_bytes = 0;
  std::uint64_t code_points = 0;
  std::uint64_t beyond_basic_plane = 0;  // code points of two UTF-16 units
  std::uint64_t newlines = 0;            // in `utf8`
  std::uint64_t crlf = 0;                // of these, were CR LF
  std::uint64_t replaced = 0;            // broken UTF-16, now U+FFFD
  std::uint64_t odd_bytes = 0;           // bytes in UTF-8 that are none, read as Windows-1252
  std::vector<bool> newline_was_crlf;    // by number of newline; only if crlf is neither 0 nor all
};

// Errors: invalid for what is no text (NUL characters); too_large past kSourceCodePointsMax.
// `label` names the text in the message.
Result<SourceText> decode_text(std::string bytes, const std::string& label);

}  // namespace qualog::interchange
