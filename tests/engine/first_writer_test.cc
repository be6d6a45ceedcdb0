// SPDX-License-Identifier: Apache-2.0
// Method: two people act on one thing from the same look at it; the answers must be those of the
// rows CC-*, CF-*, X-14 and of the conflict rule: the first writer wins, additions never collide,
// nobody deletes what they have not seen.
// Rows: CC-2, CF-1, CF-2, CF-3, CF-4, X-14.
#include "tests/engine/world.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

namespace {

struct Two : World {
  Person bo = join("bo");
  Person cy = join("cy");
  ItemId text = a_source("interview 1", "There was nobody at the gym today.");
  ItemId code = a_code("absence");
  ItemId note = annotation();

  ItemId annotation() {
    const auto id = new_item();
    did(ann, annotated(id, text, 6, 9, "as ann sees it"));
    return id;
  }
  ItemId coding_by(const Person& coder, std::uint32_t begin, std::uint32_t end) {
    const auto id = new_item();
    did(coder, coded(id, code, text, begin, end));
    return id;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(first_writer, Two)

BOOST_AUTO_TEST_CASE(CC_2_two_people_code_the_same_passage_at_the_same_time) {
  const auto look = head();
  const auto first = new_item(), second = new_item();
  BOOST_TEST(result(does(bo.seeing(look), coded(first, code, text, 0, 5))) == "accepted");
  BOOST_TEST(result(does(cy.seeing(look), coded(second, code, text, 0, 5))) == "accepted");
  BOOST_TEST(alive(first));
  BOOST_TEST(alive(second));
  const auto coder = [&](const ItemId& id) {
    return value<projector::Place>(id, projector::Facet::Place).coder;
  };
  BOOST_TEST((coder(first) == bo.profile()));
  BOOST_TEST((coder(second) == cy.profile()));
}

BOOST_AUTO_TEST_CASE(CC_2_annotating_and_linking_at_the_same_time_never_collides) {
  const auto look = head();
  for (const auto& person : {bo.seeing(look), cy.seeing(look)}) {
    BOOST_TEST(result(does(person, annotated(new_item(), text, 0, 5, "here"))) == "accepted");
    BOOST_TEST(result(does(person, linked(new_item(), text, code))) == "accepted");
  }
}

BOOST_AUTO_TEST_CASE(CF_1_what_creates_needs_no_look_at_the_newest) {
  const auto look = Sequence{1};
  BOOST_TEST(result(does(bo.seeing(look), coded(new_item(), code, text, 0, 5))) == "accepted");
  BOOST_TEST(result(does(bo.seeing(look), code_created(new_item(), "joy"))) == "accepted");
  BOOST_TEST(result(does_blindly(bo, {coded(new_item(), code, text, 1, 5)})) == "accepted");
}

BOOST_AUTO_TEST_CASE(CF_2_second_edit_of_an_annotation_is_stale) {
  const auto look = head();
  const auto first = did(bo.seeing(look), annotation_changed(note, "bo was first"));
  const auto lost = does(cy.seeing(look), annotation_changed(note, "cy was second"));
  BOOST_TEST(result(lost) == "STALE");
  BOOST_TEST(facets(lost) == "annotation.text");
  BOOST_TEST(winner(lost).value == first.value);
  BOOST_TEST(lost.refusal->winner->actor == "bo");
  BOOST_TEST(lost.refusal->winner->action == "annotation.text_changed");
}

BOOST_AUTO_TEST_CASE(CF_3_the_loser_gets_the_latest_and_keeps_base_and_own_words) {
  const auto look = head();
  did(bo.seeing(look), annotation_changed(note, "bo was first"));
  const auto lost = does(cy.seeing(look), annotation_changed(note, "cy was second"));
  BOOST_REQUIRE(result(lost) == "STALE");
  BOOST_TEST(value<projector::TextValue>(note, projector::Facet::Text).text.plain ==
             "bo was first");
  BOOST_REQUIRE(lost.refusal->latest.size() == 1);
  BOOST_TEST(lost.refusal->latest[0]->value->plain.find("bo was first") != std::string::npos);
  BOOST_TEST(lost.refusal->latest[0]->value->plain.find("cy was") == std::string::npos);
  const auto entry = last_refusal();
  BOOST_TEST(entry.author == "cy");
  BOOST_REQUIRE(entry.base.size() == 1);
  BOOST_TEST(entry.base[0].value->plain.find("as ann sees it") != std::string::npos);
  BOOST_TEST(entry.draft()->find("cy was second") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(CF_3_the_base_is_what_was_there_at_seen_however_often_it_changed_since) {
  did(bo, annotation_changed(note, "the base"));
  const auto look = head();
  for (const auto* words : {"one", "two", "three"}) did(bo, annotation_changed(note, words));
  BOOST_REQUIRE(result(does(cy.seeing(look), annotation_changed(note, "late"))) == "STALE");
  const auto entry = last_refusal();
  BOOST_TEST(entry.base[0].value->plain.find("the base") != std::string::npos);
  BOOST_TEST(entry.latest[0].value->plain.find("three") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(X_14_the_same_change_on_the_latest_state_succeeds) {
  const auto look = head();
  did(bo.seeing(look), annotation_changed(note, "bo was first"));
  const auto lost = does(cy.seeing(look), annotation_changed(note, "cy was second"));
  const auto again = Sequence{lost.refusal->latest.at(0)->version};
  BOOST_TEST(result(does(cy.seeing(again), annotation_changed(note, "cy too"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(CF_4_project_properties_are_one_facet) {
  did(ann, member_moved("bo", fb::Group::Owner));
  const auto look = head();
  did(ann.seeing(look), project_titled("Gym in spring"));
  const auto lost = does(bo.seeing(look), project_described("about a gym"));
  BOOST_TEST(result(lost) == "STALE");
  BOOST_TEST(lost.refusal->facets.at(0) == "project.props");
  const auto props = value<projector::Props>(projector::kProjectItem, projector::Facet::Props);
  BOOST_TEST(props.name.plain == "Gym in spring");
  BOOST_TEST(props.description.plain == "");
}

BOOST_AUTO_TEST_CASE(CF_4_different_facets_of_one_item_do_not_collide) {
  const auto parent = a_code("parent");
  const auto look = head();
  did(bo.seeing(look), code_renamed(code, "being away"));
  BOOST_TEST(result(does(cy.seeing(look), code_moved(code, parent))) == "accepted");
}

BOOST_AUTO_TEST_CASE(own_queued_edits_do_not_collide_and_hide_nobody_elses) {
  const auto look = head();
  did(bo.seeing(look), code_renamed(code, "one"));
  did(bo.seeing(look), code_renamed(code, "two"));
  const auto lost = does(cy.seeing(look), code_renamed(code, "three"));
  BOOST_TEST(result(lost) == "STALE");
  did(cy, code_renamed(code, "three"));
  did(cy, code_renamed(code, "four"));
  BOOST_TEST(result(does(bo.seeing(look), code_renamed(code, "five"))) == "STALE");
}

BOOST_AUTO_TEST_CASE(own_edit_after_a_foreign_one_does_not_hide_it_from_an_older_look) {
  const auto look = head();
  did(cy, code_renamed(code, "by cy"));
  did(bo, code_renamed(code, "by bo, who saw it"));
  BOOST_TEST(result(does(bo.seeing(look), code_renamed(code, "queued before"))) == "STALE");
}

BOOST_AUTO_TEST_CASE(two_sessions_of_one_person_are_two) {
  const auto look = head();
  did(bo.seeing(look), code_renamed(code, "at the desk"));
  const auto lost = does(bo.in_session(9).seeing(look), code_renamed(code, "on the train"));
  BOOST_TEST(result(lost) == "STALE");
}

BOOST_AUTO_TEST_CASE(a_write_under_VER_needs_seen) {
  const auto answer = does_blindly(bo, {code_renamed(code, "blind")});
  BOOST_TEST(result(answer) == "INVALID");
}

BOOST_AUTO_TEST_CASE(latest_is_resolved_when_it_is_decided) {
  const auto look = head();
  did(cy, code_renamed(code, "by cy"));
  BOOST_TEST(result(does(bo.seeing(look), code_renamed(code, "by bo"))) == "STALE");
  const auto newest = bo.seeing(Sequence{engine::kLatest});
  BOOST_TEST(result(does(newest, code_renamed(code, "by bo"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(later_writers_to_what_is_gone_are_told_who_deleted_it) {
  const auto look = head();
  const auto deletion = did(bo, code_deleted(code));
  const auto lost = does(cy.seeing(look), code_renamed(code, "still here"));
  BOOST_TEST(result(lost) == "GONE");
  BOOST_TEST(winner(lost).value == deletion.value);
}

BOOST_AUTO_TEST_CASE(CF_2_the_winner_is_never_the_loser_themself) {
  const auto look = head();
  const auto theirs = did(bo, annotation_changed(note, "bo was first"));
  did(cy, annotation_changed(note, "cy has seen it"));
  const auto lost = does(cy.seeing(look), annotation_changed(note, "cy, from an older look"));
  BOOST_TEST(result(lost) == "STALE");
  BOOST_TEST(winner(lost).value == theirs.value);
}

BOOST_AUTO_TEST_CASE(what_is_gone_with_its_code_names_the_deletion_as_winner) {
  const auto child = a_code("child", code);
  const auto coding = new_item();
  did(cy, coded(coding, child, text, 0, 5));
  const auto deletion = did(bo, code_deleted(code));
  for (const auto& action :
       {code_renamed(child, "still here"), coding_noted(coding, "still here")}) {
    const auto lost = does(cy, action);
    BOOST_TEST(result(lost) == "GONE");
    BOOST_TEST(winner(lost).value == deletion.value);
  }
}

BOOST_AUTO_TEST_CASE(later_writers_to_a_merged_code_are_told_the_target) {
  const auto target = a_code("target"), last = a_code("last");
  did(bo, code_merged({code}, target));
  did(bo, code_merged({target}, last));
  const auto lost = does(cy, coded(new_item(), code, text, 0, 5));
  BOOST_TEST(result(lost) == "MERGED");
  BOOST_TEST((lost.refusal->target == last));
}

// ---- nobody deletes what they have not seen -----------------------------------------------------

BOOST_AUTO_TEST_CASE(deleting_a_code_with_an_unseen_coding_is_stale) {
  const auto look = head();
  const auto coding = coding_by(cy, 0, 5);
  const auto lost = does(bo.seeing(look), code_deleted(code));
  BOOST_TEST(result(lost) == "STALE");
  BOOST_TEST(facets(lost) == "code.below");
  BOOST_TEST(alive(coding));
  BOOST_TEST(result(does(bo, code_deleted(code))) == "accepted");
  BOOST_TEST(!alive(coding));
}

BOOST_AUTO_TEST_CASE(deleting_with_unseen_work_of_any_kind_is_stale) {
  const auto child = a_code("child", code);
  const auto coding = coding_by(cy, 0, 5);
  const Actions unseen = {
      coding_noted(coding, "why"),
      coded(new_item(), child, text, 0, 5),
      code_created(new_item(), "grandchild", child),
      code_described(child, "what it means"),
      code_described(code, "what it means"),
      code_moved(a_code("elsewhere"), code),
      linked(new_item(), coding, text),
      coding_range_changed(coding, 0, 6),
      memo_linked(code, a_memo("a thought")),
  };
  for (const auto& action : unseen) {
    const auto look = head();
    did(cy, action);
    BOOST_TEST(result(does(bo.seeing(look), code_deleted(code))) == "STALE");
    BOOST_TEST(result(does(bo.seeing(look),
                           code_merged({code}, a_code("m" + std::to_string(look.value))))) ==
               "STALE");
  }
}

BOOST_AUTO_TEST_CASE(deleting_a_source_with_unseen_work_on_it_is_stale) {
  const auto coding = coding_by(cy, 0, 5);
  const Actions unseen = {
      annotation_changed(note, "cy has changed this"),
      coding_noted(coding, "why"),
      coded(new_item(), code, text, 4, 9),
      annotated(new_item(), text, 4, 9, "unseen"),
      linked(new_item(), code, text),
      source_renamed(text, "interview one"),
  };
  for (const auto& action : unseen) {
    const auto look = head();
    did(cy, action);
    BOOST_TEST(result(does(bo.seeing(look), source_deleted(text))) == "STALE");
  }
  BOOST_TEST(result(does(bo, source_deleted(text))) == "accepted");
}

BOOST_AUTO_TEST_CASE(own_unseen_work_goes_with_the_deletion) {
  const auto look = head();
  coding_by(bo, 0, 5);
  BOOST_TEST(result(does(bo.seeing(look), code_deleted(code))) == "accepted");
}

BOOST_AUTO_TEST_CASE(a_merge_counts_what_is_merged_away_never_the_target) {
  const auto target = a_code("target");
  const auto look = head();
  did(cy, coded(new_item(), target, text, 0, 5));
  did(cy, code_described(target, "cy explains"));
  BOOST_TEST(result(does(bo.seeing(look), code_merged({code}, target))) == "accepted");
}

BOOST_AUTO_TEST_CASE(a_merge_is_work_on_its_target_that_a_deletion_must_have_seen) {
  const auto target = a_code("target");
  const auto look = head();
  did(cy, code_merged({code}, target));
  BOOST_TEST(result(does(bo.seeing(look), code_deleted(target))) == "STALE");
}

BOOST_AUTO_TEST_CASE(work_on_a_child_that_was_merged_away_does_not_hold_its_parent) {
  const auto child = a_code("child", code), target = a_code("target"), coding = new_item();
  did(cy, coded(coding, child, text, 0, 5));
  did(ann, code_merged({child}, target));
  const auto look = head();
  did(cy, coding_noted(coding, "counts at the target now"));
  BOOST_TEST(result(does(bo.seeing(look), code_deleted(code))) == "accepted");
  BOOST_TEST(alive(coding));
}

BOOST_AUTO_TEST_CASE(uncoding_with_an_unseen_note_is_stale) {
  const auto coding = coding_by(bo, 0, 5);
  const auto look = head();
  did(cy, coding_noted(coding, "I wonder"));
  BOOST_TEST(result(does(bo.seeing(look), uncoded({coding}))) == "STALE");
  BOOST_TEST(result(does(bo, uncoded({coding}))) == "accepted");
}

BOOST_AUTO_TEST_CASE(uncoding_a_range_leaves_what_somebody_has_worked_on_since) {
  const auto noted = coding_by(bo, 0, 5), plain = coding_by(bo, 10, 15);
  const auto look = head();
  did(cy, coding_noted(noted, "I wonder"));
  BOOST_TEST(result(does(bo.seeing(look), uncoded_range(code, text, 0, 20))) == "accepted");
  BOOST_TEST(alive(noted));
  BOOST_TEST(!alive(plain));
  BOOST_TEST(result(does(bo, uncoded_range(code, text, 0, 20))) == "accepted");
  BOOST_TEST(!alive(noted));
}

BOOST_AUTO_TEST_CASE(D_16_uncoding_a_range_with_nothing_but_a_later_coding_is_stale) {
  const auto look = head();
  const auto late = coding_by(bo, 2, 9);
  BOOST_TEST(result(does(cy.seeing(look), uncoded_range(code, text, 0, 20, {"*"}))) == "STALE");
  BOOST_TEST(alive(late));
}

BOOST_AUTO_TEST_CASE(deleting_an_annotation_with_an_unseen_edit_is_stale) {
  const auto look = head();
  did(cy, annotation_changed(note, "cy has changed this"));
  const auto lost = does(bo.seeing(look), annotation_deleted(note));
  BOOST_TEST(result(lost) == "STALE");
  BOOST_TEST(facets(lost) == "annotation.text");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
