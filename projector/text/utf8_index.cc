// SPDX-License-Identifier: Apache-2.0
#include "projector/text/utf8_index.h"

#include "schema/assert.h"
#include "schema/limits.h"

#include <fmt/format.h>
#include <utf8.h>

#include <iterator>

namespace qualog::text {

namespace {

using Iterator = std::string_view::const_iterator;

// The text has been found valid, or is the valid part in front of a fault.
std::size_t count(Iterator begin, Iterator end) {
  return static_cast<std::size_t>(::utf8::unchecked::distance(begin, end));
}

std::size_t offset(std::string_view utf8, Iterator place) {
  return static_cast<std::size_t>(place - utf8.begin());
}

Error refuse(std::string_view utf8, Iterator fault, std::string_view cause) {
  return fail(Code::invalid, fmt::format("text, byte {} (code point {}): {}", offset(utf8, fault),
                                         count(utf8.begin(), fault), cause));
}

void skip(Iterator& place, std::uint32_t count) {
  for (; count > 0; --count) ::utf8::unchecked::next(place);
}

}  // namespace

Result<std::uint32_t> checked_length(std::string_view utf8) {
  const Iterator fault = ::utf8::find_invalid(utf8.begin(), utf8.end());
  if (fault != utf8.end()) return refuse(utf8, fault, "is not UTF-8; convert the text to UTF-8");
  if (const std::size_t zero = utf8.find('\0'); zero != std::string_view::npos) {
    return refuse(utf8, utf8.begin() + static_cast<std::ptrdiff_t>(zero),
                  "U+0000 cannot be exported to XML; take it out of the text");
  }
  const std::size_t length = count(utf8.begin(), utf8.end());
  if (length > limits::kSourceCodePointsMax) {
    return fail(Code::too_large, fmt::format("the text holds {} code points, at most {}; divide it",
                                             length, limits::kSourceCodePointsMax));
  }
  return static_cast<std::uint32_t>(length);
}

bool has_lf_ends(std::string_view utf8) { return utf8.find('\r') == std::string_view::npos; }

Utf8Index::Utf8Index(std::string_view utf8, std::uint32_t length) : utf8_(utf8), length_(length) {
  if (utf8.size() == length) return;
  Iterator place = utf8.begin();
  offsets_.reserve(length / kStride + 1);
  offsets_.push_back(0);
  for (std::uint32_t left = length; left >= kStride; left -= kStride) {
    skip(place, kStride);
    offsets_.push_back(offset(utf8, place));
  }
}

Result<Utf8Index> Utf8Index::make(std::string_view utf8) {
  const auto length = checked_length(utf8);
  if (!length) return length.error();
  return Utf8Index(utf8, *length);
}

std::size_t Utf8Index::byte_offset(std::uint32_t position) const {
  QUALOG_ASSERT(position <= length_);
  if (offsets_.empty()) return position;
  Iterator place = utf8_.begin() + static_cast<std::ptrdiff_t>(offsets_[position / kStride]);
  skip(place, position % kStride);
  return offset(utf8_, place);
}

std::string_view Utf8Index::slice(std::uint32_t begin, std::uint32_t end) const {
  QUALOG_ASSERT(begin <= end);
  const std::size_t first = byte_offset(begin);
  return utf8_.substr(first, byte_offset(end) - first);
}

}  // namespace qualog::text
