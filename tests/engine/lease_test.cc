// SPDX-License-Identifier: Apache-2.0
// Method: one person holds the lease of a source, another tries everything that touches it, with a
// clock that moves only by hand (rows EM-1 .. EM-6, without heartbeats).
// Rows: EM-1, EM-2, EM-3, EM-4, EM-6.
#include "tests/engine/world.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

namespace {

struct EditMode : World {
  Person bo = join("bo");
  Person cy = join("cy");
  ItemId text = a_source("interview 1", "There was nobody at the gym today.");
  ItemId other = a_source("interview 2", "Nor was there anybody tomorrow.");
  ItemId code = a_code("absence");
  ItemId coding = new_item(), note = new_item();

  EditMode() {
    did(ann, coded(coding, code, text, 0, 5));
    did(ann, annotated(note, text, 6, 9, "as ann sees it"));
  }
  Sequence bo_edits() { return did(bo, lease_acquired(text)); }
  Action an_edit(Sequence token) {
    return text_edited(text, token, version_of(text), {{0, 5, "Here"}});
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(edit_mode, EditMode)

BOOST_AUTO_TEST_CASE(EM_1_second_lease_is_refused_and_names_the_holder) {
  const auto token = bo_edits();
  const auto lost = does(cy, lease_acquired(text));
  BOOST_TEST(result(lost) == "LOCKED_EDIT");
  BOOST_TEST(winner(lost).value == token.value);
  BOOST_TEST(lost.refusal->winner->actor == "bo");
  BOOST_TEST(lost.refusal->winner->time > 0);
}

BOOST_AUTO_TEST_CASE(EM_1_acquiring_twice_is_one_lease) {
  bo_edits();
  BOOST_TEST(result(does(bo, lease_acquired(text))) == "noop");
}

BOOST_AUTO_TEST_CASE(EM_1_another_session_of_the_holder_is_another) {
  bo_edits();
  BOOST_TEST(result(does(bo.in_session(9), lease_acquired(text))) == "LOCKED_EDIT");
}

BOOST_AUTO_TEST_CASE(EM_2_a_text_is_edited_only_with_the_lease_and_its_token) {
  BOOST_TEST(result(does(bo, an_edit(head()))) == "NEED_EDIT_LEASE");
  const auto token = bo_edits();
  BOOST_TEST(result(does(bo, an_edit(token.previous()))) == "NEED_EDIT_LEASE");
  BOOST_TEST(result(does(cy, an_edit(token))) == "NEED_EDIT_LEASE");
  BOOST_TEST(result(does(bo, an_edit(token))) == "accepted");
}

BOOST_AUTO_TEST_CASE(EM_3_readers_see_the_last_committed_content) {
  const auto token = bo_edits();
  BOOST_TEST(range_of(coding) == "[0,5)");
  did(bo, an_edit(token));
  BOOST_TEST(range_of(coding) == "[0,4)");
}

BOOST_AUTO_TEST_CASE(EM_4_others_cannot_touch_what_is_in_edit_mode) {
  const auto link = new_item(), from_coding = new_item(), memo = a_memo("a thought");
  did(ann, linked(link, code, text));
  did(ann, linked(from_coding, coding, code));
  did(ann, memo_linked(code, memo));
  bo_edits();
  const Actions refused = {
      coded(new_item(), code, text, 0, 5),
      uncoded({coding}),
      uncoded_range(code, text, 0, 9),
      coding_noted(coding, "why"),
      coding_moved(coding, a_code("presence")),
      coding_range_changed(coding, 0, 6),
      annotated(new_item(), text, 0, 5, "here"),
      annotation_changed(note, "cy has changed this"),
      annotation_deleted(note),
      linked(new_item(), text, code),
      linked(new_item(), code, text),
      linked(new_item(), coding, code),
      link_named(link, "see"),
      link_deleted(link),
      link_named(from_coding, "see"),
      link_deleted(from_coding),
      memo_linked(text, memo),
      source_deleted(text),
  };
  for (const auto& action : refused) BOOST_TEST(result(does(cy, action)) == "LOCKED_EDIT");
}

BOOST_AUTO_TEST_CASE(EM_4_other_sources_and_names_are_free) {
  bo_edits();
  BOOST_TEST(result(does(cy, coded(new_item(), code, other, 0, 5))) == "accepted");
  BOOST_TEST(result(does(cy, annotated(new_item(), other, 0, 5, "here"))) == "accepted");
  BOOST_TEST(result(does(cy, source_renamed(text, "interview one"))) == "accepted");
  BOOST_TEST(result(does(cy, lease_acquired(other))) == "accepted");
}

BOOST_AUTO_TEST_CASE(EM_4_the_holder_may_code_in_edit_mode) {
  bo_edits();
  BOOST_TEST(result(does(bo, coded(new_item(), code, text, 0, 5))) == "accepted");
  BOOST_TEST(result(does(bo, annotation_changed(note, "bo has"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(EM_4_a_memo_is_a_source_with_a_lease) {
  const auto memo = a_memo("a thought");
  const auto token = did(bo, lease_acquired(memo));
  BOOST_TEST(result(does(cy, lease_acquired(memo))) == "LOCKED_EDIT");
  BOOST_TEST(result(does(cy, memo_linked(code, memo))) == "LOCKED_EDIT");
  const auto edit = text_edited(memo, token, version_of(memo), {{0, 2, "how to"}});
  BOOST_TEST(result(does(cy, edit)) == "NEED_EDIT_LEASE");
  BOOST_TEST(result(does(bo, edit)) == "accepted");
}

BOOST_AUTO_TEST_CASE(EM_6_release_frees_and_its_token_is_dead) {
  const auto token = bo_edits();
  BOOST_TEST(result(does(cy, lease_released(text, token))) == "NEED_EDIT_LEASE");
  did(bo, lease_released(text, token));
  BOOST_TEST(result(does(bo, an_edit(token))) == "NEED_EDIT_LEASE");
  BOOST_TEST(result(does(bo, lease_released(text, token))) == "noop");
  BOOST_TEST(result(does(cy, lease_acquired(text))) == "accepted");
  BOOST_TEST(result(does(bo, an_edit(token))) == "NEED_EDIT_LEASE");
}

BOOST_AUTO_TEST_CASE(EM_6_a_silent_session_loses_its_lease_and_its_late_write) {
  const auto token = bo_edits();
  const auto edit = an_edit(token);
  clock().pass(static_cast<std::uint64_t>(lease_timeout_us) - 1000);
  BOOST_TEST(result(does(cy, lease_acquired(text))) == "LOCKED_EDIT");
  clock().pass(2000);
  BOOST_TEST(result(does(cy, lease_acquired(text))) == "accepted");
  BOOST_TEST(result(does(bo, edit)) == "NEED_EDIT_LEASE");
}

BOOST_AUTO_TEST_CASE(EM_6_every_command_of_the_holder_keeps_the_lease_refused_ones_too) {
  bo_edits();
  clock().pass(static_cast<std::uint64_t>(lease_timeout_us) - 1000);
  did(bo, coded(new_item(), code, other, 0, 5));
  clock().pass(static_cast<std::uint64_t>(lease_timeout_us) - 1000);
  BOOST_TEST(result(does(bo, code_renamed(new_item(), "nothing"))) == "BAD_REF");
  clock().pass(static_cast<std::uint64_t>(lease_timeout_us) - 1000);
  BOOST_TEST(result(does(cy, lease_acquired(text))) == "LOCKED_EDIT");
}

BOOST_AUTO_TEST_CASE(EM_6_what_an_intruder_says_in_the_holders_session_keeps_no_lease) {
  bo_edits();
  clock().pass(static_cast<std::uint64_t>(lease_timeout_us) - 1000);
  auto intruder = cy;
  intruder.session = bo.session;
  BOOST_TEST(result(does(intruder, lease_acquired(other))) == "DENIED");
  clock().pass(2000);
  BOOST_TEST(result(does(cy, lease_acquired(text))) == "accepted");
}

BOOST_AUTO_TEST_CASE(EM_6_a_late_write_is_good_while_nobody_else_came) {
  const auto token = bo_edits();
  clock().pass(3 * static_cast<std::uint64_t>(lease_timeout_us));
  BOOST_TEST(result(does(bo, an_edit(token))) == "accepted");
}

BOOST_AUTO_TEST_CASE(EM_6_a_lease_that_is_over_is_not_broken_again) {
  const auto first = bo_edits();
  const auto broken = [&](Sequence token) {
    return said("lease.broken", {{"item", text.text()}, {"token", token.value}});
  };
  BOOST_TEST(result(does(ann, broken(first))) == "accepted");
  const auto second = did(cy, lease_acquired(text));
  BOOST_TEST(result(does(ann, broken(first))) == "noop");
  BOOST_TEST(result(does(cy, an_edit(second))) == "accepted");
  BOOST_TEST(result(does(ann, broken(second))) == "accepted");
}

BOOST_AUTO_TEST_CASE(EM_6_only_an_owner_breaks_a_lease) {
  const auto token = bo_edits();
  BOOST_TEST(result(does(cy, lease_broken(text))) == "DENIED");
  BOOST_TEST(result(does(ann, lease_broken(text))) == "accepted");
  BOOST_TEST(result(does(bo, an_edit(token))) == "NEED_EDIT_LEASE");
  BOOST_TEST(result(does(ann, lease_broken(text))) == "noop");
  BOOST_TEST(result(does(cy, lease_acquired(text))) == "accepted");
}

BOOST_AUTO_TEST_CASE(EM_6_each_end_is_an_event_and_tokens_rise) {
  auto token = bo_edits();
  for (int n = 0; n < 3; ++n) {
    did(bo, lease_released(text, token));
    const auto next = did(bo, lease_acquired(text));
    BOOST_TEST(next.value > token.value);
    token = next;
  }
}

BOOST_AUTO_TEST_CASE(a_deleted_source_gives_its_lease_up) {
  const auto token = bo_edits();
  did(bo, source_deleted(text));
  BOOST_TEST(result(does(cy, lease_acquired(text))) == "GONE");
  BOOST_TEST(result(does(bo, lease_released(text, token))) == "accepted");
}

BOOST_AUTO_TEST_CASE(undo_needs_the_lease_that_the_undone_act_needed) {
  const auto token = bo_edits();
  const auto edit = did(bo, an_edit(token));
  const auto rename = did(cy, source_renamed(text, "interview one"));
  BOOST_TEST(result(does(cy, undone(rename))) == "accepted");
  BOOST_TEST(result(does(cy, undone(edit))) == "NEED_EDIT_LEASE");
  const auto mine = did(bo, coded(new_item(), code, text, 0, 3));
  BOOST_TEST(result(does(cy, undone(mine))) == "LOCKED_EDIT");
  did(bo, lease_released(text, token));
  BOOST_TEST(result(does(bo, undone(edit))) == "NEED_EDIT_LEASE");
  BOOST_TEST(result(does(cy, undone(mine))) == "accepted");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
