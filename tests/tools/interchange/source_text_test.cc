// SPDX-License-Identifier: Apache-2.0
// Bytes of plain texts in every encoding and line end, against texts written out by hand.
#include "tools/interchange/source_text.h"

#include "schema/limits.h"
#include "tests/tools/interchange/confined.h"
#include "tests/tools/interchange/fixture_writer.h"
#include "tools/interchange/project_file.h"

#include <boost/test/unit_test.hpp>

using namespace qualog;
using namespace qualog::test;
using namespace qualog::interchange;

namespace {

SourceText decoded(std::string bytes) {
  auto text = decode_text(std::move(bytes), "the text");
  BOOST_REQUIRE(text.has_value());
  return std::move(*text);
}

std::string utf16(std::u16string_view units, bool big) {
  std::string bytes = big ? "\xFE\xFF" : "\xFF\xFE";
  for (const char16_t unit : units) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xFF);
    (bytes += big ? high : low) += big ? low : high;
  }
  return bytes;
}

}  // namespace

BOOST_AUTO_TEST_CASE(text_is_utf8_where_it_can_be) {
  const SourceText text = decoded(utf8_of(U"før €😀"));
  BOOST_TEST((text.encoding == Encoding::Utf8));
  BOOST_TEST(text.code_points == 6U);
  BOOST_TEST(text.beyond_basic_plane == 1U);
  BOOST_TEST(!text.had_byte_order_mark);
}

BOOST_AUTO_TEST_CASE(text_loses_its_byte_order_mark) {
  const SourceText text = decoded("\xEF\xBB\xBFhei");
  BOOST_TEST(text.utf8 == "hei");
  BOOST_TEST(text.had_byte_order_mark);
  BOOST_TEST(text.original_bytes == 6U);
  BOOST_TEST(hex(text.original_digest) == hex(sha256(view("\xEF\xBB\xBFhei"))));
}

BOOST_AUTO_TEST_CASE(text_falls_back_to_windows_1252) {
  const SourceText text = decoded("f\xF8r \x93sitat\x94 \x80 \x81");
  BOOST_TEST((text.encoding == Encoding::Windows1252));
  BOOST_TEST(text.utf8 == utf8_of(U"før “sitat” € \u0081"));
}

BOOST_AUTO_TEST_CASE(text_that_is_mostly_utf8_keeps_it) {
  const SourceText text = decoded(utf8_of(U"før €😀 ærlig ") + "\x93sitat\x94 " + utf8_of(U"på"));
  BOOST_TEST((text.encoding == Encoding::Utf8));
  BOOST_TEST(text.utf8 == utf8_of(U"før €😀 ærlig “sitat” på"));
  BOOST_TEST(text.odd_bytes == 2U);
  const SourceText marked = decoded(
      "\xEF\xBB\xBF"
      "caf\xE9");
  BOOST_TEST((marked.encoding == Encoding::Utf8));
  BOOST_TEST(marked.utf8 == utf8_of(U"café"));
  const SourceText cut = decoded(utf8_of(U"før ærlig på 😀").substr(0, 16));
  BOOST_TEST(cut.utf8.starts_with(utf8_of(U"før ærlig på ")));
}

BOOST_AUTO_TEST_CASE(text_refuses_utf8_that_is_not_strict) {
  for (const char* bytes : {"\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80"}) {
    BOOST_TEST((decoded(bytes).encoding == Encoding::Windows1252));
  }
}

BOOST_AUTO_TEST_CASE(text_reads_utf16_with_a_mark) {
  for (const bool big : {false, true}) {
    const SourceText text = decoded(utf16(u"før 😀\r\n", big));
    BOOST_TEST((text.encoding == Encoding::Utf16));
    BOOST_TEST(text.utf8 == utf8_of(U"før 😀\n"));
    BOOST_TEST(text.crlf == 1U);
    BOOST_TEST(text.replaced == 0U);
  }
}

BOOST_AUTO_TEST_CASE(text_replaces_and_counts_broken_utf16) {
  const char16_t broken[] = {0xDC00, u'a', 0xD800, u'b', 0xD800};
  const SourceText text = decoded(utf16({broken, 5}, false) + "x");
  BOOST_TEST(text.utf8 == utf8_of(U"\uFFFDa\uFFFDb\uFFFD\uFFFD"));
  BOOST_TEST(text.replaced == 4U);
}

BOOST_AUTO_TEST_CASE(text_has_lf_line_ends) {
  const SourceText text = decoded("a\r\nb\rc\nd\r\r\n");
  BOOST_TEST(text.utf8 == "a\nb\nc\nd\n\n");
  BOOST_TEST(text.newlines == 5U);
  BOOST_TEST(text.crlf == 2U);
  const std::vector<bool> expected = {true, false, false, false, true};
  BOOST_TEST((text.newline_was_crlf == expected));
  BOOST_TEST(decoded("a\r\nb\r\n").newline_was_crlf.empty());
  BOOST_TEST(decoded("\r").utf8 == "\n");
}

BOOST_AUTO_TEST_CASE(text_is_never_normalised_otherwise) {
  const std::string odd = "e\xCC\x81 \xC3\xA9 \xC2\x85 \xE2\x80\xA8 \x0B\x0C\xEF\xBB\xBF";
  BOOST_TEST(decoded(odd).utf8 == odd);
}

BOOST_AUTO_TEST_CASE(text_with_nul_is_no_text) {
  BOOST_TEST(name(decode_text(std::string("a\0b", 3), "x").error().code) == "invalid");
  BOOST_TEST(name(decode_text("%PDF\x01\xFF" + std::string(1, '\0'), "x").error().code) ==
             "invalid");
}

BOOST_AUTO_TEST_CASE(text_keeps_its_limit) {
  const std::string full(limits::kSourceCodePointsMax, 'a');
  BOOST_TEST(decode_text(full, "x").has_value());
  BOOST_TEST(name(decode_text(full + "b", "x").error().code) == "too_large");
}

BOOST_AUTO_TEST_CASE(a_txt_file_is_a_project_of_one_source) {
  const ScratchFolder folder;
  const auto project = read_project_file(folder.write("Interview 3.txt", "<Anna>: f\xF8r\r\n"));
  BOOST_REQUIRE(project.has_value());
  BOOST_TEST((project->format == FileFormat::PlainText));
  BOOST_TEST(project->sources.at(0).name == "Interview 3.txt");
  BOOST_TEST(project->forms.at(0).text->utf8 == utf8_of(U"<Anna>: før\n"));
  BOOST_TEST(project->losses.at(0).reason == "its text is not UTF-8: read as Windows-1252");
  BOOST_TEST((count(*project) == Counts{.sources = 1}));
  BOOST_TEST(read_project_file(folder.write("empty.txt", "")).has_value());
  BOOST_TEST(!read_project_file(folder.write("a.txt", std::string(3, '\0'))).has_value());
}
