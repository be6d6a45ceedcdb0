// SPDX-License-Identifier: Apache-2.0
// Method: one person of each role tries one of each action, through the owner's way; the answer
// must be that of the permission matrix (rows PG-*, GA-*, ID-*, UT-*, X-06, X-07).
// Rows: D-24, GA-2, GA-3, GA-4, GA-5, ID-2, ID-3, PG-1, PG-2, PG-3, PG-4, PG-5, PG-6, PG-7,
// PG-8, PG-9, PG-10, PG-11, PG-17, UT-1, UT-4, X-06, X-07.
#include "engine/rules/rule.h"
#include "projector/query/members.h"
#include "schema/actions.h"
#include "tests/engine/matrix/subjects.h"
#include "tests/engine/world.h"

#include <boost/test/unit_test.hpp>

#include <array>
#include <set>

namespace qualog::test {

namespace {

struct Roles : World {
  Person reader = join("reader", fb::Group::Reader);
  Person contributor = join("contributor", fb::Group::Contributor);
  Person owner = join("owner", fb::Group::Owner);
  Person guest = person_called("guest");
  Subjects subjects{*this};
};

// What somebody without a right to write is told.
std::string denial(fb::Action action, const char* answer) {
  const auto need = engine::rule_of(action)->need;
  if (need == engine::Need::Creator) return "BAD_REF";
  return need == engine::Need::Nobody ? "UNSUPPORTED" : answer;
}

bool is_for_people(fb::Action action) {
  const auto need = engine::rule_of(action)->need;
  return need == engine::Need::Contributor || need == engine::Need::Owner ||
         need == engine::Need::Self;
}

bool is_management(fb::Action action) {
  const auto need = engine::rule_of(action)->need;
  return need == engine::Need::Owner;
}

enum class Role { guest, reader, contributor, owner };

// What the matrix says of a role, by itself: nothing of the engine's own check is asked.
bool may(Role role, fb::Action action) {
  switch (engine::rule_of(action)->need) {
    case engine::Need::Contributor:
      return role >= Role::contributor;
    case engine::Need::Owner:
    case engine::Need::Self:  // the profile that is tried is somebody else's
      return role == Role::owner;
    default:
      return false;
  }
}

// What is said, behind the check of access, where an act needs more than these subjects have: the
// exclusive session of an import, an undo to take back, something coded or found.
std::string allowance(fb::Action action) {
  switch (action) {
    case fb::Action::ImportStarted:
      return "NEED_EXCLUSIVE";
    case fb::Action::RedoApplied:
      return "BAD_REF";
    case fb::Action::CodingBatchAdded:
    case fb::Action::QueryResultSaved:
      return "INVALID";
    default:
      return "accepted";
  }
}

// One role in a project of its own, where nothing has been tried yet.
struct Fresh : Roles {
  explicit Fresh(Role in)
      : role(in),
        person(
            *std::array{&guest, &reader, &contributor, &owner}.at(static_cast<std::size_t>(in))) {
    if (role >= Role::contributor) subjects.held_by(person);
  }
  std::string answer_to(std::size_t number) {
    return result(does(person, subjects.one_of_each().at(number).second));
  }

  Role role;
  Person person;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(access, Roles)

// Its contract, which docs/rules.md prints.
BOOST_AUTO_TEST_CASE(every_check_of_one_action_says_what_it_refuses) {
  for (const auto& rule : engine::all_rules())
    BOOST_TEST((rule.special.check == nullptr) == rule.special.refuses.empty(),
               action_name(rule.action) << " does not say what its own check refuses");
}

BOOST_AUTO_TEST_CASE(PG_1_one_of_each_served_action_is_tried) {
  std::set<fb::Action> tried;
  for (const auto& [type, action] : subjects.one_of_each()) tried.insert(type);
  for (const auto& rule : engine::all_rules())
    BOOST_TEST(tried.contains(rule.action), action_name(rule.action) << " is not tried");
}

// Each cell of role and action, in a project of its own: what is allowed is really done.
BOOST_AUTO_TEST_CASE(PG_1_every_cell_is_denied_or_allowed_as_its_row_says) {
  std::size_t allowed = 0, denied = 0;
  const auto acts = subjects.one_of_each();
  for (const auto role : {Role::guest, Role::reader, Role::contributor, Role::owner})
    for (std::size_t number = 0; number < acts.size(); ++number) {
      const auto type = acts[number].first;
      Fresh fresh(role);
      const auto answer = fresh.answer_to(number);
      BOOST_TEST_CONTEXT(fresh.person.principal << ", " << action_name(type)) {
        if (may(role, type)) {
          ++allowed;
          BOOST_TEST((answer == allowance(type) || answer == "noop"), answer);
        } else {
          ++denied;
          BOOST_TEST(answer == denial(type, role == Role::guest ? "GUEST_READONLY" : "DENIED"));
        }
      }
    }
  BOOST_TEST_MESSAGE(allowed << " cells allowed, " << denied << " denied");
}

BOOST_AUTO_TEST_CASE(PG_3_readers_change_nothing) {
  for (const auto& [type, action] : subjects.one_of_each()) BOOST_TEST_CONTEXT(action_name(type)) {
      BOOST_TEST(result(does(reader, action)) == denial(type, "DENIED"));
    }
}

BOOST_AUTO_TEST_CASE(PG_4_contributors_change_content_and_manage_nothing) {
  for (const auto& [type, action] : subjects.one_of_each()) BOOST_TEST_CONTEXT(action_name(type)) {
      const auto refused = result(does(contributor, action));
      if (is_management(type)) BOOST_TEST(refused == "DENIED");
      if (engine::rule_of(type)->need == engine::Need::Contributor) BOOST_TEST(refused != "DENIED");
    }
}

// A restored project begins with such an event, and an administrator writes one: nobody else does.
BOOST_AUTO_TEST_CASE(EX_3_PG_5_an_import_carries_nothing_that_only_the_engine_says) {
  did(owner, said("exclusive.acquired", {{"drain", true}}));
  std::size_t tried = 0;
  for (const auto& [type, action] : subjects.one_of_each()) BOOST_TEST_CONTEXT(action_name(type)) {
      const auto need = engine::rule_of(type)->need;
      if (need != engine::Need::Engine && need != engine::Need::Server) continue;
      ++tried;
      BOOST_TEST(result(does(owner, {import_started(), action})) == "DENIED");
    }
  BOOST_TEST(tried == 2);
}

BOOST_AUTO_TEST_CASE(PG_5_owners_may_do_all_that_people_do) {
  for (const auto& [type, action] : subjects.one_of_each()) BOOST_TEST_CONTEXT(action_name(type)) {
      if (!is_for_people(type)) continue;
      const auto answer = result(does(owner, action));
      BOOST_TEST(answer != "DENIED");
      BOOST_TEST(answer != "GUEST_READONLY");
      if (type == fb::Action::ProjectDeleted) did(owner, project_undeleted());
    }
}

BOOST_AUTO_TEST_CASE(GA_2_guests_change_nothing) {
  for (const auto& [type, action] : subjects.one_of_each()) BOOST_TEST_CONTEXT(action_name(type)) {
      BOOST_TEST(result(does(guest, action)) == denial(type, "GUEST_READONLY"));
    }
}

BOOST_AUTO_TEST_CASE(PG_2_there_are_three_groups) {
  const auto& groups = fb::EnumValuesGroup();
  BOOST_TEST(std::size(groups) == 4u);  // None is no group
}

BOOST_AUTO_TEST_CASE(PG_6_PG_9_the_creator_is_owner_and_the_only_member) {
  World fresh;
  const auto members = projector::members(fresh.state());
  BOOST_REQUIRE(members.size() == 1);
  BOOST_TEST(members[0].principal == "ann");
  BOOST_TEST(members[0].group == static_cast<std::uint8_t>(fb::Group::Owner));
}

BOOST_AUTO_TEST_CASE(PG_7_the_last_owner_stays) {
  World fresh;
  BOOST_TEST(result(fresh.does(fresh.ann, member_removed("ann"))) == "POLICY");
  BOOST_TEST(result(fresh.does(fresh.ann, member_moved("ann", fb::Group::Reader))) == "POLICY");
  BOOST_TEST(result(fresh.does(fresh.ann, member_added("ann", fb::Group::Contributor))) ==
             "POLICY");
  fresh.join("bo", fb::Group::Owner);
  BOOST_TEST(result(fresh.does(fresh.ann, member_removed("ann"))) == "accepted");
  BOOST_TEST(result(fresh.does(fresh.ann, guest_access(false))) == "GUEST_READONLY");
}

BOOST_AUTO_TEST_CASE(PG_7_two_owners_in_one_command_cannot_leave_together) {
  BOOST_TEST(result(does(owner, {member_removed("ann"), member_removed("owner")})) == "POLICY");
  BOOST_TEST(result(does(owner, {member_moved("ann", fb::Group::Reader),
                                 member_moved("owner", fb::Group::Reader)})) == "POLICY");
}

BOOST_AUTO_TEST_CASE(PG_8_a_second_owner_manages_too) {
  BOOST_TEST(result(does(owner, member_added("dee", fb::Group::Reader))) == "accepted");
  BOOST_TEST(result(does(owner, project_titled("Gym"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(PG_10_a_role_counts_from_the_next_command_of_an_open_session) {
  BOOST_TEST(result(does(reader, code_created(new_item(), "one"))) == "DENIED");
  did(ann, member_moved("reader", fb::Group::Contributor));
  BOOST_TEST(result(does(reader, code_created(new_item(), "one"))) == "accepted");
  did(ann, member_removed("reader"));
  BOOST_TEST(result(does(reader, code_created(new_item(), "two"))) == "GUEST_READONLY");
}

BOOST_AUTO_TEST_CASE(PG_10_adding_twice_is_a_repetition) {
  BOOST_TEST(result(does(ann, member_added("reader", fb::Group::Reader))) == "noop");
  BOOST_TEST(result(does(ann, member_added("reader", fb::Group::Contributor))) == "accepted");
  BOOST_TEST(result(does(ann, member_moved("nobody", fb::Group::Reader))) == "UNKNOWN_PRINCIPAL");
}

BOOST_AUTO_TEST_CASE(PG_17_removing_twice_is_a_repetition) {
  did(ann, member_removed("reader"));
  BOOST_TEST(result(does(ann, member_removed("reader"))) == "noop");
  BOOST_TEST(result(does(ann, member_removed("Reader"))) == "UNKNOWN_PRINCIPAL");
}

BOOST_AUTO_TEST_CASE(PG_11_a_deleted_project_takes_nothing_and_comes_back_whole) {
  const auto before = digests().content;
  did(owner, project_deleted());
  BOOST_TEST(result(does(contributor, code_created(new_item(), "one"))) == "GONE");
  BOOST_TEST(result(does(owner, project_titled("Gym"))) == "GONE");
  did(owner, project_undeleted());
  BOOST_TEST((digests().content == before));
  BOOST_TEST(result(does(contributor, code_created(new_item(), "one"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(GA_3_guests_may_read_a_new_project) {
  World fresh;
  const auto on = [&] {
    return fresh.value<projector::Guest>(projector::kProjectItem, projector::Facet::Guest).on;
  };
  BOOST_TEST(on());
  fresh.did(fresh.ann, guest_access(false));
  BOOST_TEST(!on());
}

BOOST_AUTO_TEST_CASE(GA_4_without_guest_access_a_stranger_is_denied_and_members_are_not) {
  did(owner, guest_access(false));
  BOOST_TEST(result(does(guest, code_created(new_item(), "one"))) == "DENIED");
  BOOST_TEST(result(does(contributor, code_created(new_item(), "one"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(GA_5_only_owners_switch_guest_access) {
  const auto answers = {result(does(reader, guest_access(false))),
                        result(does(contributor, guest_access(false)))};
  for (const auto& answer : answers) BOOST_TEST(answer == "DENIED");
  BOOST_TEST(result(does(guest, guest_access(false))) == "GUEST_READONLY");
  BOOST_TEST(result(does(owner, guest_access(false))) == "accepted");
}

BOOST_AUTO_TEST_CASE(denials_say_nothing_of_content) {
  const auto code = a_code("a secret name");
  const auto look = head();
  did(contributor, code_renamed(code, "another secret"));
  for (const auto& person : {reader, guest}) {
    const auto denied = does(person.seeing(look), code_renamed(code, "mine"));
    BOOST_TEST(denied.refusal->latest.empty());
    BOOST_TEST(denied.refusal->base.empty());
    BOOST_TEST(denied.refusal->facets.empty());
    BOOST_TEST(!denied.refusal->winner);
    BOOST_TEST(last_refusal().draft()->find("mine") != std::string::npos);
  }
}

// ---- profiles -----------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(ID_2_the_first_write_brings_one_profile) {
  const auto dee = join("dee");
  const auto first = did(dee, code_created(new_item(), "one"));
  BOOST_TEST(head().value == first.value + 1);
  BOOST_TEST((event(head())->action.type == fb::Action::UserProfileCreated));
  BOOST_TEST(event(head())->actor == "dee");
  const auto second = did(dee.in_session(9), code_created(new_item(), "two"));
  BOOST_TEST(head().value == second.value);
}

BOOST_AUTO_TEST_CASE(ID_2_reading_and_being_refused_bring_no_profile) {
  does(reader, code_created(new_item(), "one"));
  BOOST_TEST(!projector::item(state(), reader.profile()));
}

BOOST_AUTO_TEST_CASE(ID_2_nobody_makes_a_profile_by_hand) {
  const auto forged = profile_created(new_item(), "somebody");
  for (const auto& person : {owner, contributor})
    BOOST_TEST(result(does(person, forged)) == "DENIED");
}

BOOST_AUTO_TEST_CASE(X_06_X_07_a_new_name_makes_no_second_profile) {
  did(contributor, code_created(new_item(), "one"));
  did(contributor, profile_named(contributor.profile(), "Contra"));
  const auto look = head();
  did(contributor, code_created(new_item(), "two"));
  BOOST_TEST(head().value == look.value + 1);
  const auto users = projector::users(state());
  const auto called = [&](std::string_view principal) {
    return std::count_if(users.begin(), users.end(),
                         [&](const auto& user) { return user.principal == principal; });
  };
  BOOST_TEST(called("contributor") == 1);
}

BOOST_AUTO_TEST_CASE(X_06_a_profile_is_changed_by_its_owner_or_a_project_owner) {
  did(contributor, code_created(new_item(), "one"));
  did(ann, member_moved("reader", fb::Group::Contributor));
  const auto rename = profile_named(contributor.profile(), "Contra");
  BOOST_TEST(result(does(reader, rename)) == "DENIED");
  BOOST_TEST(result(does(contributor, rename)) == "accepted");
  BOOST_TEST(result(does(owner, profile_named(contributor.profile(), "C."))) == "accepted");
}

BOOST_AUTO_TEST_CASE(UT_1_UT_4_a_removed_member_stays_a_user_and_the_coder_of_their_work) {
  const auto code = a_code("code"), text = a_source("text", "Nobody was there."), id = new_item();
  did(contributor, coded(id, code, text, 0, 6));
  did(ann, member_removed("contributor"));
  const auto users = projector::users(state());
  const auto found = std::find_if(users.begin(), users.end(),
                                  [](const auto& user) { return user.principal == "contributor"; });
  BOOST_REQUIRE((found != users.end()));
  BOOST_TEST(!found->has_access);
  BOOST_TEST(found->contributed);
  BOOST_TEST((value<projector::Place>(id, projector::Facet::Place).coder == found->profile));
}

BOOST_AUTO_TEST_CASE(ID_3_every_event_says_who_when_in_which_session_by_which_command) {
  std::set<fb::Action> seen;
  subjects.held_by(owner);
  for (const auto& [type, action] : subjects.one_of_each()) {
    const auto before = head();
    const auto sent = command(owner, {action});
    sends(owner, sent);
    for (auto at = before.next(); at <= head(); at = at.next()) {
      const auto made = event(at);
      seen.insert(made->action.type);
      BOOST_TEST(made->sequence == at.value);
      BOOST_TEST(made->actor == "owner");
      BOOST_TEST((made->session == owner.session));
      BOOST_TEST(made->time == static_cast<std::int64_t>(clock().now_us()));
      BOOST_TEST(bool(made->command_id));
      if (made->action.type == fb::Action::UserProfileCreated) continue;
      BOOST_TEST((made->command_id == sent.command_id));
      BOOST_TEST((made->command_digest == engine::command_digest(keys(), sent)));
    }
    if (type == fb::Action::ProjectDeleted) did(owner, project_undeleted());
  }
  BOOST_TEST(seen.size() > 25u);
}

BOOST_AUTO_TEST_CASE(ID_3_D_24_every_item_says_who_made_and_who_changed_it) {
  for (const auto& [type, action] : subjects.one_of_each()) {
    does(owner, action);
    if (type == fb::Action::ProjectDeleted) did(owner, project_undeleted());
  }
  std::size_t changed = 0;
  state().scan(projector::Table::Items, {}, [&](ByteView, ByteView stored) {
    const auto row = projector::decode<projector::ItemRow>(stored);
    const auto stamps = {std::optional(row->created), row->modified};
    for (const auto& stamp : stamps) {
      if (!stamp) continue;
      BOOST_TEST(stamp->sequence.value > 0u);
      BOOST_TEST(stamp->time > 0);
      BOOST_TEST(bool(stamp->session));
      BOOST_TEST(projector::item(state(), stamp->profile).has_value());
    }
    changed += row->modified.has_value();
    return true;
  });
  BOOST_TEST(changed > 10u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
