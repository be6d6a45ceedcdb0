// SPDX-License-Identifier: Apache-2.0
// Tables for people: widths in cells, what is cut, and that nothing in a cell steers a terminal.
// Random tables must keep their columns and the limit of 100 cells.
#include "tools/qualog/support/table.h"

#include "tests/support/seed.h"
#include "tools/qualog/support/csv.h"

#include <boost/test/unit_test.hpp>

namespace qualog::tools {

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(table)

BOOST_AUTO_TEST_CASE(cells_are_those_of_a_terminal) {
  BOOST_TEST(cells_of("") == 0U);
  BOOST_TEST(cells_of("abc") == 3U);
  BOOST_TEST(cells_of("æøå") == 3U);
  BOOST_TEST(cells_of("調査") == 4U);
  BOOST_TEST(cells_of("e\xCC\x81") == 1U);  // with a combining accent
  BOOST_TEST(cells_of("\xFF") == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_cut_says_so_and_fits) {
  BOOST_TEST(cut("Stress", 6) == "Stress");
  BOOST_TEST(cut("Stresses", 6) == "Stres…");
  BOOST_TEST(cut("調査調査", 5) == "調査…");
  BOOST_TEST(cut("調査調査", 4) == "調…");
  BOOST_TEST(cut("abc", 1) == "…");
}

BOOST_AUTO_TEST_CASE(a_cell_is_one_harmless_line) {
  BOOST_TEST(one_line("a\nb\tc\r") == "a b c ");
  BOOST_TEST(one_line("\x1b[31mred") == " [31mred");
  BOOST_TEST(one_line("a\xE2\x80\xA8z") == "a z");                 // line separator
  BOOST_TEST(one_line("a\xE2\x80\xAEz") == "a\xEF\xBF\xBDz");      // right-to-left override
  BOOST_TEST(one_line("a\xC2\x9Bz") == "a z");                     // CSI as one character
  BOOST_TEST(one_line("\xF0\x9F\x92\xA9") == "\xF0\x9F\x92\xA9");  // other letters stay
  BOOST_TEST(one_line("a\xFF\xC3") == "a\xEF\xBF\xBD\xEF\xBF\xBD");
}

BOOST_AUTO_TEST_CASE(columns_line_up_on_their_side) {
  Table table({{"Name"}, {"N", Align::right}});
  table.add({"調査", "1"});
  table.add({"ab", "100"});
  BOOST_TEST(table.text(false) == "Name    N\n調査    1\nab    100\n");
  BOOST_TEST(table.text(true).starts_with("\x1b[1mName    N\x1b[0m\n"));
}

BOOST_AUTO_TEST_CASE(whole_columns_are_never_cut) {
  const std::string id(36, 'x'), number(12, '7');
  Table table({{"Id", Align::left, true}, {"Text"}, {"Number", Align::right, true}});
  table.add({id, std::string(5000, 'y'), number});
  const auto line = lines_of(table.text(false)).at(1);
  BOOST_TEST(cells_of(line) == 100U);
  BOOST_TEST(line.starts_with(id + "  yyy"));
  BOOST_TEST(line.ends_with("  " + number));
}

BOOST_AUTO_TEST_CASE(any_table_keeps_to_a_hundred_cells) {
  static const std::vector<std::string> kPieces = {"a", "æ",    "調", "e\xCC\x81",
                                                   " ", "\xFF", "\n", "\x1b"};
  test::for_seeds(200, [](test::Rng& random, std::uint64_t seed) {
    BOOST_TEST_CONTEXT("QUALOG_SEED=" << seed) {
      const std::size_t columns = 1 + test::below(random, 8);
      Table table(std::vector<Column>(columns, Column{"Title"}));
      for (std::size_t row = 0; row < 5; ++row) {
        std::vector<std::string> cells(columns);
        for (auto& cell : cells)
          for (auto left = test::below(random, 60); left > 0; --left)
            cell += kPieces[test::below(random, kPieces.size())];
        table.add(std::move(cells));
      }
      const auto lines = lines_of(table.text(false));
      BOOST_TEST(lines.size() == 6U);
      for (const auto& line : lines) BOOST_TEST(cells_of(line) <= 100U);
    }
  });
}

BOOST_AUTO_TEST_CASE(a_cell_of_csv_is_quoted_where_it_must_be) {
  BOOST_TEST(csv_cell("") == "");
  BOOST_TEST(csv_cell("a b") == "a b");
  BOOST_TEST(csv_cell("a,b") == "\"a,b\"");
  BOOST_TEST(csv_cell("say \"so\"") == "\"say \"\"so\"\"\"");
  BOOST_TEST(csv_cell("a\nb") == "\"a\nb\"");
  BOOST_TEST(csv_line({"a", "", "c"}) == "a,,c\r\n");
}

BOOST_AUTO_TEST_CASE(no_cell_of_csv_is_a_formula) {
  for (const std::string begin : {"=", "+", "-", "@"})
    BOOST_TEST(csv_cell(begin + "1") == "'" + begin + "1");
  BOOST_TEST(csv_cell("\t=1") == "'\t=1");
  BOOST_TEST(csv_cell("\r=1") == "\"'\r=1\"");
  BOOST_TEST(csv_cell("a=1") == "a=1");
}

BOOST_AUTO_TEST_CASE(csv_has_every_cell_whole) {
  Table table({{"Name"}, {"Size", Align::right}});
  const std::string wide(500, 'x');
  table.add({wide, "1"});
  BOOST_TEST(table.csv() == "Name,Size\r\n" + wide + ",1\r\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::tools
