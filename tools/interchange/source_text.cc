// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/source_text.h"

#include "schema/limits.h"

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <array>
#include <optional>

namespace qualog::interchange {

namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LittleMark = "\xFF\xFE";
constexpr std::string_view kUtf16BigMark = "\xFE\xFF";

// Windows-1252 (WHATWG Encoding, index windows-1252): 0x80 to 0x9F; all others are themselves.
constexpr std::array<char16_t, 32> kWindows1252High = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

void append(std::string& utf8, char32_t code_point) {
  utf8::unchecked::append(code_point, std::back_inserter(utf8));
}

std::string from_windows1252(std::string_view bytes) {
  std::string utf8;
  utf8.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const bool high = byte >= 0x80 && byte < 0xA0;
    append(utf8, high ? kWindows1252High[static_cast<std::size_t>(byte - 0x80)] : char32_t{byte});
  }
  return utf8;
}

std::uint64_t characters_of_several_bytes(std::string_view utf8) {
  return static_cast<std::uint64_t>(std::count_if(
      utf8.begin(), utf8.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xC0; }));
}

// UTF-8 with bytes of Windows-1252 in it, as files become that several people edit; nothing for a
// text that is less UTF-8 than not, and not marked as such.
std::optional<std::string> from_mixed(std::string_view bytes, bool marked, std::uint64_t& odd) {
  std::string text;
  text.reserve(bytes.size());
  std::uint64_t sound = 0;
  while (!bytes.empty()) {
    const auto valid = static_cast<std::size_t>(
        std::distance(bytes.begin(), utf8::find_invalid(bytes.begin(), bytes.end())));
    sound += characters_of_several_bytes(bytes.substr(0, valid));
    text += bytes.substr(0, valid);
    bytes.remove_prefix(valid);
    if (bytes.empty()) break;
    text += from_windows1252(bytes.substr(0, 1));
    bytes.remove_prefix(1);
    ++odd;
  }
  if (marked || sound > odd) return text;
  odd = 0;
  return std::nullopt;
}

constexpr char32_t kReplacement = 0xFFFD;

bool is_high(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

// Unpaired surrogates and an odd last byte become U+FFFD and are counted.
std::string from_utf16(std::string_view bytes, bool big, std::uint64_t& replaced) {
  const auto unit = [&](std::size_t at) -> char32_t {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return big ? char32_t{first} << 8 | second : char32_t{second} << 8 | first;
  };
  std::string utf8;
  utf8.reserve(bytes.size());
  const std::size_t even = bytes.size() & ~std::size_t{1};
  for (std::size_t at = 0; at < even; at += 2) {
    char32_t code_point = unit(at);
    if (is_high(code_point) && at + 2 < even && is_low(unit(at + 2))) {
      at += 2;
      code_point = 0x10000 + ((code_point - 0xD800) << 10) + (unit(at) - 0xDC00);
    } else if (is_high(code_point) || is_low(code_point)) {
      code_point = kReplacement;
      ++replaced;
    }
    append(utf8, code_point);
  }
  if (even == bytes.size()) return utf8;
  ++replaced;
  append(utf8, kReplacement);
  return utf8;
}

void decode(std::string&& bytes, SourceText& text) {
  const std::string_view all = bytes;
  const bool big = all.starts_with(kUtf16BigMark);
  if (big || all.starts_with(kUtf16LittleMark)) {
    text.encoding = Encoding::Utf16;
    text.had_byte_order_mark = true;
    text.utf8 = from_utf16(all.substr(2), big, text.replaced);
    return;
  }
  text.had_byte_order_mark = all.starts_with(kUtf8Mark);
  const std::size_t mark = text.had_byte_order_mark ? kUtf8Mark.size() : 0;
  if (utf8::is_valid(bytes.begin() + static_cast<std::ptrdiff_t>(mark), bytes.end())) {
    bytes.erase(0, mark);
    text.utf8 = std::move(bytes);
    return;
  }
  if (auto mixed = from_mixed(all.substr(mark), text.had_byte_order_mark, text.odd_bytes)) {
    text.utf8 = std::move(*mixed);
    return;
  }
  text.encoding = Encoding::Windows1252;
  text.utf8 = from_windows1252(all.substr(mark));
}

// In place: the result is never longer.
void unify_newlines(SourceText& text) {
  std::string& utf8 = text.utf8;
  std::size_t out = 0;
  for (std::size_t in = 0; in < utf8.size(); ++in) {
    char c = utf8[in];
    const bool pair = c == '\r' && in + 1 < utf8.size() && utf8[in + 1] == '\n';
    if (pair) ++in;
    if (c == '\r') c = '\n';
    if (c == '\n') {
      ++text.newlines;
      text.crlf += pair ? 1 : 0;
      text.newline_was_crlf.push_back(pair);
    }
    utf8[out++] = c;
  }
  utf8.resize(out);
  if (text.crlf == 0 || text.crlf == text.newlines) text.newline_was_crlf = {};
}

void count_characters(SourceText& text) {
  for (const char c : text.utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) ++text.code_points;
    if (byte >= 0xF0) ++text.beyond_basic_plane;
  }
}

}  // namespace

Result<SourceText> decode_text(std::string bytes, const std::string& label) {
  SourceText text;
  text.original_bytes = bytes.size();
  text.original_digest = sha256(view(bytes));
  decode(std::move(bytes), text);
  if (text.utf8.find('\0') != std::string::npos) {
    return fail(Code::invalid,
                fmt::format("{} is no plain text, nor of another kind that is known; export it "
                            "again, or save it as .txt in UTF-8",
                            label));
  }
  unify_newlines(text);
  count_characters(text);
  if (text.code_points > limits::kSourceCodePointsMax) {
    return fail(Code::too_large, fmt::format("{} is over {} characters; split it", label,
                                             limits::kSourceCodePointsMax));
  }
  return text;
}

}  // namespace qualog::interchange
