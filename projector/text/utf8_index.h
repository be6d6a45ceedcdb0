// SPDX-License-Identifier: Apache-2.0
// Texts as stored bytes, counted in code points: validation, line ends, and the way from a position
// to a byte. Texts are UTF-8 (RFC 3629: no surrogates, nothing overlong, nothing above U+10FFFF)
// without U+0000, which C interfaces cut at and XML 1.0 cannot carry. Content is never
// Unicode-normalised. Pure; a const Utf8Index serves any number of threads.
#pragma once

#include "schema/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qualog::text {

// The number of code points of a text that may be stored. Errors: invalid, naming the byte, when
// the text is not as above; too_large above limits::kSourceCodePointsMax. O(bytes).
Result<std::uint32_t> checked_length(std::string_view utf8);

// Whether the text holds no CR, as every stored text must.
bool has_lf_ends(std::string_view utf8);

// Finds positions of one text without reading it from its beginning: one entry for each kStride
// code points, none at all when every code point is one byte. The text must outlive the index,
// unchanged.
class Utf8Index {
 public:
  // Reads the text once. Errors: those of checked_length().
  static Result<Utf8Index> make(std::string_view utf8);

  std::uint32_t length() const { return length_; }  // code points

  // The byte at which the code point begins; the number of bytes for position == length().
  // Requires position <= length().
  std::size_t byte_offset(std::uint32_t position) const;

  // Code points [begin, end), part of the text itself. Requires begin <= end <= length().
  std::string_view slice(std::uint32_t begin, std::uint32_t end) const;

 private:
  static constexpr std::uint32_t kStride = 256;

  Utf8Index(std::string_view utf8, std::uint32_t length);

  std::string_view utf8_;
  std::uint32_t length_;
  std::vector<std::size_t> offsets_;  // of code points 0, kStride, 2 kStride ...
};

}  // namespace qualog::text
