// SPDX-License-Identifier: Apache-2.0
// Ids that follow from others: of a profile, a membership, a set's member, a value, a summary.
// Whoever makes items can compute them beforehand; then the act that needs the id is refused, and
// nothing is kept in an item that somebody has made for something else.
// Rows: PG-1.
#include "tests/engine/acts/making.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

namespace {

struct Derived : World {
  Person carl = join("carl");
  void takes(const ItemId& id) { did(carl, code_created(id, "mine")); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(derived_ids, Derived)

BOOST_AUTO_TEST_CASE(nobody_acts_as_an_item_that_another_has_made) {
  const auto bob = join("bob");
  takes(bob.profile());
  BOOST_TEST(result(does(bob, code_created(new_item(), "Stress"))) == "ID_REUSED");
  BOOST_TEST(result(does(carl, code_created(new_item(), "Stress"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(a_profile_once_there_is_nobody_elses) {
  const auto bob = join("bob");
  did(bob, code_created(new_item(), "Stress"));
  BOOST_TEST(result(does(carl, code_created(bob.profile(), "mine"))) == "ID_REUSED");
  BOOST_TEST(result(does(bob, code_created(new_item(), "Sleep"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(PG_1_no_membership_is_kept_in_an_item_of_another_kind) {
  takes(projector::member_item("bob"));
  BOOST_TEST(result(does(ann, member_added("bob", fb::Group::Contributor))) == "ID_REUSED");
}

BOOST_AUTO_TEST_CASE(no_member_of_a_set_is_kept_in_an_item_of_another_kind) {
  const auto set = named(*this, "set.created", "first year");
  const auto text = a_source("interview 1", "Nobody came.");
  const auto add = said("set.member_added", {{"set", word(set)}, {"item", word(text)}});
  takes(projector::setmember_item(set, text));
  BOOST_TEST(result(does(ann, add)) == "ID_REUSED");
}

BOOST_AUTO_TEST_CASE(no_summary_is_kept_in_an_item_of_another_kind) {
  const auto code = a_code("Stress");
  const auto person = made(*this, "code.created", {{"name", "Ada"}, {"kind", "case"}});
  takes(projector::summary_item(person, code));
  const auto set =
      said("summary.set", {{"row", word(person)}, {"column", word(code)}, {"text", "less of it"}});
  BOOST_TEST(result(does(ann, set)) == "ID_REUSED");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
