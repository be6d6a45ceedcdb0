// SPDX-License-Identifier: Apache-2.0
// One person with two profiles: merged, they are one to whoever reads, while the events keep who
// acted; split again, they are two as before.
// Rows: IDEA-14, UT-6, X-08.
#include "projector/query/cases.h"
#include "projector/query/classes.h"
#include "projector/query/codes.h"
#include "projector/query/codings.h"
#include "projector/query/counts.h"
#include "projector/query/history.h"
#include "projector/query/members.h"
#include "tests/engine/acts/making.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>

namespace qualog::test {

namespace {

using Coders = std::map<ItemId, std::uint64_t>;

struct Merging : World {
  Person bo = join("bo"), bo2 = join("bo2"), cy = join("cy");
  ItemId code = a_code("absence");
  ItemId text = a_source("interview 1", "There was nobody at the gym today.");
  ItemId first = new_item(), twin = new_item(), other = new_item(), cys = new_item();

  // bo and bo2 code one passage alike; bo2 and cy each another.
  void all_code() {
    did(bo, coded(first, code, text, 0, 5));
    did(bo2, coded(twin, code, text, 0, 5));
    did(bo2, coded(other, code, text, 6, 9));
    did(cy, coded(cys, code, text, 0, 5));
  }
  Action merged(const Person& from, const Person& into) {
    return said("user.profile_merged",
                {{"from", word(from.profile())}, {"into", word(into.profile())}});
  }
  Action split(const Person& person) {
    return said("user.profile_split", {{"profile", word(person.profile())}});
  }
  std::vector<ItemId> by(const Person& coder) {
    std::vector<ItemId> found;
    for (const auto& coding : projector::codings(state(), {.coder = coder.profile()}))
      found.push_back(coding.id);
    return found;
  }
  Coders coders() { return projector::codes(state()).front().coders; }
  std::uint64_t counted() { return projector::counts(state()).codings; }
  std::vector<std::string> accounts() {
    std::vector<std::string> all;
    for (const auto& user : projector::users(state())) all.push_back(user.principal);
    return all;
  }
};

using Ids = std::vector<ItemId>;
using Accounts = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(merged_profiles, Merging)

BOOST_AUTO_TEST_CASE(UT_6_counts_of_both_add_up_and_equal_codings_are_one) {
  all_code();
  BOOST_TEST((coders() == Coders{{bo.profile(), 1}, {bo2.profile(), 2}, {cy.profile(), 1}}));
  BOOST_TEST(counted() == 4u);
  did(ann, merged(bo2, bo));
  BOOST_TEST((coders() == Coders{{bo.profile(), 2}, {cy.profile(), 1}}));
  BOOST_TEST(projector::codes(state()).front().codings == 3u);
  BOOST_TEST(counted() == 3u);
  BOOST_TEST(projector::codings(state()).size() == 3u);
  BOOST_TEST((replayed() == digests()));
}

BOOST_AUTO_TEST_CASE(UT_6_whoever_asks_for_either_gets_the_work_of_both) {
  all_code();
  did(ann, merged(bo2, bo));
  for (const auto& person : {bo, bo2}) BOOST_TEST((by(person) == Ids{first, other}));
  for (const auto& coding : projector::codings(state(), {.coder = bo.profile()}))
    BOOST_TEST(coding.coder.text() == "bo");
  BOOST_TEST((by(cy) == Ids{cys}));
}

// `codes`, `cases` and `relationships` count by one rule.
BOOST_AUTO_TEST_CASE(UT_6_equal_codings_are_one_on_cases_and_relationships_too) {
  const ItemId kari = made(*this, "code.created", {{"name", "Kari"}, {"kind", "case"}});
  const ItemId ola = made(*this, "code.created", {{"name", "Ola"}, {"kind", "case"}});
  const ItemId know =
      made(*this, "relationship.created", {{"from", word(kari)}, {"to", word(ola)}});
  const auto on_each = [&] {
    return std::array{projector::cases(state()).front().codings,
                      projector::relationships(state()).front().codings};
  };
  for (const auto& on : {kari, know})
    for (const auto& coder : {bo, bo2}) did(coder, coded(new_item(), on, text, 0, 5));
  BOOST_TEST((on_each() == std::array<std::uint64_t, 2>{2, 2}));
  did(ann, merged(bo2, bo));
  BOOST_TEST((on_each() == std::array<std::uint64_t, 2>{1, 1}));
  for (const auto& on : {kari, know})
    BOOST_TEST(projector::codings(state(), {.code = on}).size() == 1u);
  did(ann, split(bo2));
  BOOST_TEST((on_each() == std::array<std::uint64_t, 2>{2, 2}));
}

// What the log has stays; who is read as whom is another matter.
BOOST_AUTO_TEST_CASE(UT_6_IDEA_14_events_keep_who_acted) {
  all_code();
  did(ann, merged(bo2, bo));
  BOOST_TEST(projector::item_history(state(), other).front().by.text() == "bo2");
  BOOST_TEST(projector::authorship(state(), other)->created_by.text() == "bo");
  const auto listed = projector::codings(state(), {.coder = bo.profile()});
  BOOST_TEST((listed.back().coded_as == bo2.profile()));
}

BOOST_AUTO_TEST_CASE(UT_6_the_first_of_two_equal_codings_stands_for_both) {
  did(bo2, coded(twin, code, text, 0, 5));
  did(bo, coded(first, code, text, 0, 5));
  did(ann, merged(bo2, bo));
  BOOST_TEST((by(bo) == Ids{twin}));
  did(ann, uncoded({twin}));
  BOOST_TEST((by(bo) == Ids{first}));
}

BOOST_AUTO_TEST_CASE(UT_6_X_08_what_was_said_of_equal_codings_is_all_listed_and_counted_once) {
  const auto note = [&](const ItemId& coding, int weight, const char* comment) {
    return said("coding.weight_or_comment_set",
                {{"coding", word(coding)}, {"weight", weight}, {"comment", comment}});
  };
  const auto listed = [&] {
    std::map<ItemId, std::string> comments;
    for (const auto& coding : projector::codings(
             state(), {.coder = bo.profile(), .with_text = false, .with_all_notes = true}))
      comments[coding.id] = coding.comment.plain;
    return comments;
  };
  using Comments = std::map<ItemId, std::string>;
  did(bo, coded(first, code, text, 0, 5));
  did(bo2, coded(twin, code, text, 0, 5));
  did(bo2, note(twin, 3, "clear"));
  did(ann, merged(bo2, bo));
  BOOST_TEST((listed() == Comments{{first, ""}, {twin, "clear"}}));
  did(bo, note(first, 2, "clear"));  // of another weight
  BOOST_TEST((listed() == Comments{{first, "clear"}, {twin, "clear"}}));
  BOOST_TEST((by(bo) == Ids{first}));
  BOOST_TEST((coders() == Coders{{bo.profile(), 1}}));
  BOOST_TEST(counted() == 1u);
  did(bo, note(first, 3, "clear"));
  BOOST_TEST((listed() == Comments{{first, "clear"}}));
}

BOOST_AUTO_TEST_CASE(UT_6_codings_that_differ_in_code_place_or_source_stay_apart) {
  const auto child = a_code("leaving", code);
  const auto memo = a_source("interview 2", "There was somebody.");
  did(bo, coded(first, code, text, 0, 5));
  did(bo2, coded(new_item(), child, text, 0, 5));
  did(bo2, coded(new_item(), code, text, 0, 6));
  did(bo2, coded(new_item(), code, text));
  did(bo2, coded(new_item(), code, memo, 0, 5));
  did(ann, merged(bo2, bo));
  BOOST_TEST(by(bo).size() == 5u);
  BOOST_TEST(counted() == 5u);
}

BOOST_AUTO_TEST_CASE(UT_6_X_08_a_split_or_an_undo_makes_them_two_again) {
  all_code();
  const auto coded_before = coders();
  const auto users_before = accounts();
  const auto before = digests().content;
  const auto merge = did(ann, merged(bo2, bo));
  did(ann, undone(merge));
  BOOST_TEST((coders() == coded_before));
  BOOST_TEST((digests().content == before));
  did(ann, merged(bo2, bo));
  did(ann, split(bo2));
  BOOST_TEST((coders() == coded_before));
  BOOST_TEST((accounts() == users_before));
  BOOST_TEST((by(bo2) == Ids{twin, other}));
  BOOST_TEST(result(does(ann, split(bo2))) == "noop");
}

BOOST_AUTO_TEST_CASE(UT_6_coding_again_under_the_other_account_changes_nothing) {
  all_code();
  BOOST_TEST(result(does(bo, coded(new_item(), code, text, 6, 9))) == "accepted");
  did(ann, merged(bo2, bo));
  did(cy, coded(new_item(), code, text, 10, 16));
  did(bo, coded(new_item(), code, text, 10, 16));
  BOOST_TEST(result(does(bo2, coded(new_item(), code, text, 10, 16))) == "noop");
}

BOOST_AUTO_TEST_CASE(UT_6_a_person_takes_off_what_they_coded_under_either_account) {
  all_code();
  did(ann, merged(bo2, bo));
  did(bo, uncoded_range(code, text, 0, 34));
  BOOST_TEST(!alive(first));
  BOOST_TEST(!alive(twin));
  BOOST_TEST(!alive(other));
  BOOST_TEST(alive(cys));
}

BOOST_AUTO_TEST_CASE(UT_6_the_list_of_users_has_one_line_a_person_and_every_member) {
  all_code();
  did(ann, merged(bo2, bo));
  BOOST_TEST((accounts() == Accounts{"ann", "bo", "bo2", "cy"}));
  for (const auto& user : projector::users(state()))
    if (user.principal == "bo2") BOOST_TEST((user.profile == bo.profile()));
  did(ann, member_removed("bo2"));
  BOOST_TEST((accounts() == Accounts{"ann", "bo", "cy"}));
  BOOST_TEST(projector::is_known(state(), "bo2"));
  BOOST_TEST(!projector::is_known(state(), "nobody"));
}

BOOST_AUTO_TEST_CASE(UT_6_who_worked_only_under_the_other_account_has_contributed) {
  did(bo2, coded(other, code, text, 6, 9));
  did(bo, code_described(code, "by bo"));
  did(ann, {merged(bo2, bo), member_removed("bo2"), member_removed("bo")});
  const auto users = projector::users(state());
  const auto found = std::find_if(users.begin(), users.end(),
                                  [](const auto& user) { return user.principal == "bo"; });
  BOOST_REQUIRE((found != users.end()));
  BOOST_TEST(found->contributed);
  BOOST_TEST(!found->has_access);
}

BOOST_AUTO_TEST_CASE(UT_6_merges_go_on_from_one_to_the_next_and_never_round) {
  all_code();
  did(ann, merged(bo2, bo));
  BOOST_TEST(result(does(ann, merged(bo, bo2))) == "MERGED");
  BOOST_TEST(result(does(ann, merged(cy, bo2))) == "MERGED");
  BOOST_TEST(result(does(ann, merged(cy, cy))) == "CYCLE");
  did(ann, merged(bo, cy));
  BOOST_TEST((coders() == Coders{{cy.profile(), 2}}));
  BOOST_TEST((by(cy) == Ids{first, other}));
}

BOOST_AUTO_TEST_CASE(UT_6_only_owners_merge_and_only_what_they_have_seen) {
  all_code();
  BOOST_TEST(result(does(bo, merged(bo2, bo))) == "DENIED");
  const auto look = head();
  did(bo2, profile_named(bo2.profile(), "Bo the other"));
  BOOST_TEST(result(does(ann.seeing(look), merged(bo2, bo))) == "STALE");
  BOOST_TEST(result(does(ann, merged(bo2, bo))) == "accepted");
}

BOOST_AUTO_TEST_CASE(UT_6_an_imported_coder_becomes_the_account_of_who_it_was) {
  const auto imported = new_item();
  sends(ann, command(ann, {profile_created(imported, "", fb::ProfileKind::Imported)}), true);
  did(bo, code_described(code, "by bo"));
  did(ann, said("user.profile_merged", {{"from", word(imported)}, {"into", word(bo.profile())}}));
  BOOST_TEST((accounts() == Accounts{"ann", "bo", "bo2", "cy"}));
  BOOST_TEST(projector::person(state(), imported).text() == "bo");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
