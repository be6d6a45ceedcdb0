// SPDX-License-Identifier: Apache-2.0
// The exclusive session: who may open it, whom it stops, how it ends, and that in it undo reaches
// its first event.
// Rows: EX-1, EX-2, EX-3, EX-4, EX-5, PM-7.
#include "schema/codec.h"
#include "tests/engine/world.h"

#include <boost/test/unit_test.hpp>

#include <utility>

namespace qualog::test {

namespace {

struct Exclusive : World {
  Person owner = join("owner", fb::Group::Owner);
  Person contributor = join("contributor", fb::Group::Contributor);
  Person reader = join("reader", fb::Group::Reader);
  Person guest = person_called("guest");
  ItemId source = a_source("interview 1", "There was nobody at the gym today.");

  Action taken(bool drain) { return said("exclusive.acquired", {{"drain", drain}}); }
  Action released() { return said("exclusive.released", {}); }
  // Nobody but ann has been there for a while.
  void everybody_leaves() { clock().pass(2 * static_cast<std::uint64_t>(lease_timeout_us)); }

  Actions sources(int count, std::size_t bytes) {
    Actions actions;
    for (int n = 0; n < count; ++n) {
      const auto id = new_item();
      actions.push_back(source_created(id, id.text(), std::string(bytes, 'x')));
    }
    return actions;
  }
};

// With how many settled records the end of the session comes; 0: it does not.
std::size_t settled_with_end(const std::vector<log::Batch>& records) {
  std::size_t settled = 0;
  for (const auto& record : records) {
    settled += record.more ? 0 : 1;
    for (const auto& event : record.events)
      if ((*event_view(event))->action_type() == fb::Action::ExclusiveBroken)
        return record.more ? settled + 1 : settled;
  }
  return 0;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(exclusive, Exclusive)

BOOST_AUTO_TEST_CASE(EX_1_only_an_owner_opens_it) {
  for (const auto& person : {contributor, reader})
    BOOST_TEST(result(does(person, taken(true))) == "DENIED");
  BOOST_TEST(result(does(guest, taken(true))) == "GUEST_READONLY");
  BOOST_TEST(result(does(owner, taken(true))) == "accepted");
  BOOST_TEST(result(does(owner, taken(true))) == "noop");
}

BOOST_AUTO_TEST_CASE(EX_1_while_others_are_at_work_it_is_refused_and_says_who) {
  did(contributor, code_created(new_item(), "one"));
  const auto answer = does(ann, taken(false));
  BOOST_TEST(result(answer) == "POLICY");
  BOOST_TEST(last_refusal().detail == "at work: contributor");
  everybody_leaves();
  BOOST_TEST(result(does(ann, taken(false))) == "accepted");
}

// Another session of one's own may be in edit mode, with words that nobody has seen yet.
BOOST_AUTO_TEST_CASE(EX_1_a_session_of_ones_own_is_another_session_too) {
  const auto other = ann.in_session(9);
  did(other, lease_acquired(source));
  BOOST_TEST(result(does(ann, taken(false))) == "POLICY");
  BOOST_TEST(last_refusal().detail == "at work: ann");
  did(ann, taken(true));
  BOOST_TEST(result(does(other, lease_acquired(source))) == "LOCKED_EXCLUSIVE");
}

BOOST_AUTO_TEST_CASE(EX_5_one_that_is_over_is_not_broken_again) {
  const auto first = did(owner, taken(true));
  did(owner, released());
  did(ann, taken(true));
  BOOST_TEST(result(does(owner, said("exclusive.broken", {{"token", first.value}}))) == "noop");
  BOOST_TEST(result(does(owner, code_created(new_item(), "x"))) == "LOCKED_EXCLUSIVE");
}

BOOST_AUTO_TEST_CASE(EX_1_draining_ends_the_edit_modes_of_others_for_good) {
  const auto token = did(contributor, lease_acquired(source));
  did(ann, taken(true));
  BOOST_TEST(result(does(ann, source_renamed(source, "by ann"))) == "accepted");
  did(ann, lease_acquired(source));
  did(ann, lease_released(
               source, Sequence{value<projector::Lease>(source, projector::Facet::Lease).token}));
  did(ann, released());
  const auto late = text_edited(source, token, version_of(source), {{0, 5, "Here"}});
  BOOST_TEST(result(does(contributor, late)) == "NEED_EDIT_LEASE");
}

BOOST_AUTO_TEST_CASE(EX_2_everybody_else_is_stopped_whatever_their_role) {
  did(ann, taken(true));
  for (const auto& person : {owner, contributor, ann.in_session(9)}) {
    BOOST_TEST(result(does(person, code_created(new_item(), "one"))) == "LOCKED_EXCLUSIVE");
    BOOST_TEST(result(does(person, taken(true))) ==
               (person.principal == "contributor" ? "DENIED" : "LOCKED_EXCLUSIVE"));
  }
  BOOST_TEST(result(does(reader, code_created(new_item(), "one"))) == "DENIED");
  BOOST_TEST(result(does(ann, code_created(new_item(), "one"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(EX_1_EM_6_a_later_exclusive_session_is_no_way_back_into_an_edit_mode) {
  const auto map = new_item();
  did(ann, said("map.created", {{"id", map.text()}, {"name", "a map"}}));
  const auto token = did(owner, said("lease.acquired", {{"item", map.text()}}));
  did(ann, taken(true));
  did(ann, released());
  did(owner, taken(true));
  const auto edit = said("map.edited", {{"map", map.text()}, {"token", token.value}});
  BOOST_TEST(result(does(owner, edit)) == "NEED_EDIT_LEASE");
  const auto again = did(owner, said("lease.acquired", {{"item", map.text()}}));
  BOOST_TEST(result(does(owner, said("map.edited", {{"map", map.text()},
                                                    {"token", again.value},
                                                    {"definition", "{}"}}))) == "accepted");
}

BOOST_AUTO_TEST_CASE(EX_5_who_breaks_one_ends_what_its_holder_edited_before_it) {
  const auto map = new_item();
  did(ann, said("map.created", {{"id", map.text()}, {"name", "a map"}}));
  const auto token = did(owner, said("lease.acquired", {{"item", map.text()}}));
  const auto exclusive = did(owner, taken(true));
  did(ann, said("exclusive.broken", {{"token", exclusive.value}}));
  const auto edit = said("map.edited", {{"map", map.text()}, {"token", token.value}});
  BOOST_TEST(result(does(owner, edit)) == "NEED_EDIT_LEASE");
  did(ann, said("lease.acquired", {{"item", map.text()}}));
}

BOOST_AUTO_TEST_CASE(EX_3_PM_7_an_import_into_a_project_in_use_needs_it) {
  BOOST_TEST(result(does(contributor, import_started())) == "DENIED");
  BOOST_TEST(result(does(owner, import_started())) == "NEED_EXCLUSIVE");
  did(owner, taken(true));
  const auto folder = new_item();
  BOOST_TEST(result(does(owner, {import_started(), folder_created(folder, "imported")})) ==
             "accepted");
  BOOST_TEST(alive(folder));
  did(owner, released());
  BOOST_TEST(result(does(owner, import_started())) == "NEED_EXCLUSIVE");
}

BOOST_AUTO_TEST_CASE(EX_3_PM_7_an_import_needs_no_edit_mode_and_neither_does_its_undo) {
  const auto formatted =
      said("source.formatting_changed",
           {{"source", source.text()},
            {"ranges", boost::json::array{{{"begin", 0}, {"end", 5}, {"style", "bold"}}}}});
  const auto before = digests().content;
  did(owner, taken(true));
  BOOST_TEST(result(does(owner, formatted)) == "NEED_EDIT_LEASE");
  const auto last = did(owner, {import_started(), formatted});
  did(owner, released());
  const auto token = did(contributor, lease_acquired(source));
  BOOST_TEST(result(does(owner, undone(last))) == "LOCKED_EDIT");
  did(contributor, lease_released(source, token));
  const auto undo = did(owner, undone(last));
  BOOST_TEST((digests().content == before));
  did(owner, undone(undo));
  BOOST_TEST((digests().content != before));
}

BOOST_AUTO_TEST_CASE(EX_4_in_it_an_edit_is_undone_without_its_edit_mode) {
  const auto before = digests().content;
  did(ann, taken(true));
  const auto edit = [&] {
    const auto token = did(ann, lease_acquired(source));
    const auto last = did(ann, text_edited(source, token, version_of(source), {{0, 5, "Here"}}));
    did(ann, lease_released(source, token));
    return last;
  };
  did(ann, undone(edit()));
  BOOST_TEST((digests().content == before));
  const auto last = edit();
  did(ann, released());
  BOOST_TEST(result(does(ann, undone(last))) == "NEED_EDIT_LEASE");
}

BOOST_AUTO_TEST_CASE(EX_4_in_it_undo_takes_back_a_thousand_changes) {
  did(ann, taken(true));
  const auto before = digests().content;
  std::vector<Sequence> done;
  const auto code = new_item();
  done.push_back(did(ann, code_created(code, "code")));
  for (int n = 0; n < 999; ++n)
    done.push_back(did(ann, n % 2 == 0 ? code_renamed(code, "name " + std::to_string(n))
                                       : code_created(new_item(), "new " + std::to_string(n))));
  for (auto event = done.rbegin(); event != done.rend(); ++event) did(ann, undone(*event));
  BOOST_TEST((digests().content == before));
}

BOOST_AUTO_TEST_CASE(EX_5_it_ends_by_release_by_silence_and_by_an_owner_who_breaks_it) {
  did(ann, taken(true));
  did(ann, released());
  BOOST_TEST(result(does(owner, code_created(new_item(), "after release"))) == "accepted");

  did(ann, taken(true));
  everybody_leaves();
  BOOST_TEST(result(does(owner, code_created(new_item(), "after silence"))) == "accepted");
  // For good, and the log says so: who comes back does not shut the others out again.
  BOOST_TEST(bool(event(head())->action.AsExclusiveBroken()));
  BOOST_TEST(result(does(ann, code_created(new_item(), "ann is back"))) == "accepted");
  BOOST_TEST(result(does(owner, code_created(new_item(), "and owner goes on"))) == "accepted");

  did(ann, taken(true));
  BOOST_TEST(result(does(contributor, said("exclusive.broken", {}))) == "DENIED");
  did(owner, said("exclusive.broken", {}));
  BOOST_TEST(result(does(owner, code_created(new_item(), "after break"))) == "accepted");
  BOOST_TEST(result(does(ann, released())) == "noop");
}

// A crash leaves both or none: an act alone, a group in one record and in several, the first act of
// somebody who has no profile yet.
BOOST_AUTO_TEST_CASE(EX_5_an_act_after_silence_and_the_end_of_the_session_are_one) {
  const auto newcomer = join("newcomer");
  for (const auto& [count, bytes] : {std::pair{1, 10UL}, {3, 10UL}, {20, 50'000UL}}) {
    const auto who = count == 1 ? newcomer : owner;
    did(ann, taken(true));
    everybody_leaves();
    const auto acts = sources(count, bytes);
    BOOST_TEST(result(does(who, acts)) == "accepted");
    BOOST_TEST(settled_with_end(records()) == 1u, count << " acts");
    BOOST_TEST(
        value<projector::Exclusive>(projector::kProjectItem, projector::Facet::Exclusive).token ==
        0u);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
