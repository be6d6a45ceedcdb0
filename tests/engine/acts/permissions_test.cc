// SPDX-License-Identifier: Apache-2.0
// The matrix of permissions, a line at a time: what readers, contributors and owners may do.
// Rows: EL-1, PM-3, PM-4, PM-5, PM-6, PM-10, UT-5, X-19.
#include "engine/rules/rule.h"
#include "schema/actions.h"
#include "tests/engine/acts/making.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

namespace {

struct Permissions : World {
  Person reader = join("reader", fb::Group::Reader);
  Person contributor = join("contributor");
  Person owner = join("owner", fb::Group::Owner);
  Person guest = person_called("guest");
  ItemId code = a_code("absence");
  ItemId text = a_source("interview 1", "There was nobody at the gym today.");

  // Readers and guests never; contributors as said; owners always.
  void tries(const Action& act, bool contributors_may) {
    BOOST_TEST(result(does(reader, act)) == "DENIED");
    BOOST_TEST(result(does(guest, act)) == "GUEST_READONLY");
    if (!contributors_may) BOOST_TEST(result(does(contributor, act)) == "DENIED");
    BOOST_TEST(result(does(contributors_may ? contributor : owner, act)) == "accepted");
  }
  projector::Horizon horizon() const {
    return value<projector::Horizon>(projector::kProjectItem, projector::Facet::Horizon);
  }
  Action cleared(std::uint64_t through) { return said("eventlog.cleared", {{"through", through}}); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(permissions, Permissions)

BOOST_AUTO_TEST_CASE(PM_3_contributors_add_edit_code_annotate_and_delete) {
  const auto note = new_item();
  for (const auto& act :
       {code_created(new_item(), "new"), source_created(new_item(), "new", "Whoever."),
        code_renamed(code, "being away"), coded(new_item(), code, text, 0, 5),
        annotated(note, text, 0, 5, "really"), lease_acquired(text), source_deleted(text),
        code_deleted(code)})
    tries(act, true);
}

BOOST_AUTO_TEST_CASE(PM_4_only_owners_modify_the_properties_of_the_project) {
  tries(project_titled("Gym"), false);
  tries(project_described("of the spring"), false);
  tries(said("project.props_changed", {{"unassigned", "none"}}), false);
}

BOOST_AUTO_TEST_CASE(PM_5_only_owners_manage_users) {
  did(contributor, code_described(code, "first write"));
  did(owner, code_described(code, "another first write"));
  tries(member_added("dee", fb::Group::Reader), false);
  tries(member_moved("dee", fb::Group::Contributor), false);
  tries(member_removed("dee"), false);
  tries(said("user.profile_merged",
             {{"from", word(contributor.profile())}, {"into", word(owner.profile())}}),
        false);
  tries(said("user.profile_split", {{"profile", word(contributor.profile())}}), false);
}

BOOST_AUTO_TEST_CASE(PM_6_EL_1_only_owners_move_the_horizon_and_no_content_changes) {
  const auto content = digests().content;
  const auto events_before = events().size();
  tries(cleared(4), false);
  BOOST_TEST(horizon().through == 4u);
  BOOST_TEST((digests().content == content));
  BOOST_TEST(events().size() > events_before);
  BOOST_TEST((replayed() == digests()));
  BOOST_TEST(result(does(owner, cleared(head().value + 1))) == "SEEN_AHEAD");
}

BOOST_AUTO_TEST_CASE(PM_6_EL_1_a_cleared_log_is_shown_again_by_undo) {
  const auto clearing = did(owner, cleared(4));
  did(owner, undone(clearing));
  BOOST_TEST(horizon().through == 0u);
}

BOOST_AUTO_TEST_CASE(PM_10_only_owners_delete_a_project_and_bring_it_back) {
  const auto before = digests().content;
  tries(project_deleted(), false);
  BOOST_TEST(result(does(owner, code_renamed(code, "late"))) == "GONE");
  tries(project_undeleted(), false);
  BOOST_TEST((digests().content == before));
  BOOST_TEST((replayed() == digests()));
}

BOOST_AUTO_TEST_CASE(X_19_only_the_server_brings_an_owner_in_and_the_log_says_so) {
  const auto brought = said("admin.owner_added", {{"principal", "eva"}});
  for (const auto& person : {owner, contributor})
    BOOST_TEST(result(does(person, brought)) == "DENIED");
  const auto admin = person_called("admin");
  const auto answer = sends(admin, command(admin, {brought}), true);
  BOOST_REQUIRE(result(answer) == "accepted");
  BOOST_TEST(bool(event(answer.sequence)->action.AsAdminOwnerAdded()));
  BOOST_TEST(result(does(person_called("eva"), guest_access(false))) == "accepted");
  BOOST_TEST(result(sends(admin, command(admin, {brought}), true)) == "noop");
  BOOST_TEST(result(does(admin, code_created(new_item(), "one"))) == "DENIED");
}

// A profile goes only where another takes its work: nothing else that people do ends one.
BOOST_AUTO_TEST_CASE(UT_5_no_act_deletes_a_profile) {
  for (const auto& rule : engine::all_rules()) {
    if (rule.deletes.empty() || rule.action == fb::Action::UserProfileMerged) continue;
    for (const auto& reference : rule.references)
      if (reference.field == rule.deletes)
        BOOST_TEST(!reference.kinds.has(projector::Kind::Profile), action_name(rule.action));
  }
  did(contributor, code_described(code, "first write"));
  for (const auto& act : {code_deleted(contributor.profile()),
                          source_deleted(contributor.profile()), uncoded({contributor.profile()})})
    BOOST_TEST(result(does(owner, act)) == "BAD_REF");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
