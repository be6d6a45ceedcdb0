// SPDX-License-Identifier: Apache-2.0
// Undo, case by case: what is remembered, what comes back exactly, and what follows the rule
// because somebody was there in between. The random histories are in re_anchoring_test.cc.
#include "projector/text/edit_map.h"

#include <boost/test/unit_test.hpp>

namespace qualog::text {
namespace {

// "a b c d e f" loses "c d e": a b f.
const std::vector<Splice> kDeletion{{2, 3, 0}};

BOOST_AUTO_TEST_SUITE(edit_maps)

BOOST_AUTO_TEST_CASE(nothing_is_remembered_where_splices_suffice) {
  const EditMap edit(kDeletion);
  for (const Range& range : {Range{0, 2}, Range{1, 6}, Range{5, 6}, Range{0, 6}}) {
    const Moved moved = edit.move(range);
    BOOST_TEST(!moved.restore.has_value());
    BOOST_TEST((edit.undone().move(moved.range).range == range));
  }
}

BOOST_AUTO_TEST_CASE(a_range_cut_off_is_remembered_and_comes_back) {
  const EditMap edit(kDeletion);
  const Moved moved = edit.move({1, 4});
  BOOST_TEST((moved.range == Range{1, 2}));
  BOOST_REQUIRE(moved.restore.has_value());
  BOOST_TEST((*moved.restore == Restore{{1, 4}, {1, 2}}));
  BOOST_TEST((edit.undone().move(moved.range, &*moved.restore).range == Range{1, 4}));
}

BOOST_AUTO_TEST_CASE(a_detached_range_comes_back) {
  const EditMap edit(kDeletion);
  const Moved moved = edit.move({3, 5});
  BOOST_TEST((moved.range == Range{2, 4, true}));
  BOOST_REQUIRE(moved.restore.has_value());
  const Moved back = edit.undone().move(moved.range, &*moved.restore);
  BOOST_TEST((back.range == Range{3, 5}));
  BOOST_TEST(!back.restore.has_value());
}

BOOST_AUTO_TEST_CASE(a_range_changed_since_follows_the_rule) {
  const EditMap edit(kDeletion);
  const Moved moved = edit.move({1, 4});
  BOOST_REQUIRE(moved.restore.has_value());
  // It was stretched over the gap, so both neighbours of what comes back bear it.
  const Moved back = edit.undone().move({0, 3}, &*moved.restore);
  BOOST_TEST((back.range == Range{0, 6}));
}

BOOST_AUTO_TEST_CASE(a_range_added_since_follows_the_rule) {
  const EditMap undo = EditMap(kDeletion).undone();
  BOOST_TEST((undo.move({0, 2}).range == Range{0, 2}));
  BOOST_TEST((undo.move({1, 3}).range == Range{1, 6}));
  BOOST_TEST((undo.move({2, 3}).range == Range{5, 6}));
}

BOOST_AUTO_TEST_CASE(the_undo_of_an_undo_gives_back_what_the_undo_found) {
  // "a b" gets "X Y" in between; somebody codes "X", which the undo takes away again.
  const EditMap edit(std::vector<Splice>{{1, 0, 2}});
  const EditMap undo = edit.undone();
  const Moved gone = undo.move({1, 2});
  BOOST_TEST((gone.range == Range{1, 2, true}));
  BOOST_REQUIRE(gone.restore.has_value());
  const Moved again = undo.undone().move(gone.range, &*gone.restore);
  BOOST_TEST((again.range == Range{1, 2}));
}

BOOST_AUTO_TEST_CASE(an_edit_undone_twice_is_the_edit) {
  const std::vector<Splice> splices{{1, 2, 1}, {3, 0, 4}, {5, 1, 0}};
  const EditMap edit(splices);
  const EditMap same = edit.undone().undone();
  for (std::uint32_t begin = 0; begin <= 8; ++begin) {
    for (std::uint32_t end = begin; end <= 8; ++end) {
      BOOST_TEST((edit.move({begin, end}) == same.move({begin, end})));
    }
  }
}

// The two worked examples of docs/re-anchoring.md, number by number.
BOOST_AUTO_TEST_CASE(documented_example_of_an_edit) {
  const EditMap edit(std::vector<Splice>{{0, 4, 15}, {17, 0, 7}, {18, 6, 6}, {37, 0, 6}});
  BOOST_TEST((edit.move({0, 4}).range == Range{0, 15}));
  BOOST_TEST((edit.move({10, 24}).range == Range{21, 42}));
  BOOST_TEST((edit.move({0, 37}).range == Range{0, 55}));
}

BOOST_AUTO_TEST_CASE(documented_example_of_an_undo) {
  const EditMap edit(std::vector<Splice>{{20, 23, 0}});
  const Moved weather = edit.move({21, 43});
  const Moved arrival = edit.move({8, 32});
  BOOST_TEST((weather.range == Range{20, 42, true}));
  BOOST_TEST((arrival.range == Range{8, 20}));
  BOOST_REQUIRE(weather.restore.has_value());
  BOOST_REQUIRE(arrival.restore.has_value());
  const EditMap undo = edit.undone();
  BOOST_TEST((undo.move(weather.range, &*weather.restore).range == Range{21, 43}));
  BOOST_TEST((undo.move(arrival.range, &*arrival.restore).range == Range{8, 32}));
  BOOST_TEST((undo.move({16, 25}).range == Range{16, 48}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace qualog::text
