// SPDX-License-Identifier: Apache-2.0
// Method: every act is done and undone, alone, in groups, twice, by others and with later work on
// top; the content digest must be that of the state before, or the refusal must name what stands
// in the way (rows UN-1, X-28; architecture.md 3.8).
#include "tests/engine/world.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

namespace {

struct Undoing : World {
  Person bo = join("bo");
  Person cy = join("cy");
  ItemId text = a_source("interview 1", "There was nobody at the gym today.");
  ItemId code = a_code("absence"), target = a_code("presence");
  ItemId coding = new_item(), note = new_item(), memo = a_memo("a thought");
  ItemId folder = a_folder("spring"), link = new_item();

  Undoing() {
    did(bo, coded(coding, code, text, 0, 5));
    did(bo, annotated(note, text, 6, 9, "as bo sees it"));
    did(bo, linked(link, code, text));
    did(cy, code_created(new_item(), "so that cy has a profile"));
  }
  Digest content() { return digests().content; }
  Action edit(const std::vector<Edit>& edits) {
    const auto token = did(bo, lease_acquired(text));
    return text_edited(text, token, version_of(text), edits);
  }
  std::vector<std::pair<std::string, Action>> one_of_each() {
    const auto other = a_code("other");
    return {
        {"project.props_changed", project_titled("Gym in spring")},
        {"project.guest_access_set", guest_access(false)},
        {"user.props_changed", profile_named(bo.profile(), "Bodil")},
        {"folder.created", folder_created(new_item(), "autumn")},
        {"folder.renamed", folder_renamed(folder, "autumn")},
        {"folder.moved", folder_moved(folder, a_folder("years"))},
        {"folder.deleted", folder_deleted(a_folder("empty"))},
        {"source.created", source_created(new_item(), "interview 2", "Nobody.")},
        {"source.props_changed", source_renamed(text, "interview one")},
        {"source.moved", source_moved(text, folder)},
        {"source.deleted", source_deleted(text)},
        {"code.created", code_created(new_item(), "new")},
        {"code.props_changed", code_renamed(code, "being away")},
        {"code.moved", code_moved(code, target)},
        {"code.merged", code_merged({code, other}, target)},
        {"code.deleted", code_deleted(code)},
        {"coding.added", coded(new_item(), target, text, 3, 9)},
        {"coding.removed", uncoded({coding})},
        {"coding.moved", coding_moved(coding, target)},
        {"coding.range_changed", coding_range_changed(coding, 1, 9)},
        {"coding.weight_or_comment_set", coding_noted(coding, "why")},
        {"annotation.created", annotated(new_item(), text, 0, 5, "new")},
        {"annotation.text_changed", annotation_changed(note, "changed")},
        {"annotation.deleted", annotation_deleted(note)},
        {"memo.linked", memo_linked(code, memo)},
        {"seealso.created", linked(new_item(), text, code)},
        {"seealso.changed", link_named(link, "see")},
        {"seealso.deleted", link_deleted(link)},
    };
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(undo, Undoing)

BOOST_AUTO_TEST_CASE(UN_1_every_act_undone_gives_the_content_before_and_redone_that_after) {
  did(ann, member_moved("bo", fb::Group::Owner));
  for (const auto& [name, action] : one_of_each()) {
    BOOST_TEST_CONTEXT(name) {
      const auto before = content();
      const auto act = did(bo, action);
      const auto after = content();
      const auto undo = did(bo, undone(act));
      BOOST_TEST((content() == before));
      BOOST_TEST(result(does(bo, undone(act))) == "noop");
      const auto redo = did(bo, undone(undo));
      BOOST_TEST((content() == after));
      did(bo, undone(redo));
      BOOST_TEST((content() == before));
      BOOST_TEST((replayed() == digests()));
    }
  }
}

BOOST_AUTO_TEST_CASE(UN_1_an_edit_of_a_text_comes_back_with_every_range) {
  const auto action = edit({{0, 5, "Here"}, {10, 0, "really "}, {20, 8, ""}});
  const auto before = content();
  const auto act = did(bo, action);
  const auto after = content();
  const auto undo = did(bo, undone(act));
  BOOST_TEST((content() == before));
  BOOST_TEST(range_of(coding) == "[0,5)");
  did(bo, undone(undo));
  BOOST_TEST((content() == after));
}

BOOST_AUTO_TEST_CASE(UN_1_a_detached_range_comes_back_by_undo) {
  const auto act = did(bo, edit({{0, 12, ""}}));
  BOOST_TEST(range_of(coding) == "[0,5) detached");
  did(bo, undone(act));
  BOOST_TEST(range_of(coding) == "[0,5)");
  BOOST_TEST(range_of(note) == "[6,9)");
}

BOOST_AUTO_TEST_CASE(UN_1_memo_unlinked_and_code_unmerged_come_back_too) {
  did(bo, memo_linked(code, memo));
  did(bo, code_merged({code}, target));
  for (const auto& action : {code_unmerged({code}), memo_unlinked(code, memo)}) {
    if (action.type == fb::Action::MemoUnlinked) did(bo, code_unmerged({code}));
    const auto before = content();
    const auto act = did(bo, action);
    did(bo, undone(act));
    BOOST_TEST((content() == before));
  }
}

BOOST_AUTO_TEST_CASE(UN_1_work_on_another_facet_does_not_block) {
  const auto rename = did(bo, code_renamed(code, "being away"));
  did(cy, coded(new_item(), code, text, 3, 9));
  BOOST_TEST(result(does(bo, undone(rename))) == "accepted");
  BOOST_TEST(name_of(code) == "absence");
}

BOOST_AUTO_TEST_CASE(UN_1_a_later_change_of_the_same_facet_blocks_and_is_named) {
  const auto rename = did(bo, code_renamed(code, "being away"));
  const auto later = did(cy, code_renamed(code, "not there"));
  const auto blocked = does(bo, undone(rename));
  BOOST_TEST(result(blocked) == "UNDO_BLOCKED");
  BOOST_TEST(facets(blocked) == "code.props");
  BOOST_TEST(winner(blocked).value == later.value);
  BOOST_TEST(blocked.refusal->winner->actor == "cy");
  BOOST_TEST(name_of(code) == "not there");
}

BOOST_AUTO_TEST_CASE(UN_1_what_was_undone_itself_does_not_block) {
  const auto rename = did(bo, code_renamed(code, "being away"));
  const auto later = did(cy, code_renamed(code, "not there"));
  const auto undo_of_later = did(cy, undone(later));
  BOOST_TEST(result(does(bo, undone(rename))) == "accepted");
  BOOST_TEST(name_of(code) == "absence");
  BOOST_TEST(result(does(cy, undone(undo_of_later))) == "UNDO_BLOCKED");
}

BOOST_AUTO_TEST_CASE(UN_1_undo_is_a_later_effective_event_for_what_it_changed_back) {
  const auto first = did(bo, code_renamed(code, "one"));
  const auto second = did(bo, code_renamed(code, "two"));
  const auto undo = did(bo, undone(second));
  BOOST_TEST(name_of(code) == "one");
  did(bo, undone(first));
  BOOST_TEST(name_of(code) == "absence");
  BOOST_TEST(result(does(bo, undone(undo))) == "UNDO_BLOCKED");
}

BOOST_AUTO_TEST_CASE(UN_1_undo_of_a_creation_never_takes_the_work_of_others_with_it) {
  const auto made = new_item();
  const auto creation = did(bo, code_created(made, "fresh"));
  const auto work = did(cy, coded(new_item(), made, text, 0, 5));
  const auto blocked = does(bo, undone(creation));
  BOOST_TEST(result(blocked) == "UNDO_BLOCKED");
  BOOST_TEST(facets(blocked) == "code.below");
  BOOST_TEST(winner(blocked).value == work.value);
  did(cy, undone(work));
  BOOST_TEST(result(does(bo, undone(creation))) == "accepted");
}

BOOST_AUTO_TEST_CASE(UN_1_undo_of_a_coding_never_takes_a_note_of_others_with_it) {
  const auto mine = new_item();
  const auto creation = did(bo, coded(mine, code, text, 6, 9));
  did(cy, coding_noted(mine, "I wonder"));
  BOOST_TEST(result(does(bo, undone(creation))) == "UNDO_BLOCKED");
  BOOST_TEST(alive(mine));
}

BOOST_AUTO_TEST_CASE(UN_1_redo_of_an_end_never_takes_the_work_of_others_with_it) {
  const auto made = new_item();
  const auto creation = did(bo, code_created(made, "fresh"));
  const auto undo = did(bo, undone(creation));
  const auto redo = did(bo, undone(undo));
  const auto deletion = did(bo, code_deleted(code));
  const auto revival = did(bo, undone(deletion));
  const auto merge = did(bo, code_merged({target}, a_code("other")));
  const auto unmerge = did(bo, undone(merge));
  const auto look = head();
  for (const auto& id : {made, code, target}) did(cy, coded(new_item(), id, text, 3, 9));
  for (const auto act : {redo, revival, unmerge}) {
    BOOST_TEST(result(does(bo, undone(act))) == "UNDO_BLOCKED");
    BOOST_TEST(result(does(bo.seeing(look), undone(act))) == "UNDO_BLOCKED");
  }
}

BOOST_AUTO_TEST_CASE(UN_1_an_undo_takes_no_revived_work_that_was_not_seen) {
  const auto made = new_item(), on_it = new_item();
  const auto creation = did(bo, code_created(made, "fresh"));
  did(cy, coded(on_it, made, text, 0, 5));
  const auto removal = did(cy, uncoded({on_it}));
  const auto look = head();
  did(cy, undone(removal));
  BOOST_TEST(result(does(bo.seeing(look), undone(creation))) == "UNDO_BLOCKED");
  BOOST_TEST(alive(on_it));
}

BOOST_AUTO_TEST_CASE(UN_1_redo_of_a_merge_passes_the_tree) {
  const auto merge = did(bo, code_merged({code}, target));
  const auto unmerge = did(bo, undone(merge));
  did(bo, code_moved(target, code));
  BOOST_TEST(result(does(bo, undone(unmerge))) == "UNDO_BLOCKED");
  did(bo, code_moved(target, {}));
  did(cy, code_deleted(target));
  BOOST_TEST(result(does(bo, undone(unmerge))) == "GONE");
}

BOOST_AUTO_TEST_CASE(UN_1_ones_own_later_work_is_undone_with_it_as_one_group) {
  const auto made = new_item();
  const auto creation = did(bo, code_created(made, "fresh"));
  const auto coding_of_it = did(bo, coded(new_item(), made, text, 0, 5));
  const auto rename = did(bo, code_renamed(made, "fresher"));
  BOOST_TEST(result(does(bo, undone(creation))) == "UNDO_BLOCKED");
  const auto before = head();
  const auto last = did(bo, undone({creation, rename, coding_of_it}));
  BOOST_TEST(last.value == before.value + 4);
  BOOST_TEST(!alive(made));
  for (auto at = before.next(); at <= last; at = at.next())
    BOOST_TEST(event(at)->group == before.value + 1);
  BOOST_TEST(event(Sequence{before.value + 2})->undo_of == rename.value);
}

BOOST_AUTO_TEST_CASE(UN_1_a_group_is_undone_and_redone_as_a_whole) {
  const auto made = new_item(), on_it = new_item();
  const auto before = content();
  const auto last = did(bo, {code_created(made, "fresh"), coded(on_it, made, text, 0, 5),
                             code_renamed(made, "fresher"), coding_noted(coding, "why")});
  const auto after = content();
  const Sequence first{last.value - 3};
  const auto undo = did(bo, undone(first));
  BOOST_TEST((content() == before));
  BOOST_TEST(result(does(bo, undone(last))) == "noop");
  did(bo, undone(event(undo)->group ? Sequence{event(undo)->group} : undo));
  BOOST_TEST((content() == after));
  BOOST_TEST((replayed() == digests()));
}

BOOST_AUTO_TEST_CASE(UN_1_a_group_with_one_blocked_event_is_left_whole) {
  const auto last = did(bo, {code_renamed(code, "one"), code_renamed(target, "two")});
  did(cy, code_renamed(code, "three"));
  BOOST_TEST(result(does(bo, undone(last))) == "UNDO_BLOCKED");
  BOOST_TEST(name_of(target) == "two");
}

BOOST_AUTO_TEST_CASE(UN_1_uncoding_of_a_range_is_undone_as_one_act) {
  const auto wide = new_item();
  did(bo, coded(wide, target, text, 0, 30));
  const auto before = content();
  const auto act = did(bo, uncoded_range(target, text, 10, 20));
  BOOST_TEST((content() != before));
  did(bo, undone(Sequence{event(act)->group}));
  BOOST_TEST((content() == before));
}

BOOST_AUTO_TEST_CASE(UN_1_a_text_that_came_in_chunks_is_undone_with_its_source) {
  const auto made = new_item();
  const auto before = content();
  const auto last = did(bo, {source_begun(made, "long", "one ", 10),
                             text_supplied(made, 4, "two ", 10), text_supplied(made, 8, "3.", 10)});
  const auto after = content();
  const auto undo = did(bo, undone(last));
  BOOST_TEST(!alive(made));
  BOOST_TEST((content() == before));
  did(bo, undone(undo));
  BOOST_TEST((content() == after));
}

BOOST_AUTO_TEST_CASE(X_28_undo_reaches_back_without_a_limit_newest_first) {
  const auto before = content();
  for (int n = 0; n < 60; ++n) did(bo, code_renamed(code, "name " + std::to_string(n)));
  for (int n = 59; n > 0; --n) {
    did(bo, undone(std::vector<Sequence>{}));
    BOOST_TEST(name_of(code) == "name " + std::to_string(n - 1));
  }
  did(bo, undone(std::vector<Sequence>{}));
  BOOST_TEST((content() == before));
}

BOOST_AUTO_TEST_CASE(undo_of_the_newest_means_the_newest_of_the_session) {
  did(bo, code_renamed(code, "by bo"));
  did(cy, code_renamed(target, "by cy"));
  did(bo, undone(std::vector<Sequence>{}));
  BOOST_TEST(name_of(code) == "absence");
  BOOST_TEST(name_of(target) == "by cy");
  BOOST_TEST(result(does(person_called("dee"), undone(std::vector<Sequence>{}))) ==
             "GUEST_READONLY");
}

BOOST_AUTO_TEST_CASE(undo_takes_its_name_along_where_the_old_one_is_taken) {
  const auto deletion = did(bo, code_deleted(code));
  const auto other = new_item();
  did(cy, code_created(other, "Absence"));
  const auto refused = does(bo, undone(deletion));
  BOOST_TEST(result(refused) == "NAME_TAKEN");
  BOOST_TEST(result(does(bo, undone_as(deletion, "presence"))) == "NAME_TAKEN");
  const auto undo = did(bo, undone_as(deletion, "absence, the old one"));
  BOOST_TEST(alive(code));
  BOOST_TEST(name_of(code) == "absence, the old one");
  BOOST_TEST(alive(coding));
  did(bo, undone(undo));
  BOOST_TEST(!alive(code));
  BOOST_TEST((replayed() == digests()));
}

BOOST_AUTO_TEST_CASE(a_new_name_is_checked_whatever_is_undone) {
  const auto taken = a_source("taken", "here already");
  const auto linked_memo = did(bo, memo_linked(text, memo));
  BOOST_TEST(result(does(bo, undone_as(linked_memo, "Taken"))) == "NAME_TAKEN");
  BOOST_TEST(name_of(taken) == "taken");
  BOOST_TEST(result(does(bo, undone_as(linked_memo, "free"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(a_new_name_reaches_the_one_event_of_a_group_that_comes_back) {
  const auto made = new_item();
  const auto last =
      did(bo, {source_begun(made, "long", "one ", 8), text_supplied(made, 4, "two.", 8)});
  const auto undo = did(bo, undone(last));
  did(cy, source_created(new_item(), "long", "taken"));
  BOOST_TEST(result(does(bo, undone(undo))) == "NAME_TAKEN");
  BOOST_TEST(result(does(bo, undone_as(undo, "long (2)"))) == "accepted");
  BOOST_TEST(name_of(made) == "long (2)");
}

BOOST_AUTO_TEST_CASE(undo_of_a_rename_passes_names) {
  const auto rename = did(bo, code_renamed(code, "being away"));
  did(cy, code_created(new_item(), "absence"));
  BOOST_TEST(result(does(bo, undone(rename))) == "NAME_TAKEN");
}

BOOST_AUTO_TEST_CASE(undo_of_a_move_passes_the_tree) {
  const auto parent = a_code("parent");
  did(ann, code_moved(code, parent));
  const auto out = did(bo, code_moved(code, {}));
  did(cy, code_moved(parent, code));
  BOOST_TEST(result(does(bo, undone(out))) == "CYCLE");
  did(cy, code_moved(parent, {}));
  did(cy, code_deleted(parent));
  BOOST_TEST(result(does(bo, undone(out))) == "GONE");
}

BOOST_AUTO_TEST_CASE(undo_on_what_is_gone_is_GONE) {
  const auto rename = did(bo, code_renamed(code, "being away"));
  const auto comment = did(bo, coding_noted(coding, "why"));
  const auto removal = did(bo, uncoded({coding}));
  did(cy, code_deleted(code));
  BOOST_TEST(result(does(bo, undone(rename))) == "GONE");
  BOOST_TEST(result(does(bo, undone(comment))) == "GONE");
  BOOST_TEST(result(does(bo, undone(removal))) == "GONE");
}

BOOST_AUTO_TEST_CASE(undo_of_a_merge_looks_only_at_the_life_of_what_was_merged) {
  const auto merge = did(bo, code_merged({code}, target));
  const auto put_on_target = new_item();
  did(cy, coded(put_on_target, target, text, 3, 9));
  did(cy, code_renamed(target, "by cy"));
  BOOST_TEST(result(does(bo, undone(merge))) == "accepted");
  BOOST_TEST(alive(code));
  BOOST_TEST(alive(put_on_target));
}

BOOST_AUTO_TEST_CASE(undo_of_a_merge_is_GONE_while_the_target_is_deleted) {
  const auto merge = did(bo, code_merged({code}, target));
  const auto deletion = did(cy, code_deleted(target));
  BOOST_TEST(!alive(coding));
  BOOST_TEST(result(does(bo, undone(merge))) == "GONE");
  did(cy, undone(deletion));
  BOOST_TEST(alive(coding));
  BOOST_TEST(result(does(bo, undone(merge))) == "accepted");
}

BOOST_AUTO_TEST_CASE(undo_needs_the_role_of_what_it_undoes) {
  const auto title = did(ann, project_titled("Gym in spring"));
  const auto profile = did(cy, profile_named(cy.profile(), "Cyra"));
  BOOST_TEST(result(does(bo, undone(title))) == "DENIED");
  BOOST_TEST(result(does(bo, undone(profile))) == "DENIED");
  BOOST_TEST(result(does(cy, undone(profile))) == "accepted");
  BOOST_TEST(result(does(ann, undone(title))) == "accepted");
}

BOOST_AUTO_TEST_CASE(what_gives_rights_or_leases_is_never_undone) {
  const auto lease = did(bo, lease_acquired(text));
  const auto member = did(ann, member_added("dee", fb::Group::Reader));
  for (const auto act : {lease, member, Sequence{1}})
    BOOST_TEST(result(does(ann, undone(act))) == "POLICY");
  BOOST_TEST(result(does(ann, undone(head().next()))) == "BAD_REF");
}

BOOST_AUTO_TEST_CASE(a_group_of_what_is_never_undone_is_POLICY) {
  const auto last = did(ann, {member_added("dee", fb::Group::Reader), lease_acquired(text)});
  BOOST_TEST(result(does(ann, undone(last))) == "POLICY");
}

BOOST_AUTO_TEST_CASE(a_new_name_for_several_acts_is_INVALID) {
  const auto last = did(bo, {code_renamed(code, "one"), code_renamed(target, "two")});
  BOOST_TEST(result(does(bo, undone_as(last, "which?"))) == "INVALID");
}

BOOST_AUTO_TEST_CASE(undo_raises_what_others_have_not_seen) {
  const auto look = head();
  const auto rename = did(bo, code_renamed(code, "one"));
  did(bo, undone(rename));
  BOOST_TEST(result(does(cy.seeing(look), code_renamed(code, "two"))) == "STALE");
}

BOOST_AUTO_TEST_CASE(undo_of_work_done_by_others_is_an_event_of_the_one_who_undoes) {
  const auto rename = did(bo, code_renamed(code, "one"));
  const auto undo = did(cy, undone(rename));
  BOOST_TEST(event(undo)->actor == "cy");
  BOOST_TEST(event(undo)->undo_of == rename.value);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
