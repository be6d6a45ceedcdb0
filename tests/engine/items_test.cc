// SPDX-License-Identifier: Apache-2.0
// Method: folders, sources, texts in chunks, codes and memo links: what may be made of what, and
// where (rows D-01, D-02, D-05, D-12, NAME, TREE, merge and un-merge).
#include "projector/query/codes.h"
#include "projector/query/text.h"
#include "schema/limits.h"
#include "tests/engine/world.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

namespace {

struct Things : World {
  Person bo = join("bo");
  Person cy = join("cy");
  ItemId text = a_source("interview 1", "There was nobody at the gym today.");
  ItemId code = a_code("absence");

  std::string words_of(const ItemId& source) { return projector::source_text(state(), source); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(items, Things)

// ---- sources and folders ------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(D_01_every_kind_of_source_is_kept_as_such) {
  for (const auto kind : fb::EnumValuesSourceKind()) {
    const auto id = new_item();
    did(bo, source_created(id, fb::EnumNameSourceKind(kind), "text", {}, kind));
    BOOST_TEST(value<projector::Props>(id, projector::Facet::Props).subkind ==
               static_cast<std::uint8_t>(kind));
  }
}

BOOST_AUTO_TEST_CASE(D_02_folders_are_made_renamed_moved_and_deleted_when_empty) {
  const auto spring = a_folder("spring"), april = new_item();
  did(bo, folder_created(april, "april", spring));
  BOOST_TEST(result(does(bo, folder_deleted(spring))) == "POLICY");
  did(bo, source_moved(text, april));
  BOOST_TEST(result(does(bo, folder_deleted(april))) == "POLICY");
  did(bo, source_moved(text, {}));
  did(bo, folder_deleted(april));
  BOOST_TEST(result(does(bo, source_moved(text, april))) == "GONE");
  did(bo, folder_renamed(spring, "autumn"));
  did(bo, folder_deleted(spring));
}

BOOST_AUTO_TEST_CASE(D_02_a_folder_never_goes_into_itself) {
  const auto outer = a_folder("outer"), inner = new_item();
  did(bo, folder_created(inner, "inner", outer));
  BOOST_TEST(result(does(bo, folder_moved(outer, inner))) == "CYCLE");
  BOOST_TEST(result(does(bo, folder_moved(outer, outer))) == "CYCLE");
}

BOOST_AUTO_TEST_CASE(names_are_unique_among_living_siblings_after_normalising) {
  const auto folder = a_folder("spring");
  BOOST_TEST(result(does(bo, source_created(new_item(), " INTERVIEW  1", "x"))) == "NAME_TAKEN");
  BOOST_TEST(result(does(bo, source_created(new_item(), "interview 1", "x", folder))) ==
             "accepted");
  BOOST_TEST(result(does(bo, source_moved(text, folder))) == "NAME_TAKEN");
  BOOST_TEST(result(does(bo, source_renamed(text, "interview 2"))) == "accepted");
  BOOST_TEST(result(does(bo, source_moved(text, folder))) == "accepted");
  BOOST_TEST(result(does(bo, folder_created(new_item(), "interview 1"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(a_taken_name_names_who_has_it) {
  const auto lost = does(bo, code_created(new_item(), "Absence"));
  BOOST_TEST(result(lost) == "NAME_TAKEN");
  BOOST_TEST(facets(lost) == "code.props");
  BOOST_TEST(lost.refusal->winner->actor == "ann");
}

BOOST_AUTO_TEST_CASE(a_deleted_items_name_is_free) {
  did(bo, code_deleted(code));
  BOOST_TEST(result(does(bo, code_created(new_item(), "absence"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(an_id_is_used_once_also_after_deletion) {
  BOOST_TEST(result(does(bo, code_created(code, "other"))) == "ID_REUSED");
  BOOST_TEST(result(does(bo, source_created(code, "other", "x"))) == "ID_REUSED");
  did(bo, code_deleted(code));
  BOOST_TEST(result(does(bo, code_created(code, "other"))) == "ID_REUSED");
}

BOOST_AUTO_TEST_CASE(a_reference_of_the_wrong_kind_is_BAD_REF) {
  BOOST_TEST(result(does(bo, code_renamed(text, "x"))) == "BAD_REF");
  BOOST_TEST(result(does(bo, coded(new_item(), text, code, 0, 5))) == "BAD_REF");
  BOOST_TEST(result(does(bo, source_moved(text, code))) == "BAD_REF");
  BOOST_TEST(result(does(bo, annotation_changed(new_item(), "x"))) == "BAD_REF");
}

// ---- texts --------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(a_text_comes_whole_in_chunks_of_one_command) {
  const auto id = new_item();
  did(bo, {source_begun(id, "long", "one ", 10), text_supplied(id, 4, "two ", 10),
           text_supplied(id, 8, "3.", 10)});
  BOOST_TEST(words_of(id) == "one two 3.");
}

BOOST_AUTO_TEST_CASE(a_text_that_is_not_whole_leaves_nothing) {
  const auto id = new_item();
  BOOST_TEST(result(does(bo, source_begun(id, "long", "one ", 10))) == "INVALID");
  BOOST_TEST(result(does(bo, {source_begun(id, "long", "one ", 10),
                              text_supplied(id, 4, "two ", 10)})) == "INVALID");
  BOOST_TEST(result(does(bo, {source_begun(id, "long", "one ", 10),
                              text_supplied(id, 5, "wo 3.", 10)})) == "INVALID");
  BOOST_TEST(result(does(bo, {source_begun(id, "long", "one ", 10),
                              text_supplied(id, 4, "two 3. too long", 10)})) == "INVALID");
  BOOST_TEST(result(does(bo, source_created(id, "long", "one "))) == "accepted");
}

BOOST_AUTO_TEST_CASE(a_text_with_carriage_returns_is_INVALID) {
  const auto id = new_item();
  BOOST_TEST(result(does(bo, source_created(id, "from afar", "one\r\ntwo"))) == "INVALID");
  BOOST_TEST(result(does(bo, {source_begun(id, "long", "one\n", 8),
                              text_supplied(id, 4, "two\r", 8)})) == "INVALID");
  did(bo, source_created(id, "interview", "one\ntwo"));
  const auto token = did(bo, lease_acquired(id));
  const auto version = version_of(id);
  BOOST_TEST(result(does(bo, text_edited(id, token, version, {{0, 0, "\r"}}))) == "INVALID");
  BOOST_TEST(result(does(bo, text_edited(id, token, version, {{0, 0, "\n"}}))) == "accepted");
}

BOOST_AUTO_TEST_CASE(a_text_longer_than_it_says_is_INVALID) {
  BOOST_TEST(result(does(bo, source_begun(new_item(), "long", "one two", 3))) == "INVALID");
}

BOOST_AUTO_TEST_CASE(a_missing_text_is_supplied_later_and_once) {
  const auto id = new_item(), far = new_item(), near = new_item();
  did(bo, source_without_text(id, "to come"));
  did(bo, coded(near, code, id, 0, 5));
  did(bo, coded(far, code, id, 500, 600));
  BOOST_TEST(result(does(bo, text_edited(id, did(bo, lease_acquired(id)), version_of(id),
                                         {{0, 0, "x"}}))) == "POLICY");
  did(bo, text_supplied(id, 0, "Here it is.", 11));
  BOOST_TEST(range_of(near) == "[0,5)");
  BOOST_TEST(range_of(far) == "[11,111) detached");
  BOOST_TEST(result(does(bo, text_supplied(id, 0, "Here it is.", 11))) == "POLICY");
}

BOOST_AUTO_TEST_CASE(an_undo_behind_a_supplied_text_sets_no_passage_past_its_end) {
  const auto id = new_item(), coding = new_item();
  did(bo, source_without_text(id, "to come"));
  did(bo, coded(coding, code, id, 500, 600));
  const auto moved = did(bo, coding_range_changed(coding, 0, 5));
  did(bo, text_supplied(id, 0, "Here it is.", 11));
  did(bo, undone(moved));
  BOOST_TEST(range_of(coding) == "[11,111) detached");
}

BOOST_AUTO_TEST_CASE(an_edit_stands_on_the_current_version_or_is_STALE) {
  const auto token = did(bo, lease_acquired(text));
  const auto version = version_of(text);
  const auto edited = did(bo, text_edited(text, token, version, {{0, 5, "Here"}}));
  const auto lost = does(bo, text_edited(text, token, version, {{0, 5, "Now"}}));
  BOOST_TEST(result(lost) == "STALE");
  BOOST_TEST(facets(lost) == "source.content");
  BOOST_TEST(winner(lost).value == edited.value);
  did(bo, text_edited(text, token, edited, {{0, 4, "Now"}}));
  BOOST_TEST(words_of(text) == "Now was nobody at the gym today.");
}

BOOST_AUTO_TEST_CASE(an_edit_stands_on_an_own_earlier_one_by_its_command) {
  const auto token = did(bo, lease_acquired(text));
  const auto first = command(bo, {text_edited(text, token, version_of(text), {{0, 5, "Here"}}),
                                  code_described(code, "in between")});
  auto second = text_edited(text, token, {}, {{0, 4, "Now"}});
  second.AsSourceTextEdited()->version_command = first.command_id;
  const auto queued = command(bo, {second});
  BOOST_TEST(result(sends(bo, first)) == "accepted");
  BOOST_TEST(result(sends(bo, queued)) == "accepted");
  BOOST_TEST(words_of(text) == "Now was nobody at the gym today.");
  BOOST_TEST(name_of(code) == "absence");
  BOOST_TEST(event(head())->action.AsSourceTextEdited()->version > 0u);
}

BOOST_AUTO_TEST_CASE(splices_that_do_not_fit_are_INVALID) {
  const auto token = did(bo, lease_acquired(text));
  const std::vector<std::vector<Edit>> unfit = {
      {}, {{30, 9, ""}}, {{9, 1, ""}, {3, 1, ""}}, {{3, 0, ""}}, {{3, 4, ""}, {5, 1, ""}}};
  for (const auto& edits : unfit)
    BOOST_TEST(result(does(bo, text_edited(text, token, version_of(text), edits))) == "INVALID");
}

// ---- codes --------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(D_05_a_code_keeps_all_its_properties) {
  const auto id = new_item();
  auto action = code_created(id, "joy", code);
  action.AsCodeCreated()->nickname = plain_text("J");
  action.AsCodeCreated()->color = "#ff0000";
  action.AsCodeCreated()->aggregate = true;
  did(bo, action);
  did(bo, code_described(id, "what it means"));
  const auto props = value<projector::Props>(id, projector::Facet::Props);
  BOOST_TEST(props.nickname.plain == "J");
  BOOST_TEST(props.color == "#ff0000");
  BOOST_TEST(props.aggregate);
  BOOST_TEST(props.description.plain == "what it means");
  BOOST_TEST(props.name.plain == "joy");
}

BOOST_AUTO_TEST_CASE(D_05_an_aggregate_gathers_and_stores_nothing) {
  const auto parent = new_item(), child = new_item();
  auto action = code_created(parent, "joy");
  action.AsCodeCreated()->aggregate = true;
  did(bo, action);
  did(bo, code_created(child, "glee", parent));
  did(bo, coded(new_item(), child, text, 0, 5));
  for (const auto& entry : projector::codes(state()))
    if (entry.id == parent) {
      BOOST_TEST(entry.codings == 0u);
      BOOST_TEST(entry.gathered == 1u);
    }
}

BOOST_AUTO_TEST_CASE(TREE_a_code_never_goes_into_its_own_sub_tree) {
  const auto child = a_code("child", code), grandchild = a_code("grandchild", child);
  BOOST_TEST(result(does(bo, code_moved(code, grandchild))) == "CYCLE");
  BOOST_TEST(result(does(bo, code_moved(code, code))) == "CYCLE");
  BOOST_TEST(result(does(bo, code_merged({code}, grandchild))) == "CYCLE");
  BOOST_TEST(result(does(bo, code_merged({code}, code))) == "CYCLE");
  BOOST_TEST(result(does(bo, code_moved(grandchild, code))) == "accepted");
}

BOOST_AUTO_TEST_CASE(TREE_a_tree_is_no_deeper_than_its_limit_however_it_grows) {
  ItemId at = code;
  for (std::size_t depth = 1; depth < limits::kTreeDepthMax; ++depth)
    at = a_code("level " + std::to_string(depth), at);
  BOOST_TEST(alive(at));
  BOOST_TEST(result(does(bo, code_created(new_item(), "one more", at))) == "TOO_LARGE");
  const auto other = a_code("other"), child = a_code("child", other);
  BOOST_TEST(result(does(bo, code_moved(code, other))) == "TOO_LARGE");
  BOOST_TEST(result(does(bo, code_merged({code}, child))) == "TOO_LARGE");
  BOOST_TEST(alive(at));
  BOOST_TEST(result(does(bo, code_merged({other}, code))) == "accepted");
}

BOOST_AUTO_TEST_CASE(D_03_what_was_merged_away_is_below_its_old_parent_no_longer) {
  const auto parent = a_code("parent"), merged = a_code("merged", parent);
  const auto kept = a_code("kept", merged), target = a_code("target");
  did(bo, code_merged({merged}, target));
  did(bo, code_moved(parent, kept));
  BOOST_TEST(result(does(bo, code_moved(parent, a_code("elsewhere")))) == "accepted");
}

BOOST_AUTO_TEST_CASE(TREE_an_undone_move_keeps_the_limit) {
  const auto top = a_code("top");
  ItemId at = top;
  for (std::size_t depth = 1; depth < limits::kTreeDepthMax - 1; ++depth)
    at = a_code("level " + std::to_string(depth), at);
  const auto out = did(ann, code_moved(code, at));
  const auto back = did(ann, undone(out));
  did(bo, code_created(new_item(), "child", code));
  BOOST_TEST(result(does(ann, undone(back))) == "TOO_LARGE");
}

BOOST_AUTO_TEST_CASE(a_merge_is_a_redirect_that_unmerge_removes) {
  const auto target = a_code("presence"), coding = new_item(), child = a_code("child", code);
  did(bo, coded(coding, code, text, 0, 5));
  const auto before = digests().content;
  did(bo, code_merged({code}, target));
  BOOST_TEST(alive(coding));
  BOOST_TEST(alive(child));
  BOOST_TEST((projector::standing(state(), code) == projector::Standing::Merged));
  BOOST_TEST(result(does(cy, code_renamed(code, "x"))) == "MERGED");
  BOOST_TEST(result(does(bo, code_unmerged({code}))) == "accepted");
  BOOST_TEST((digests().content == before));
  BOOST_TEST(result(does(bo, code_unmerged({code}))) == "noop");
}

BOOST_AUTO_TEST_CASE(deleting_the_target_deletes_what_is_merged_into_it) {
  const auto target = a_code("presence"), coding = new_item();
  did(bo, coded(coding, code, text, 0, 5));
  did(bo, code_merged({code}, target));
  const auto deletion = did(bo, code_deleted(target));
  BOOST_TEST(!alive(coding));
  BOOST_TEST(result(does(bo, code_unmerged({code}))) == "GONE");
  did(bo, undone(deletion));
  BOOST_TEST(alive(coding));
  BOOST_TEST(result(does(bo, code_unmerged({code}))) == "accepted");
  BOOST_TEST(alive(coding));
}

BOOST_AUTO_TEST_CASE(unmerge_passes_names_and_the_tree) {
  const auto target = a_code("presence"), parent = a_code("parent"),
             child = a_code("child", parent);
  did(bo, code_merged({child, code}, target));
  did(cy, code_created(new_item(), "absence"));
  BOOST_TEST(result(does(bo, code_unmerged({code}))) == "NAME_TAKEN");
  did(cy, code_deleted(parent));
  BOOST_TEST(result(does(bo, code_unmerged({child}))) == "GONE");
}

BOOST_AUTO_TEST_CASE(unmerge_never_makes_a_cycle) {
  const auto target = a_code("presence"), parent = a_code("parent");
  const auto from = a_code("from", parent), child = a_code("child", from);
  const auto merge = did(bo, code_merged({from}, target));
  did(cy, code_moved(parent, child));
  BOOST_TEST(result(does(bo, code_unmerged({from}))) == "CYCLE");
  BOOST_TEST(result(does(bo, undone(merge))) == "CYCLE");
  BOOST_TEST(alive(parent));
}

// Each alone would lie where there is room for it.
BOOST_AUTO_TEST_CASE(UN_1_codes_that_come_back_together_make_no_cycle) {
  const auto target = a_code("target"), up = a_code("up"), over = a_code("over");
  const auto one = a_code("one", up), two = a_code("two", over);
  const auto below_one = a_code("below one", one), below_two = a_code("below two", two);
  const auto merge = did(bo, code_merged({one, two}, target));
  did(cy, code_moved(up, below_two));
  did(cy, code_moved(over, below_one));
  BOOST_TEST(result(does(bo, code_unmerged({one, two}))) == "CYCLE");
  BOOST_TEST(result(does(bo, undone(merge))) == "CYCLE");
  BOOST_TEST(result(does(bo, code_unmerged({two}))) == "accepted");
  BOOST_TEST(result(does(bo, code_unmerged({one}))) == "CYCLE");
}

BOOST_AUTO_TEST_CASE(unmerge_keeps_the_tree_low_enough) {
  const auto top = a_code("level 0");
  auto at = top;
  for (std::size_t depth = 1; depth < limits::kTreeDepthMax - 1; ++depth)
    at = a_code("level " + std::to_string(depth), at);
  const auto target = a_code("target"), low = a_code("low", at);
  did(bo, code_merged({low}, target));
  did(cy, code_moved(top, code));
  BOOST_TEST(result(does(bo, code_unmerged({low}))) == "TOO_LARGE");
}

BOOST_AUTO_TEST_CASE(UN_1_an_undone_merge_gives_no_two_one_name) {
  const auto one = a_code("one"), two = a_code("two"), target = a_code("target");
  const auto merge = did(bo, code_merged({one, two}, target));
  BOOST_TEST(result(does(bo, undone_as(merge, "two"))) == "NAME_TAKEN");
  BOOST_TEST(result(does(bo, undone_as(merge, "three"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(UN_1_codes_that_are_unmerged_together_have_two_names) {
  const auto target = a_code("presence");
  did(bo, code_merged({code}, target));
  const auto other = a_code("absence");
  did(bo, code_merged({other}, target));
  BOOST_TEST(result(does(bo, code_unmerged({code, other}))) == "NAME_TAKEN");
  BOOST_TEST(result(does(bo, code_unmerged({other}))) == "accepted");
}

BOOST_AUTO_TEST_CASE(what_was_put_on_the_target_stays_there) {
  const auto target = a_code("presence"), late = new_item();
  did(bo, code_merged({code}, target));
  did(cy, coded(late, target, text, 0, 5));
  did(bo, code_unmerged({code}));
  BOOST_TEST((value<projector::Place>(late, projector::Facet::Place).code == target));
}

// ---- memos --------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(D_12_an_item_has_one_memo_and_a_memo_one_item) {
  const auto memo = a_memo("a thought"), second = a_memo("a second thought");
  const auto other = a_code("presence");
  const auto look = head();
  did(bo.seeing(look), memo_linked(code, memo));
  BOOST_TEST(result(does(bo, memo_linked(code, memo))) == "noop");
  BOOST_TEST(result(does(cy.seeing(look), memo_linked(code, memo))) == "noop");
  BOOST_TEST(result(does(cy.seeing(look), memo_linked(code, second))) == "STALE");
  BOOST_TEST(result(does(cy.seeing(look), memo_linked(other, memo))) == "STALE");
  BOOST_TEST(result(does(cy, memo_linked(code, second))) == "NAME_TAKEN");
  BOOST_TEST(result(does(cy, memo_linked(other, memo))) == "NAME_TAKEN");
  BOOST_TEST(result(does(cy, memo_linked(other, second))) == "accepted");
}

BOOST_AUTO_TEST_CASE(D_12_only_a_memo_is_linked_and_never_to_itself) {
  const auto memo = a_memo("a thought");
  BOOST_TEST(result(does(bo, memo_linked(code, text))) == "BAD_REF");
  BOOST_TEST(result(does(bo, memo_linked(memo, memo))) == "BAD_REF");
}

BOOST_AUTO_TEST_CASE(D_12_unlinking_frees_both_and_repeats_as_nothing) {
  const auto memo = a_memo("a thought");
  did(bo, memo_linked(code, memo));
  did(bo, memo_unlinked(code, memo));
  BOOST_TEST(result(does(bo, memo_unlinked(code, memo))) == "noop");
  BOOST_TEST(result(does(bo, memo_linked(text, memo))) == "accepted");
}

BOOST_AUTO_TEST_CASE(D_12_a_deleted_end_frees_the_other_and_undo_finds_it_taken) {
  const auto memo = a_memo("a thought"), second = a_memo("a second thought");
  did(bo, memo_linked(code, memo));
  const auto deletion = did(bo, source_deleted(memo));
  const auto relink = did(cy, memo_linked(code, second));
  BOOST_TEST(result(does(bo, undone(deletion))) == "accepted");
  BOOST_TEST((value<projector::Linked>(code, projector::Facet::Memo).item == second));
  BOOST_TEST(result(does(bo, memo_unlinked(code, memo))) == "noop");
  BOOST_TEST(result(does(bo, memo_linked(text, memo))) == "accepted");
  BOOST_TEST(result(does(cy, undone(relink))) == "accepted");
  BOOST_TEST(result(does(cy, memo_linked(code, memo))) == "NAME_TAKEN");
  BOOST_TEST(result(does(cy, memo_linked(code, second))) == "accepted");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
