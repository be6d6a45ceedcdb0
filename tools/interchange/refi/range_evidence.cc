// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/refi/range_evidence.h"

#include "tools/interchange/refi/attribute_values.h"

#include <utf8.h>
#include <utf8proc.h>

namespace qualog::interchange {

namespace {

enum class Class { Edge, Word, Space, Newline, Other, Unknown };

bool is_ascii_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

struct Span {
  char32_t first;
  char32_t last;
};

// Scripts written without spaces between words.
constexpr Span kWithoutSpaces[] = {{0x0E00, 0x0EFF},  {0x1000, 0x109F}, {0x1780, 0x17FF},
                                   {0x2E80, 0xA4CF},  {0xF900, 0xFAFF}, {0xFF66, 0xFF9F},
                                   {0x20000, 0x3FFFF}};

bool is_without_spaces(char32_t code_point) {
  for (const Span& span : kWithoutSpaces) {
    if (code_point >= span.first && code_point <= span.last) return true;
  }
  return false;
}

Class class_of(char32_t code_point) {
  if (code_point == '\n') return Class::Newline;
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(code_point))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
      return is_without_spaces(code_point) ? Class::Unknown : Class::Word;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_CC:
      return Class::Space;
    default:
      return Class::Other;
  }
}

Class class_after(std::string_view text, std::size_t byte) {
  if (byte >= text.size()) return Class::Edge;
  const char* at = text.data() + byte;
  return class_of(utf8::unchecked::peek_next(at));
}

Class class_before(std::string_view text, std::size_t byte) {
  if (byte == 0) return Class::Edge;
  const char* at = text.data() + byte;
  return class_of(utf8::unchecked::prior(at));
}

bool is_blank(Class c) { return c == Class::Space || c == Class::Newline; }

bool drop_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

}  // namespace

Preview make_preview(std::string_view name) {
  Preview preview;
  std::string_view rest = trimmed_value(name);
  preview.cut = drop_suffix(rest, "\xE2\x80\xA6") || drop_suffix(rest, "...");
  for (const char c : trimmed_value(rest)) {
    const bool space = is_ascii_space(c);
    if (!space || preview.words.back() != ' ') preview.words += space ? ' ' : c;
  }
  return preview;
}

bool matches_preview(std::string_view marked, const Preview& preview) {
  constexpr std::size_t kUncutPreviewBytes = 12;
  // A text of nothing but spaces must not be read again for every range on it.
  const std::size_t spaces_max = preview.words.size() + 1'000;
  std::string_view expected = preview.words;
  if (expected.empty()) return false;
  std::size_t spaces = 0;
  bool in_space = true;  // those at the start say nothing
  for (const char c : marked) {
    const bool space = is_ascii_space(c);
    if (space && ++spaces > spaces_max) return false;
    if (space && (in_space || expected.empty())) continue;
    if (expected.empty()) return preview.cut || preview.words.size() >= kUncutPreviewBytes;
    in_space = space;
    if (expected.front() != (space ? ' ' : c)) return false;
    expected.remove_prefix(1);
  }
  return expected.empty();
}

std::optional<double> start_fits(std::string_view text, std::size_t start_byte) {
  const Class before = class_before(text, start_byte);
  const Class after = class_after(text, start_byte);
  if (before == Class::Unknown || after == Class::Unknown) return std::nullopt;
  const bool cuts = before == Class::Word && after == Class::Word;
  return cuts || is_blank(after) || after == Class::Edge ? 0.0 : 1.0;
}

std::optional<double> end_fits(std::string_view text, std::size_t end_byte) {
  const Class before = class_before(text, end_byte);
  const Class after = class_after(text, end_byte);
  if (before == Class::Unknown || after == Class::Unknown) return std::nullopt;
  const bool cuts = before == Class::Word && after == Class::Word;
  // A paragraph marked with its newline is usual; one that ends in a space is not.
  return cuts || before == Class::Space || before == Class::Edge ? 0.0 : 1.0;
}

}  // namespace qualog::interchange
