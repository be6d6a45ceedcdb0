// SPDX-License-Identifier: Apache-2.0
// Members that are groups: whom the server's directory has in one is a member through it, for as
// long as the directory says so; of several ways in the strongest counts.
// Rows: PG-12, PG-13, PG-14, PG-15, PG-18, UT-2.
#include "projector/query/members.h"
#include "tests/engine/acts/making.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

namespace {

struct Groups : World {
  void joins(const char* group, const char* as) {
    did(ann, said("member.added", {{"principal", group}, {"group", as}, {"kind", "group"}}));
  }
  Person in(std::string_view principal, std::vector<std::string> groups) {
    auto person = person_called(principal);
    person.groups = std::move(groups);
    return person;
  }
  std::string codes(const Person& person) {
    return result(does(person, code_created(new_item(), "code " + new_item().text())));
  }
  // "contributor via dept, reader": the ways in, in words.
  std::string ways(const Person& person) {
    std::string all;
    for (const auto& way : projector::memberships(state(), person.principal, person.groups)) {
      all += (all.empty() ? "" : ", ") + std::string(fb::EnumNameGroup(fb::Group(way.group)));
      if (!way.via.empty()) all += " via " + way.via;
    }
    return all;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(groups, Groups)

BOOST_AUTO_TEST_CASE(PG_12_an_account_is_let_in_by_itself) {
  const auto bo = in("bo", {});
  BOOST_TEST(codes(bo) == "GUEST_READONLY");
  join("bo");
  BOOST_TEST(codes(bo) == "accepted");
}

BOOST_AUTO_TEST_CASE(PG_13_everybody_in_a_group_is_let_in_and_the_group_is_listed_once) {
  joins("DEPT", "contributor");
  for (int n = 0; n < 50; ++n)
    BOOST_TEST(codes(in("person " + std::to_string(n), {"DEPT"})) == "accepted");
  BOOST_TEST(codes(in("stranger", {"OTHER"})) == "GUEST_READONLY");
  const auto members = projector::members(state());
  BOOST_REQUIRE(members.size() == 2u);
  BOOST_TEST(members[0].principal == "DEPT");
  BOOST_TEST(members[1].principal == "ann");
}

BOOST_AUTO_TEST_CASE(PG_13_the_work_is_of_the_person_and_not_of_the_group) {
  joins("DEPT", "contributor");
  const auto made = did(in("bo", {"DEPT"}), code_created(new_item(), "one"));
  BOOST_TEST(event(made)->actor == "bo");
}

BOOST_AUTO_TEST_CASE(PG_14_what_the_directory_says_counts_from_the_next_command) {
  joins("DEPT", "contributor");
  const auto before = head();
  BOOST_TEST(codes(in("bo", {})) == "GUEST_READONLY");
  BOOST_TEST(head().value == before.value);
  BOOST_TEST(codes(in("bo", {"DEPT"})) == "accepted");
  BOOST_TEST(codes(in("bo", {})) == "GUEST_READONLY");
}

BOOST_AUTO_TEST_CASE(PG_15_of_several_ways_in_the_strongest_counts) {
  join("bo", fb::Group::Reader);
  joins("DEPT", "contributor");
  joins("BOARD", "owner");
  BOOST_TEST(codes(in("bo", {})) == "DENIED");
  BOOST_TEST(codes(in("bo", {"DEPT"})) == "accepted");
  BOOST_TEST(result(does(in("bo", {"DEPT"}), guest_access(false))) == "DENIED");
  BOOST_TEST(result(does(in("bo", {"DEPT", "BOARD"}), guest_access(false))) == "accepted");
  joins("VISITORS", "reader");
  BOOST_TEST(codes(in("ann", {"VISITORS"})) == "accepted");
}

BOOST_AUTO_TEST_CASE(PG_18_without_the_group_its_members_are_out_unless_another_way_is_left) {
  joins("DEPT", "contributor");
  join("cy");
  did(ann, member_removed("DEPT"));
  BOOST_TEST(codes(in("bo", {"DEPT"})) == "GUEST_READONLY");
  BOOST_TEST(codes(in("cy", {"DEPT"})) == "accepted");
}

BOOST_AUTO_TEST_CASE(UT_2_the_ways_in_are_told_with_the_group_that_they_go_through) {
  joins("DEPT", "contributor");
  joins("BOARD", "owner");
  join("bo", fb::Group::Reader);
  BOOST_TEST(ways(in("bo", {"DEPT", "ELSEWHERE"})) == "Reader, Contributor via DEPT");
  BOOST_TEST(ways(in("cy", {"BOARD", "DEPT"})) == "Owner via BOARD, Contributor via DEPT");
  BOOST_TEST(ways(in("dee", {"ELSEWHERE"})) == "");
  did(ann, member_removed("DEPT"));
  BOOST_TEST(ways(in("bo", {"DEPT"})) == "Reader");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
