// SPDX-License-Identifier: Apache-2.0
// A paragraph is a line and a row is a line, whatever stands in it.
#include "tools/documents/line_writer.h"

#include "schema/limits.h"

#include <boost/test/unit_test.hpp>

using namespace qualog;
using documents::LineWriter;

BOOST_AUTO_TEST_CASE(paragraphs_end_with_a_line) {
  LineWriter lines;
  lines.words("one\r\ntwo");
  lines.tab();
  lines.words("\tthree");
  lines.line_break();
  lines.end_paragraph();
  lines.end_paragraph();
  BOOST_TEST(lines.take() == "one  two\t three\n\n\n");
}

BOOST_AUTO_TEST_CASE(a_row_stays_one_line) {
  LineWriter lines;
  lines.begin_table();
  lines.begin_row();
  lines.words("a");
  lines.end_paragraph();
  lines.words("b");
  lines.line_break();
  lines.words("c");
  lines.end_cell();
  lines.end_cell();
  lines.tab();
  lines.words("d");
  lines.end_cell();
  lines.end_row();
  lines.begin_row();
  lines.words("never");
  lines.end_cell();
  lines.drop_row();
  lines.end_row();
  lines.end_table();
  BOOST_TEST(lines.take() == "a b c\t\t d\n");
}

BOOST_AUTO_TEST_CASE(collapsed_white_space_is_one_space_and_begins_no_line) {
  LineWriter lines;
  lines.collapsed_words("\n  one \t ");
  lines.collapsed_words("  two");
  lines.end_paragraph();
  lines.spaces(2);
  lines.collapsed_words(" three");
  lines.end_paragraph();
  BOOST_TEST(lines.take() == "one two\n   three\n");
}

BOOST_AUTO_TEST_CASE(a_text_that_is_full_takes_no_more) {
  LineWriter lines;
  const std::string part(1'000'000, 'x');
  for (int i = 0; i < 100; ++i) lines.words(part);
  BOOST_TEST(lines.is_full());
  BOOST_TEST(lines.take().size() <= limits::kSourceTextBytesMax + part.size());
}
