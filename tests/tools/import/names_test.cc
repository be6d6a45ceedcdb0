// SPDX-License-Identifier: Apache-2.0
// Names of every kind become names that the rules take, and texts are cut between code points.
#include "tools/import/names.h"

#include "schema/limits.h"
#include "schema/text.h"
#include "tools/import/text_chunks.h"

#include <boost/test/unit_test.hpp>

using namespace qualog;
using namespace qualog::tools;

BOOST_AUTO_TEST_CASE(a_fitting_name_is_on_one_line_and_not_blank) {
  BOOST_TEST(fitting_name("Trust") == "Trust");
  BOOST_TEST(fitting_name("a\tb\nc\u0085d\u2028e\x7F") == "a b c d e ");
  for (const char* blank : {"", "  ", "\u200B", "\u00A0\n", "\u00AD"})
    BOOST_TEST(fitting_name(blank) == "(unnamed)");
  BOOST_TEST(code_points(fitting_name(std::string(5'000, 'x'))) == limits::kNameCodePointsMax / 2);
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_utf8_are_replaced) {
  BOOST_TEST(fitting_name("Gespr\xE4 ch") == "Gespr\uFFFD ch");
  BOOST_TEST(is_text(fitting_name("\xC2")));
  BOOST_TEST(is_text(without_controls("a\xC2")));
}

BOOST_AUTO_TEST_CASE(later_equals_get_a_number) {
  NameBook book;
  const ItemId other{{1}};
  BOOST_TEST(book.take({}, 1, "A (2)") == "A (2)");
  BOOST_TEST(book.take({}, 1, "a") == "a");
  BOOST_TEST(book.take({}, 1, "A") == "A (3)");
  BOOST_TEST(book.take({}, 1, "Ａ") == "Ａ (4)");
  BOOST_TEST(book.take({}, 2, "A") == "A");
  BOOST_TEST(book.take(other, 1, "A") == "A");
}

// Each name once looked at every earlier number: a minute for these.
BOOST_AUTO_TEST_CASE(many_equal_names_cost_as_much_as_different_ones) {
  NameBook book;
  std::string last;
  for (int i = 0; i < 100'000; ++i) last = book.take({}, 1, "Record");
  BOOST_TEST(last == "Record (100000)");
}

BOOST_AUTO_TEST_CASE(chunks_join_to_the_text_and_cut_no_code_point) {
  const std::string text = "aé家😀b";
  for (std::size_t first : {0U, 4U, 5U, 6U, 100U}) {
    for (std::size_t most : {4U, 5U, 7U, 100U}) {
      std::string joined;
      const auto chunks = text_chunks(text, first, most);
      for (const auto chunk : chunks) {
        BOOST_TEST(is_text(chunk));
        BOOST_TEST(chunk.size() <= std::max(first, most));
        joined += chunk;
      }
      BOOST_TEST(joined == text);
      BOOST_TEST(chunks.front().size() <= first);
    }
  }
  BOOST_TEST(text_chunks("", 4, 4).size() == 1U);
  BOOST_TEST(cut_to(text, 3) == "aé家");
  BOOST_TEST(cut_to(text, 9) == text);
}
