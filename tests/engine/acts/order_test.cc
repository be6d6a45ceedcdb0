// SPDX-License-Identifier: Apache-2.0
// The order of codes below one parent: what codebook.reordered says, for whoever lists them.
// Rows: D-05.
#include "projector/query/codes.h"
#include "tests/engine/acts/making.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

namespace {

struct Ordering : World {
  Person bo = join("bo");
  ItemId a = a_code("a"), b = a_code("b"), c = a_code("c");
  ItemId ba = a_code("ba", b), bb = a_code("bb", b);

  Action ordered(std::initializer_list<ItemId> codes, const ItemId& parent = {}) {
    boost::json::object body = {{"order", words(codes)}};
    if (parent) body["parent"] = word(parent);
    return said("codebook.reordered", body);
  }
  std::string listed() {
    std::string names;
    for (const auto& code : projector::codes(state()))
      names += (names.empty() ? "" : " ") + code.props.name.plain;
    return names;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(ordering, Ordering)

BOOST_AUTO_TEST_CASE(D_05_codes_are_listed_as_they_were_ordered) {
  BOOST_TEST(listed() == "a b ba bb c");
  did(ann, ordered({c, b, a}));
  did(bo, ordered({bb, ba}, b));
  BOOST_TEST(listed() == "c b bb ba a");
}

BOOST_AUTO_TEST_CASE(D_05_what_an_order_does_not_name_comes_behind_by_name) {
  did(ann, ordered({c}));
  did(bo, code_created(new_item(), "B2"));
  BOOST_TEST(listed() == "c B2 a b ba bb");
  did(ann, code_moved(c, a));
  BOOST_TEST(listed() == "B2 a c b ba bb");
}

BOOST_AUTO_TEST_CASE(D_05_of_two_who_order_the_first_wins_and_undo_brings_the_old_order_back) {
  const auto look = head();
  const auto first = did(ann, ordered({c, b, a}));
  BOOST_TEST(result(does(bo.seeing(look), ordered({b, c, a}))) == "STALE");
  BOOST_TEST(result(does(bo.seeing(look), ordered({bb, ba}, b))) == "accepted");
  const auto second = did(bo, ordered({b, c, a}));
  BOOST_TEST(listed() == "b bb ba c a");
  BOOST_TEST(result(does(ann, undone(first))) == "UNDO_BLOCKED");
  did(bo, undone(second));
  did(ann, undone(first));
  BOOST_TEST(listed() == "a b bb ba c");
}

BOOST_AUTO_TEST_CASE(D_05_an_order_names_children_of_its_parent_each_once) {
  BOOST_TEST(result(does(ann, ordered({a, ba}))) == "BAD_REF");
  BOOST_TEST(result(does(ann, ordered({a, b, a}))) == "INVALID");
  BOOST_TEST(result(does(ann, ordered({a, b}, b))) == "BAD_REF");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
