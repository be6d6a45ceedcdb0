// SPDX-License-Identifier: Apache-2.0
// How codes, and cases, lie below each other for whoever lists them: what codebook.reordered says
// of the order below one parent, and what becomes of what lay below a code that was merged.
// Rows: D-05.
#include "projector/query/cases.h"
#include "projector/query/codes.h"
#include "tests/engine/acts/making.h"

#include <boost/test/unit_test.hpp>

#include <functional>

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

// The same tree once of codes and once of cases: one and two at the top, one1 and one2 below one.
struct Both : World {
  struct Nodes {
    ItemId one, two, one1, one2;
  };
  Nodes codes = nodes("code"), cases = nodes("case");

  ItemId node(const char* kind, const char* name, const ItemId& parent = {}) {
    boost::json::object body = {{"name", name}, {"kind", kind}};
    if (parent) body["parent"] = word(parent);
    return made(*this, "code.created", body);
  }
  Nodes nodes(const char* kind) {
    Nodes all{node(kind, "one"), node(kind, "two"), {}, {}};
    all.one1 = node(kind, "one1", all.one), all.one2 = node(kind, "one2", all.one);
    return all;
  }
  void did_to_both(const std::function<Action(const Nodes&)>& act) {
    for (const auto& all : {codes, cases}) did(ann, act(all));
  }
  // "depth name" of each; both trees must be one.
  std::string listed() {
    std::string of_codes, of_cases;
    for (const auto& code : projector::codes(state()))
      of_codes += std::to_string(code.depth) + " " + code.props.name.plain + ", ";
    for (const auto& one : projector::cases(state()))
      of_cases += std::to_string(one.depth) + " " + one.name.plain + ", ";
    BOOST_TEST(of_codes == of_cases);
    return of_codes;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(D_05_cases_are_listed_as_they_were_ordered_as_codes_are, Both) {
  BOOST_TEST(listed() == "0 one, 1 one1, 1 one2, 0 two, ");
  did_to_both([](const Nodes& all) {
    return said("codebook.reordered",
                {{"parent", word(all.one)}, {"order", words({all.one2, all.one1})}});
  });
  did(ann,
      said("codebook.reordered", {{"order", words({cases.two, codes.two, codes.one, cases.one})}}));
  BOOST_TEST(listed() == "0 two, 0 one, 1 one2, 1 one1, ");
}

BOOST_FIXTURE_TEST_CASE(D_05_an_order_of_codes_keeps_that_of_cases, Both) {
  const auto order = [](const Nodes& all) {
    return said("codebook.reordered", {{"order", words({all.two, all.one})}});
  };
  did_to_both(order);
  BOOST_TEST(listed() == "0 two, 0 one, 1 one1, 1 one2, ");
  did(ann, code_deleted(cases.two));
  did(ann, order(codes));
  BOOST_TEST((projector::cases(state()).front().id == cases.one));
}

BOOST_FIXTURE_TEST_CASE(D_05_what_lay_below_a_merged_code_lies_below_what_it_is_now, Both) {
  did_to_both([](const Nodes& all) { return code_merged({all.one}, all.two); });
  BOOST_TEST(listed() == "0 two, 1 one1, 1 one2, ");
  BOOST_TEST((projector::codes(state())[1].parent == codes.two));
  did(ann, said("code.props_changed", {{"code", word(codes.two)}, {"aggregate", true}}));
  did(ann, coded(new_item(), codes.one2, a_source("interview 1", "So it was."), 0, 2));
  BOOST_TEST(projector::codes(state()).front().gathered == 1u);
  BOOST_TEST((replayed() == digests()));
}

BOOST_FIXTURE_TEST_SUITE(ordering, Ordering)

BOOST_AUTO_TEST_CASE(D_05_what_lay_below_a_merged_code_is_ordered_below_the_other) {
  did(bo, code_merged({b}, a));
  BOOST_TEST(listed() == "a ba bb c");
  did(bo, ordered({bb, ba}, a));
  BOOST_TEST(listed() == "a bb ba c");
  BOOST_TEST(result(does(bo, ordered({c}, a))) == "BAD_REF");
}

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
