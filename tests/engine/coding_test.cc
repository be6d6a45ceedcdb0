// SPDX-License-Identifier: Apache-2.0
// Method: codings, annotations and links on known texts: one coder, one code, one passage; pieces
// that keep their coder; ranges stated in an older text (rows D-13, D-14, D-15, D-16, ANCHOR).
#include "tests/engine/world.h"

#include <boost/test/unit_test.hpp>

#include <set>

namespace qualog::test {

namespace {

struct Codings : World {
  Person bo = join("bo");
  Person cy = join("cy");
  ItemId text = a_source("interview 1", "There was nobody at the gym today.");
  ItemId code = a_code("absence"), other = a_code("presence");

  ItemId coding_by(const Person& coder, Position begin = {}, Position end = {}) {
    const auto id = new_item();
    did(coder, coded(id, code, text, begin, end));
    return id;
  }
  Sequence edit(const std::vector<Edit>& edits) {
    const auto token = did(ann, lease_acquired(text));
    did(ann, text_edited(text, token, version_of(text), edits));
    return did(ann, lease_released(text, token));
  }
  std::string notes_on(const ItemId& which) {
    std::string words;
    state().scan(projector::Table::Coded, which.view(), [&](ByteView key, ByteView) {
      const auto note = value<projector::Note>(projector::item_at_end(key), projector::Facet::Note);
      words += std::to_string(note.weight.value_or(0)) + " " + note.comment.plain + ", ";
      return true;
    });
    return words;
  }
  // "ann [0,5) bo [3,9)": the living codings of a code.
  std::string on(const ItemId& which) {
    std::multiset<std::string> words;
    state().scan(projector::Table::Coded, which.view(), [&](ByteView key, ByteView) {
      const auto id = projector::item_at_end(key);
      if (!alive(id)) return true;
      const auto coder = value<projector::Place>(id, projector::Facet::Place).coder;
      const auto profile = value<projector::Role>(coder, projector::Facet::Role);
      words.insert(profile.principal + " " + range_of(id));
      return true;
    });
    std::string line;
    for (const auto& word : words) line += (line.empty() ? "" : " ") + word;
    return line;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(coding, Codings)

// ---- IDEM ---------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(D_15_one_coder_one_code_one_passage) {
  coding_by(bo, 0, 5);
  BOOST_TEST(result(does(bo, coded(new_item(), code, text, 0, 5))) == "noop");
  BOOST_TEST(result(does(bo.in_session(9), coded(new_item(), code, text, 0, 5))) == "noop");
  BOOST_TEST(result(does(bo, coded(new_item(), code, text, 0, 6))) == "accepted");
  BOOST_TEST(result(does(bo, coded(new_item(), other, text, 0, 5))) == "accepted");
  BOOST_TEST(result(does(cy, coded(new_item(), code, text, 0, 5))) == "accepted");
}

BOOST_AUTO_TEST_CASE(D_15_a_whole_source_is_a_passage_of_its_own) {
  coding_by(bo);
  BOOST_TEST(result(does(bo, coded(new_item(), code, text))) == "noop");
  BOOST_TEST(result(does(bo, coded(new_item(), code, text, 0, 34))) == "accepted");
}

BOOST_AUTO_TEST_CASE(D_15_what_was_uncoded_can_be_coded_again) {
  const auto id = coding_by(bo, 0, 5);
  did(bo, uncoded({id}));
  BOOST_TEST(result(does(bo, coded(new_item(), code, text, 0, 5))) == "accepted");
}

BOOST_AUTO_TEST_CASE(D_15_a_detached_coding_is_no_repetition_of_one_on_the_new_text) {
  const auto lost = coding_by(bo, 6, 9);
  edit({{6, 3, ""}});
  BOOST_TEST(range_of(lost) == "[6,9) detached");
  BOOST_TEST(result(does(bo, coded(new_item(), code, text, 6, 9))) == "accepted");
}

BOOST_AUTO_TEST_CASE(D_15_codings_of_a_code_merged_into_it_are_others) {
  coding_by(bo, 0, 5);
  did(ann, code_merged({code}, other));
  BOOST_TEST(result(does(bo, coded(new_item(), other, text, 0, 5))) == "accepted");
}

BOOST_AUTO_TEST_CASE(a_folder_of_codes_cannot_be_applied) {
  const auto drawer = new_item(), id = coding_by(bo, 0, 5);
  did(ann, code_folder_created(drawer, "drawer"));
  BOOST_TEST(result(does(bo, coded(new_item(), drawer, text, 0, 5))) == "POLICY");
  BOOST_TEST(result(does(bo, coding_moved(id, drawer))) == "POLICY");
}

BOOST_AUTO_TEST_CASE(only_an_import_names_a_coder) {
  auto action = coded(new_item(), code, text, 0, 5);
  action.AsCodingAdded()->coder = ann.profile();
  BOOST_TEST(result(does(bo, action)) == "INVALID");
}

// ---- uncoding -----------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(D_16_uncoding_takes_ones_own_unless_told_otherwise) {
  coding_by(bo, 0, 5);
  coding_by(cy, 0, 5);
  did(bo, uncoded_range(code, text, 0, 9));
  BOOST_TEST(on(code) == "cy [0,5)");
}

BOOST_AUTO_TEST_CASE(D_16_chosen_coders_or_all) {
  for (const auto& person : {ann, bo, cy}) coding_by(person, 0, 5);
  did(bo, uncoded_range(code, text, 0, 9, {"ann"}));
  BOOST_TEST(on(code) == "bo [0,5) cy [0,5)");
  did(bo, uncoded_range(code, text, 0, 9, {"*"}));
  BOOST_TEST(on(code) == "");
}

BOOST_AUTO_TEST_CASE(D_15_pieces_keep_coder_and_time) {
  const auto whole = coding_by(cy, 0, 30);
  const auto coded_at = value<projector::Place>(whole, projector::Facet::Place).coded_at;
  const auto group = did(bo, uncoded_range(code, text, 10, 20, {"cy"}));
  BOOST_TEST(on(code) == "cy [0,10) cy [20,30)");
  BOOST_TEST(range_of(whole) == "[0,10)");
  state().scan(projector::Table::Coded, code.view(), [&](ByteView key, ByteView) {
    const auto place =
        value<projector::Place>(projector::item_at_end(key), projector::Facet::Place);
    BOOST_TEST(place.coded_at == coded_at);
    return true;
  });
  BOOST_TEST(event(group)->group == group.value - 2);
}

BOOST_AUTO_TEST_CASE(D_15_pieces_and_copies_keep_weight_and_comment) {
  const auto whole = coding_by(cy, 0, 30);
  did(cy, said("coding.weight_or_comment_set",
               {{"coding", whole.text()}, {"weight", 7}, {"comment", "doubtful"}}));
  did(bo, uncoded_range(code, text, 10, 20, {"cy"}));
  const auto copy = new_item();
  const auto copied = did(bo, said("code.copied", {{"code", code.text()},
                                                   {"id", copy.text()},
                                                   {"name", "a copy"},
                                                   {"with_codings", true}}));
  BOOST_TEST(on(copy) == "cy [0,10) cy [20,30)");
  BOOST_TEST(notes_on(code) == "7 doubtful, 7 doubtful, ");
  BOOST_TEST(notes_on(copy) == "7 doubtful, 7 doubtful, ");
  did(cy, coding_noted(whole, "certain"));
  BOOST_TEST(notes_on(copy) == "7 doubtful, 7 doubtful, ");
  did(bo, undone(Sequence{event(copied)->group}));
  BOOST_TEST(!alive(copy));
}

BOOST_AUTO_TEST_CASE(D_15_pieces_of_somebody_else_are_kept_beside_equal_ones_of_ones_own) {
  coding_by(cy, 0, 30);
  coding_by(bo, 20, 30);
  did(bo, uncoded_range(code, text, 10, 20, {"cy"}));
  BOOST_TEST(on(code) == "bo [20,30) cy [0,10) cy [20,30)");
}

BOOST_AUTO_TEST_CASE(uncoding_cuts_at_both_ends_and_removes_what_is_inside) {
  coding_by(bo, 0, 12);
  coding_by(bo, 11, 14);
  coding_by(bo, 15, 25);
  coding_by(bo, 26, 30);
  did(bo, uncoded_range(code, text, 10, 20));
  BOOST_TEST(on(code) == "bo [0,10) bo [20,25) bo [26,30)");
}

BOOST_AUTO_TEST_CASE(uncoding_a_range_leaves_whole_source_codings) {
  coding_by(bo);
  BOOST_TEST(result(does(bo, uncoded_range(code, text, 0, 9))) == "noop");
  did(bo, uncoded_range(code, text, {}, {}));
  BOOST_TEST(on(code) == "");
}

BOOST_AUTO_TEST_CASE(uncoding_without_a_code_takes_all_codes_merged_ones_too) {
  coding_by(bo, 0, 30);
  const auto second = new_item();
  did(bo, coded(second, other, text, 0, 30));
  const auto target = a_code("target");
  did(ann, code_merged({code}, target));
  did(bo, uncoded_range({}, text, 10, 20));
  BOOST_TEST(on(code) == "bo [0,10) bo [20,30)");
  BOOST_TEST(on(other) == "bo [0,10) bo [20,30)");
}

// Whoever looks sees what is merged into a code as that code's.
BOOST_AUTO_TEST_CASE(uncoding_a_code_takes_what_is_merged_into_it) {
  coding_by(bo, 0, 30);
  did(ann, code_merged({code}, other));
  did(bo, uncoded_range(other, text, 10, 20));
  BOOST_TEST(on(code) == "bo [0,10) bo [20,30)");
}

BOOST_AUTO_TEST_CASE(a_copy_of_a_code_has_the_codings_of_what_is_merged_into_it) {
  coding_by(bo, 0, 5);
  did(ann, code_merged({code}, other));
  const auto copy = new_item();
  did(ann, said("code.copied", {{"code", other.text()},
                                {"id", copy.text()},
                                {"name", "a copy"},
                                {"with_codings", true}}));
  BOOST_TEST(on(copy) == "bo [0,5)");
}

BOOST_AUTO_TEST_CASE(uncoding_a_code_that_has_ended_is_refused_as_it_may_come_back) {
  coding_by(bo, 0, 5);
  const auto look = head();
  const auto merge = did(ann, code_merged({code}, other));
  BOOST_TEST(result(does(bo.seeing(look), uncoded_range(code, text, 0, 5))) == "MERGED");
  did(ann, undone(merge));
  did(ann, code_deleted(code));
  BOOST_TEST(result(does(bo.seeing(look), uncoded_range(code, text, 0, 5))) == "GONE");
}

BOOST_AUTO_TEST_CASE(a_run_with_a_code_that_was_merged_meanwhile_is_MERGED) {
  did(ann, code_merged({code}, other));
  const auto run = [&](const ItemId& with) {
    return said("coding.batch_added", {{"method", "words"},
                                       {"codings",
                                        {{{"id", new_item().text()},
                                          {"code", with.text()},
                                          {"source", text.text()},
                                          {"begin", 0},
                                          {"end", 5}}}}});
  };
  const auto lost = does(bo, run(code));
  BOOST_TEST(result(lost) == "MERGED");
  BOOST_TEST((lost.refusal->target == other));
  BOOST_TEST(result(does(bo, run(other))) == "accepted");
}

BOOST_AUTO_TEST_CASE(uncoding_what_is_gone_is_a_repetition_also_when_another_was_first) {
  const auto id = coding_by(bo, 0, 5);
  const auto look = head();
  did(cy, uncoded({id}));
  BOOST_TEST(result(does(bo, uncoded({id}))) == "noop");
  BOOST_TEST(result(does(bo.seeing(look), uncoded({id}))) == "noop");
}

BOOST_AUTO_TEST_CASE(what_is_out_of_sight_with_its_code_is_uncoded_all_the_same) {
  const auto id = coding_by(bo, 0, 5);
  const auto deletion = did(ann, code_deleted(code));
  did(bo, uncoded({id}));
  BOOST_TEST(result(does(bo, uncoded({id}))) == "noop");
  did(ann, undone(deletion));
  BOOST_TEST(on(code) == "");
}

BOOST_AUTO_TEST_CASE(D_16_a_range_leaves_what_its_author_has_not_seen_and_lists_it) {
  const auto seen = coding_by(bo, 0, 5), noted = coding_by(bo, 6, 9);
  const auto look = head();
  const auto late = coding_by(cy, 1, 4);
  did(cy, coding_noted(noted, "mind this one"));
  const auto last = did(bo.seeing(look), uncoded_range(code, text, 0, 9, {"*"}));
  BOOST_TEST(on(code) == "bo [6,9) cy [1,4)");
  BOOST_TEST(!alive(seen));
  const auto intent = event(Sequence{event(last)->group});
  BOOST_TEST((intent->action.AsCodingRemoved()->left == std::vector<ItemId>{late, noted}));
}

BOOST_AUTO_TEST_CASE(D_16_a_range_with_nothing_but_what_was_not_seen_is_STALE) {
  const auto noted = coding_by(bo, 0, 5);
  const auto look = head();
  const auto note = did(cy, coding_noted(noted, "mind this one"));
  const auto lost = does(bo.seeing(look), uncoded_range(code, text, 0, 9));
  BOOST_TEST(result(lost) == "STALE");
  BOOST_TEST(facets(lost) == "coding.note");
  BOOST_TEST(winner(lost).value == note.value);
  did(bo, uncoded_range(code, text, 0, 9));
  BOOST_TEST(!alive(noted));
}

BOOST_AUTO_TEST_CASE(uncoding_says_either_codings_or_a_range) {
  const auto id = coding_by(bo, 0, 5);
  auto both = uncoded_range(code, text, 0, 9);
  both.AsCodingRemoved()->codings = {id};
  BOOST_TEST(result(does(bo, both)) == "INVALID");
  BOOST_TEST(result(does(bo, uncoded({}))) == "INVALID");
}

// ---- anchors ------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(a_range_stated_in_an_older_text_is_carried_to_the_newest) {
  const auto look = head();
  edit({{0, 0, "Well. "}});
  edit({{6, 5, "Here"}});
  const auto id = new_item(), note = new_item();
  did(bo.seeing(look), coded(id, code, text, 10, 16));
  did(bo.seeing(look), annotated(note, text, 0, 5, "here"));
  BOOST_TEST(range_of(id) == "[15,21)");
  BOOST_TEST(range_of(note) == "[6,10)");
}

BOOST_AUTO_TEST_CASE(a_range_whose_words_are_gone_is_ANCHOR_STALE) {
  const auto look = head();
  edit({{6, 10, ""}});
  const auto lost = does(bo.seeing(look), coded(new_item(), code, text, 7, 9));
  BOOST_TEST(result(lost) == "ANCHOR_STALE");
  BOOST_TEST(facets(lost) == "source.content");
  BOOST_TEST(winner(lost).value > look.value);
  BOOST_TEST(result(does(bo.seeing(look), annotated(new_item(), text, 7, 9, "x"))) ==
             "ANCHOR_STALE");
  const auto kept = new_item();
  did(bo.seeing(look), coded(kept, code, text, 4, 9));
  BOOST_TEST(range_of(kept) == "[4,6)");
}

BOOST_AUTO_TEST_CASE(a_range_is_checked_against_the_text_it_was_stated_in) {
  const auto look = head();
  edit({{0, 20, ""}});
  BOOST_TEST(result(does(bo.seeing(look), coded(new_item(), code, text, 25, 34))) == "accepted");
  BOOST_TEST(result(does(bo.seeing(look), coded(new_item(), code, text, 25, 35))) == "INVALID");
  BOOST_TEST(result(does(bo, coded(new_item(), code, text, 5, 15))) == "INVALID");
}

BOOST_AUTO_TEST_CASE(an_undone_edit_carries_ranges_back) {
  const auto look = head();
  const auto token = did(ann, lease_acquired(text));
  const auto act = did(ann, text_edited(text, token, version_of(text), {{0, 0, "Well. "}}));
  did(ann, undone(act));
  did(ann, lease_released(text, token));
  const auto id = new_item();
  did(bo.seeing(look), coded(id, code, text, 10, 16));
  BOOST_TEST(range_of(id) == "[10,16)");
}

BOOST_AUTO_TEST_CASE(formatting_of_a_text_that_somebody_has_changed_since_is_STALE) {
  const auto look = head();
  edit({{0, 0, "Well. "}});
  const auto token = did(bo, lease_acquired(text));
  const auto bold = said("source.formatting_changed",
                         {{"source", text.text()},
                          {"token", token.value},
                          {"ranges", {{{"begin", 0}, {"end", 5}, {"style", "bold"}}}}});
  const auto lost = does(bo.seeing(look), bold);
  BOOST_TEST(result(lost) == "STALE");
  BOOST_TEST(facets(lost) == "source.content");
  BOOST_TEST(winner(lost).value > look.value);
  BOOST_TEST(result(does(bo, bold)) == "accepted");
}

BOOST_AUTO_TEST_CASE(a_range_that_cannot_be_is_INVALID) {
  for (const auto& [begin, end] : {std::pair<Position, Position>{5, 5}, {6, 5}, {0, 35}, {3, {}}})
    BOOST_TEST(result(does(bo, coded(new_item(), code, text, begin, end))) == "INVALID");
  BOOST_TEST(result(does(bo, annotated(new_item(), text, 5, 5, "a place"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(a_changed_range_is_carried_too) {
  const auto id = coding_by(bo, 0, 5);
  const auto look = head();
  edit({{0, 0, "Well. "}});
  did(bo.seeing(look), coding_range_changed(id, 0, 9));
  BOOST_TEST(range_of(id) == "[6,15)");
}

BOOST_AUTO_TEST_CASE(a_coding_that_another_has_changed_is_STALE_before_its_range_is_looked_at) {
  const auto id = coding_by(bo, 0, 5);
  const auto look = head();
  did(cy, coding_range_changed(id, 0, 6));
  edit({{0, 20, ""}});
  BOOST_TEST(result(does(bo.seeing(look), coding_range_changed(id, 1, 5))) == "STALE");
}

// ---- annotations, links -------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(D_13_memos_are_coded_annotated_and_linked) {
  const auto memo = a_memo("a thought");
  BOOST_TEST(result(does(bo, coded(new_item(), code, memo, 0, 5))) == "accepted");
  BOOST_TEST(result(does(bo, annotated(new_item(), memo, 0, 5, "why"))) == "accepted");
  BOOST_TEST(result(does(bo, linked(new_item(), memo, text))) == "accepted");
}

BOOST_AUTO_TEST_CASE(D_14_links_have_a_range_at_both_ends) {
  const auto memo = a_memo("a thought"), id = new_item();
  auto action = linked(id, text, memo);
  action.AsSeealsoCreated()->from_begin = 0;
  action.AsSeealsoCreated()->from_end = 5;
  action.AsSeealsoCreated()->to_begin = 3;
  action.AsSeealsoCreated()->to_end = 8;
  const auto look = head();
  edit({{0, 0, "Well. "}});
  did(bo.seeing(look), action);
  BOOST_TEST(range_of(id, projector::Facet::Range) == "[6,11)");
  BOOST_TEST(range_of(id, projector::Facet::RangeTo) == "[3,8)");
  edit({{0, 6, ""}});
  BOOST_TEST(range_of(id, projector::Facet::Range) == "[0,5)");
}

BOOST_AUTO_TEST_CASE(D_14_links_go_to_items_or_out_and_nowhere_else) {
  auto out = linked(new_item(), code, {});
  out.AsSeealsoCreated()->external = plain_text("https://example.org/");
  BOOST_TEST(result(does(bo, out)) == "accepted");
  BOOST_TEST(result(does(bo, linked(new_item(), code, {}))) == "INVALID");
  BOOST_TEST(result(does(bo, linked(new_item(), code, new_item()))) == "BAD_REF");
  auto ranged = linked(new_item(), code, text);
  ranged.AsSeealsoCreated()->from_begin = 0;
  ranged.AsSeealsoCreated()->from_end = 5;
  BOOST_TEST(result(does(bo, ranged)) == "INVALID");
}

BOOST_AUTO_TEST_CASE(D_14_a_link_goes_with_either_end) {
  const auto memo = a_memo("a thought"), id = new_item();
  did(bo, linked(id, code, memo));
  did(bo, source_deleted(memo));
  BOOST_TEST(!alive(id));
  BOOST_TEST(result(does(bo, link_named(id, "see"))) == "GONE");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
