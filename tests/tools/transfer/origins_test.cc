// SPDX-License-Identifier: Apache-2.0
// Items that are one and the same by their origin, whatever they are called now.
// Rows: M-04.
#include "tests/tools/transfer/meeting.h"

#include <boost/test/unit_test.hpp>

using namespace qualog;
using namespace qualog::test;

namespace {

Line plain_code(std::uint64_t id, const char* name) {
  return {"code.created", {{"id", id_text(id)}, {"name", name}}};
}

Line renamed(const ItemId& id, const char* name) {
  return {"code.props_changed", {{"code", id.text()}, {"name", name}}};
}

// What `from` holds into `into`, as another meeting would bring it.
transfer::Plan plan_between(World& from, World& into) {
  const transfer::Side source(from.state()), target(into.state());
  return transfer::plan(source, target, {}, [](const engine::BlobInfo&) { return true; });
}

}  // namespace

BOOST_AUTO_TEST_CASE(M_04_what_came_before_is_known_under_any_name) {
  Meeting meeting;
  meeting.there(plain_code(1, "Calm"));
  const auto plan = meeting.bring();
  meeting.here(renamed(came(plan, 1), "Quiet"));
  meeting.there(renamed(id_of_number(1), "At ease"));
  BOOST_TEST(meeting.plan().empty());
  BOOST_TEST(tally(meeting.plan(), "code").same == 1U);
}

BOOST_AUTO_TEST_CASE(M_04_what_was_merged_once_stays_merged_under_any_name) {
  Meeting meeting;
  meeting.there(plain_code(1, "Calm"));
  meeting.here(plain_code(2, "Calm"));
  meeting.bring();
  meeting.here(renamed(id_of_number(2), "Quiet"));
  BOOST_TEST(meeting.plan().empty());
}

BOOST_AUTO_TEST_CASE(M_04_forks_know_their_items_by_their_ids) {
  Meeting meeting(World::kLineage);
  meeting.there({plain_code(1, "Calm"), plain_code(2, "New there")});
  meeting.here(plain_code(1, "Quiet"));
  const auto plan = meeting.bring();
  BOOST_TEST(tally(plan, "code").same == 1U);
  BOOST_TEST(tally(plan, "code").made == 1U);
  BOOST_TEST((came(plan, 2) == id_of_number(2)));
}

BOOST_AUTO_TEST_CASE(M_04_what_came_from_here_goes_back_to_what_it_was) {
  Meeting meeting;
  meeting.there(plain_code(1, "Calm"));
  const auto plan = meeting.bring();
  meeting.here(renamed(came(plan, 1), "Quiet"));
  const auto back = plan_between(meeting.target, meeting.source);
  BOOST_TEST(back.empty());
  BOOST_TEST(tally(back, "code").same == 1U);
}

BOOST_AUTO_TEST_CASE(M_04_what_both_have_from_a_third_is_one) {
  Meeting first, second;
  first.there(plain_code(1, "Calm"));
  second.there(plain_code(1, "Calm"));
  const auto one = first.bring();
  const auto other = second.bring();
  first.here(renamed(came(one, 1), "Quiet"));
  const transfer::Side source(first.target.state()), target(second.target.state());
  BOOST_TEST(tally(plan_between(first.target, second.target), "code").same == 1U);
}

BOOST_AUTO_TEST_CASE(M_04_ids_follow_from_the_projects_and_an_undone_one_is_not_used_again) {
  Meeting meeting, again;
  meeting.there(plain_code(1, "Calm"));
  again.there(plain_code(1, "Calm"));
  const auto plan = meeting.bring();
  BOOST_TEST((came(plan, 1) == came(again.bring(), 1)));
  const auto head = meeting.target.head();
  const auto effect = projector::effect_at(meeting.target.state(), head);
  meeting.target.did(meeting.target.ann, undone(effect->group));
  const auto second = meeting.bring();
  BOOST_TEST(tally(second, "code").made == 1U);
  BOOST_TEST((came(second, 1) != came(plan, 1)));
}
