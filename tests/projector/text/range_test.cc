// SPDX-License-Identifier: Apache-2.0
// Golden table: edits and ranges drawn by hand, one rule a row. In the drawings the first line is
// the old text with the range in [ ], the second the new text with where the range must stand;
// capitals are inserted, | is a place, {| |} around a place says detached.
#include "projector/text/range.h"

#include <boost/test/unit_test.hpp>

#include <ostream>

namespace qualog::text {

// Boost.Test finds it by argument-dependent lookup.
static std::ostream& operator<<(std::ostream& out, const Range& range) {
  return out << range.begin << " to " << range.end << (range.detached ? " detached" : "");
}

namespace {

struct Row {
  const char* rule;
  std::vector<Splice> splices;  // position, delete, insert
  Range before;
  Range after;
};

const Row kRows[] = {
    // a b [c d] e f
    // a b [c d] e f
    {"no splices: nothing moves", {}, {2, 4}, {2, 4}},

    // a b [c d] e f
    // X Y a b [c d] e f
    {"text in front of a range moves it", {{0, 0, 2}}, {2, 4}, {4, 6}},

    // a b [c d] e f
    // a b [c d] e X f
    {"text behind a range leaves it", {{5, 0, 1}}, {2, 4}, {2, 4}},

    // a b [c d] e f
    // a b X [c d] e f
    {"an insertion at the begin is not borne", {{2, 0, 1}}, {2, 4}, {3, 5}},

    // a b [c d] e f
    // a b [c d] X e f
    {"an insertion at the end is not borne", {{4, 0, 1}}, {2, 4}, {2, 4}},

    // a b [c d] e f
    // a b [c X Y d] e f
    {"an insertion inside is borne", {{3, 0, 2}}, {2, 4}, {2, 6}},

    // [a b c]
    // X [a b c] Y
    {"outside the text there is no neighbour", {{0, 0, 1}, {3, 0, 1}}, {0, 3}, {1, 4}},

    // a [b c d] e
    // a [b d] e
    {"a deletion inside shortens", {{2, 1, 0}}, {1, 4}, {1, 3}},

    // a b [c d] e f
    // a [d] e f
    {"a deletion over the begin cuts it off", {{1, 2, 0}}, {2, 4}, {1, 2}},

    // a b [c d] e f
    // a X [d] e f
    {"text that replaces more than was borne is not borne", {{1, 2, 1}}, {2, 4}, {2, 3}},

    // a b [c d] e f
    // a b [c] X f
    {"the same at the end", {{3, 2, 1}}, {2, 4}, {2, 3}},

    // a [A n n a] b
    // a [X Y] b
    {"a name replaced by another keeps its coding", {{1, 4, 2}}, {1, 5}, {1, 3}},

    // a [b c d] e
    // a [X d] e
    {"text that replaces only what was borne is borne", {{1, 2, 1}}, {1, 4}, {1, 3}},

    // a b [c d] e f
    // a b {|} e f
    {"all deleted: detached, with its last length", {{2, 2, 0}}, {2, 4}, {2, 4, true}},

    // a b [c d] e f
    // a {|} X Y f
    {"all replaced with more: in front of what replaced it", {{1, 4, 2}}, {2, 4}, {1, 3, true}},

    // a b [c d] e f
    // {|} X f
    {"replaced from farther in front: where that began", {{0, 5, 1}}, {2, 4}, {0, 2, true}},

    // a [b c] d
    // a [X] d
    {"b goes, X between, c goes: X had both as neighbours",
     {{1, 1, 0}, {2, 0, 1}, {2, 1, 0}},
     {1, 3},
     {1, 2}},

    // a b [c] d
    // a X Y [c] d
    {"touching: b becomes X, Y is put in behind it", {{1, 1, 1}, {2, 0, 1}}, {2, 3}, {3, 4}},

    // a [b] c d
    // a [X] Y Z d
    {"touching: each text follows what it replaces", {{1, 1, 1}, {2, 1, 2}}, {1, 2}, {1, 2}},

    // a b | c d
    // a b | X c d
    {"a place stays behind the code point before it", {{2, 0, 1}}, {2, 2}, {2, 2}},

    // | a b
    // | X a b
    {"a place at the front stays at the front", {{0, 0, 1}}, {0, 0}, {0, 0}},

    // a b |
    // a X |
    {"a place goes behind what replaces the text before it", {{1, 1, 1}}, {2, 2}, {2, 2}},

    // a b | c d
    // a b X | d
    {"between two touching splices", {{1, 1, 2}, {2, 1, 0}}, {3, 3}, {3, 3}},

    // a b | c d
    // a b | X Y d
    {"also when the code point behind it is replaced after an insertion",
     {{2, 0, 1}, {2, 1, 1}},
     {2, 2},
     {2, 2}},

    // a b | c d
    // a {|} X d
    {"a place with both sides gone is detached", {{1, 2, 1}}, {2, 2}, {1, 1, true}},

    // a b {|} c d
    // a b {|} X c d
    {"a detached range moves as a place", {{0, 1, 3}, {2, 0, 1}}, {2, 9, true}, {4, 11, true}},

    // a b {|} c d
    // a b {|} c d
    {"a detached range bears nothing new", {{2, 0, 5}}, {2, 4, true}, {2, 4, true}},
};

BOOST_AUTO_TEST_SUITE(ranges)

BOOST_AUTO_TEST_CASE(golden_rows) {
  for (const Row& row : kRows) {
    BOOST_TEST_CONTEXT(row.rule) {
      BOOST_REQUIRE(check(row.splices, 20).has_value());
      BOOST_TEST(Mapper(row.splices).map(row.before) == row.after);
    }
  }
}

BOOST_AUTO_TEST_CASE(one_mapper_serves_many_ranges_and_many_splices) {
  // Every third code point gets one more in front of it.
  std::vector<Splice> splices;
  for (std::uint32_t i = 0; i < 1'000; ++i) splices.push_back({3 * i, 0, 1});
  const Mapper mapper(splices);
  for (std::uint32_t i = 0; i < 1'000; ++i) {
    BOOST_TEST(mapper.map({3 * i, 3 * i + 3}) == (Range{4 * i + 1, 4 * i + 4}));
    BOOST_TEST(mapper.map({3 * i, 3 * i}) == (Range{4 * i, 4 * i}));
  }
}

BOOST_AUTO_TEST_CASE(check_knows_the_length_of_the_text) {
  BOOST_TEST(check(Range{0, 10}, 10).has_value());
  BOOST_TEST(check(Range{10, 10}, 10).has_value());
  BOOST_TEST(check(Range{0, 0}, 0).has_value());
  BOOST_TEST(check(Range{10, 15, true}, 10).has_value());
  for (const Range& wrong : {Range{0, 11}, Range{11, 11}, Range{5, 4}, Range{5, 4, true},
                             Range{11, 15, true}, Range{0, 0xFFFFFFFF}}) {
    const auto result = check(wrong, 10);
    BOOST_REQUIRE(!result.has_value());
    BOOST_TEST((result.error().code == Code::invalid));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace qualog::text
