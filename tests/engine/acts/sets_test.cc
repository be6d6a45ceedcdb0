// SPDX-License-Identifier: Apache-2.0
// What is put together from items that are there: sets, saved queries and their results, framework
// matrices, maps.
// Rows: CF-2, D-10, D-11, D-20, D-21, D-22, M-02.
#include "projector/query/codings.h"
#include "tests/engine/acts/making.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

namespace {

namespace json = boost::json;

struct Sets : World {
  Person bo = join("bo");
  ItemId text = a_source("interview 1", "There was nobody at the gym today.");
  ItemId code = a_code("absence"), other = a_code("presence");

  Action member(const char* what, const ItemId& set, const ItemId& item) {
    return said(std::string("set.member_") + what, {{"set", word(set)}, {"item", word(item)}});
  }
  bool has(const ItemId& set, const ItemId& item) const {
    const auto id = projector::setmember_item(set, item);
    return alive(id) && value<projector::On>(id, projector::Facet::On).on;
  }
  // The word in the text of `text`, as a query finds it.
  json::array gym_under(const ItemId& found) {
    return {{{"id", word(new_item())},
             {"code", word(found)},
             {"source", word(text)},
             {"begin", 24},
             {"end", 27}}};
  }
  Action summary(const ItemId& row, const ItemId& column, const char* words_of_it) {
    return said("summary.set",
                {{"row", word(row)}, {"column", word(column)}, {"text", words_of_it}});
  }
  std::string summary_of(const ItemId& row, const ItemId& column) const {
    return value<projector::TextValue>(projector::summary_item(row, column), projector::Facet::Text)
        .text.plain;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(sets, Sets)

BOOST_AUTO_TEST_CASE(D_11_an_item_is_in_many_sets_and_in_each_once) {
  const auto one = named(*this, "set.created", "one"), two = named(*this, "set.created", "two");
  for (const auto& set : {one, two}) {
    BOOST_TEST(result(does(ann, member("added", set, code))) == "accepted");
    BOOST_TEST(result(does(bo, member("added", set, code))) == "noop");
  }
  BOOST_TEST(result(does(bo, member("removed", one, code))) == "accepted");
  BOOST_TEST(result(does(ann, member("removed", one, code))) == "noop");
  BOOST_TEST(!has(one, code));
  BOOST_TEST(has(two, code));
}

BOOST_AUTO_TEST_CASE(D_11_a_set_is_of_shortcuts) {
  const auto set = named(*this, "set.created", "one");
  did(ann, {member("added", set, code), member("added", set, text)});
  did(ann, member("removed", set, code));
  did(ann, said("set.deleted", {{"set", word(set)}}));
  BOOST_TEST(alive(code));
  BOOST_TEST(alive(text));
}

BOOST_AUTO_TEST_CASE(D_11_what_is_deleted_is_in_no_set_and_comes_back_into_its_sets) {
  const auto set = named(*this, "set.created", "one");
  did(ann, member("added", set, code));
  const auto deletion = did(ann, code_deleted(code));
  BOOST_TEST(!has(set, code));
  BOOST_TEST(result(does(ann, member("added", set, code))) == "GONE");
  did(ann, undone(deletion));
  BOOST_TEST(has(set, code));
}

BOOST_AUTO_TEST_CASE(D_11_what_was_taken_out_while_it_was_deleted_does_not_come_back_into_its_set) {
  const auto set = named(*this, "set.created", "one");
  did(ann, member("added", set, code));
  const auto deletion = did(ann, code_deleted(code));
  BOOST_TEST(result(does(bo, member("removed", set, code))) == "accepted");
  BOOST_TEST(result(does(bo, member("removed", set, code))) == "noop");
  did(ann, undone(deletion));
  BOOST_TEST(!has(set, code));
}

BOOST_AUTO_TEST_CASE(D_11_a_search_folder_keeps_criteria_and_no_members) {
  const auto folder = made(*this, "searchfolder.saved",
                           {{"name", "long ones"}, {"definition", "{\"longer_than\": 900}"}});
  const auto look = head();
  did(ann, said("searchfolder.changed",
                {{"searchfolder", word(folder)}, {"definition", "{\"longer_than\": 99}"}}));
  const auto late =
      said("searchfolder.changed", {{"searchfolder", word(folder)}, {"definition", "{}"}});
  BOOST_TEST(result(does(bo.seeing(look), late)) == "STALE");
  BOOST_TEST(value<projector::Definition>(folder, projector::Facet::Definition).text.plain ==
             "{\"longer_than\": 99}");
}

BOOST_AUTO_TEST_CASE(D_20_criteria_are_saved_and_a_result_is_a_code_with_its_codings) {
  const auto query = made(*this, "query.saved",
                          {{"name", "words"}, {"type", "text_search"}, {"definition", "\"gym\""}});
  const auto found = new_item();
  const auto codings = gym_under(found);
  const auto saved = did(bo, said("query.result_saved", {{"query", word(query)},
                                                         {"at_sequence", head().value},
                                                         {"id", word(found)},
                                                         {"name", "gym, found"},
                                                         {"codings", codings}}));
  BOOST_TEST(alive(found));
  const auto passages = projector::codings(state(), {.code = found});
  BOOST_REQUIRE(passages.size() == 1u);
  BOOST_TEST(passages[0].text == "gym");
  BOOST_TEST(event(saved)->group != 0u);
}

BOOST_AUTO_TEST_CASE(D_20_ANCHOR_a_result_lies_on_the_words_that_were_found) {
  const auto query = named(*this, "query.saved", "words");
  const auto asked = head(), version = version_of(text);
  const auto token = did(ann, lease_acquired(text));
  did(ann, text_edited(text, token, version, {{0, 0, "Well. "}}));
  did(ann, lease_released(text, token));
  const auto found = new_item();
  const auto codings = gym_under(found);
  did(bo, said("query.result_saved", {{"query", word(query)},
                                      {"at_sequence", asked.value},
                                      {"id", word(found)},
                                      {"name", "gym, found"},
                                      {"codings", codings}}));
  const auto passages = projector::codings(state(), {.code = found});
  BOOST_REQUIRE(passages.size() == 1u);
  BOOST_TEST(passages[0].text == "gym");
}

BOOST_AUTO_TEST_CASE(D_20_a_result_is_undone_as_one_act) {
  const auto query = named(*this, "query.saved", "words");
  const auto before = digests().content;
  const auto found = new_item();
  did(ann, said("query.result_saved",
                {{"query", word(query)}, {"id", word(found)}, {"name", "gym, found"}}));
  did(ann, undone(Sequence{event(head())->group}));
  BOOST_TEST((digests().content == before));
}

BOOST_AUTO_TEST_CASE(D_10_the_result_of_a_matrix_cannot_be_coded) {
  const auto cell =
      made(*this, "code.created", {{"name", "women, absence"}, {"kind", "matrix_result"}});
  BOOST_TEST(result(does(bo, coded(new_item(), cell, text, 0, 5))) == "POLICY");
  const auto coding = new_item();
  did(bo, coded(coding, code, text, 0, 5));
  BOOST_TEST(result(does(bo, coding_moved(coding, cell))) == "POLICY");
}

BOOST_AUTO_TEST_CASE(D_21_M_02_of_two_who_write_one_cell_the_first_wins) {
  const auto kari = made(*this, "code.created", {{"name", "Kari"}, {"kind", "case"}});
  const auto look = head();
  did(ann, summary(kari, code, "She says so."));
  const auto late = does(bo.seeing(look), summary(kari, code, "She says not."));
  BOOST_TEST(result(late) == "STALE");
  BOOST_TEST(result(does(bo.seeing(look), summary(kari, other, "She was there."))) == "accepted");
  BOOST_TEST(summary_of(kari, code) == "She says so.");
}

// A cell is of its two codes, whichever matrix shows it.
BOOST_AUTO_TEST_CASE(D_21_M_02_two_matrices_show_the_same_cell) {
  const auto kari = made(*this, "code.created", {{"name", "Kari"}, {"kind", "case"}});
  const auto matrix = made(*this, "fmatrix.created",
                           {{"name", "one"}, {"rows", words({kari})}, {"columns", words({code})}});
  did(ann, summary(kari, code, "She says so."));
  did(ann, said("fmatrix.deleted", {{"fmatrix", word(matrix)}}));
  BOOST_TEST(summary_of(kari, code) == "She says so.");
  BOOST_TEST(alive(projector::summary_item(kari, code)));
}

BOOST_AUTO_TEST_CASE(D_21_cells_filled_by_themselves_leave_alone_what_others_wrote_since) {
  const auto kari = made(*this, "code.created", {{"name", "Kari"}, {"kind", "case"}});
  const auto matrix = named(*this, "fmatrix.created", "one");
  const auto look = head();
  did(bo, summary(kari, code, "by bo"));
  const json::array cells = {{{"row", word(kari)}, {"column", word(code)}, {"text", "computed"}},
                             {{"row", word(kari)}, {"column", word(other)}, {"text", "computed"}}};
  const auto filled = said("summary.auto_filled", {{"fmatrix", word(matrix)}, {"cells", cells}});
  BOOST_TEST(result(does(ann.seeing(look), filled)) == "accepted");
  BOOST_TEST(summary_of(kari, code) == "by bo");
  BOOST_TEST(summary_of(kari, other) == "computed");
}

BOOST_AUTO_TEST_CASE(D_21_cells_of_a_case_that_was_merged_meanwhile_are_not_filled_unseen) {
  const auto kari = made(*this, "code.created", {{"name", "Kari"}, {"kind", "case"}});
  const auto ida = made(*this, "code.created", {{"name", "Ida"}, {"kind", "case"}});
  const auto matrix = named(*this, "fmatrix.created", "one");
  const auto look = head();
  did(ann, code_merged({kari}, ida));
  const json::array cells = {{{"row", word(kari)}, {"column", word(code)}, {"text", "computed"}}};
  const auto filled = said("summary.auto_filled", {{"fmatrix", word(matrix)}, {"cells", cells}});
  BOOST_TEST(result(does(bo.seeing(look), summary(kari, code, "by hand"))) == "MERGED");
  BOOST_TEST(result(does(bo.seeing(look), filled)) == "MERGED");
}

BOOST_AUTO_TEST_CASE(D_21_a_link_that_was_removed_with_its_source_out_of_sight_stays_removed) {
  const auto kari = made(*this, "code.created", {{"name", "Kari"}, {"kind", "case"}});
  const auto link = made(*this, "summary.link_added",
                         {{"row", word(kari)}, {"column", word(code)}, {"source", word(text)}});
  const auto deletion = did(ann, said("source.deleted", {{"source", word(text)}}));
  const auto removal = said("summary.link_removed", {{"link", word(link)}});
  BOOST_TEST(result(does(bo, removal)) == "accepted");
  BOOST_TEST(result(does(bo, removal)) == "noop");
  did(ann, undone(deletion));
  BOOST_TEST(!alive(link));
}

// Taken back and done again: both are changes of the cell that its author has to see first.
BOOST_AUTO_TEST_CASE(D_21_CF_2_who_has_not_seen_that_a_cell_was_taken_back_writes_none_over_it) {
  const auto kari = made(*this, "code.created", {{"name", "Kari"}, {"kind", "case"}});
  const auto matrix = named(*this, "fmatrix.created", "one");
  const json::array cells = {{{"row", word(kari)}, {"column", word(code)}, {"text", "computed"}}};
  const auto filled = said("summary.auto_filled", {{"fmatrix", word(matrix)}, {"cells", cells}});
  auto act = did(bo, summary(kari, code, "by bo"));
  for (int times = 0; times < 2; ++times) {
    const auto look = act;
    act = did(ann, undone(act));
    const auto late = does(bo.seeing(look), summary(kari, code, "by bo, later"));
    BOOST_TEST(result(late) == "STALE");
    BOOST_TEST(late.refusal->winner->sequence == act.value);
    BOOST_TEST(facets(late) == "summary.life");
    does(bo.seeing(look), filled);
    BOOST_TEST(summary_of(kari, code) == "by bo");
  }
  BOOST_TEST(result(does(bo, summary(kari, code, "by bo, later"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(D_22_a_map_keeps_what_it_shows_also_when_that_is_deleted) {
  const auto map = made(*this, "map.created", {{"name", "one"}, {"items", words({code, other})}});
  did(ann, code_deleted(code));
  BOOST_TEST(alive(map));
  const auto shown = value<projector::Definition>(map, projector::Facet::Definition).items;
  BOOST_TEST((shown == std::vector<ItemId>{code, other}));
  const auto token = did(bo, lease_acquired(map));
  const auto edit = said(
      "map.edited",
      {{"map", word(map)}, {"token", token.value}, {"definition", "{}"}, {"items", words({code})}});
  BOOST_TEST(result(does(bo, edit)) == "accepted");
}

BOOST_AUTO_TEST_CASE(D_22_a_static_map_shows_one_moment) {
  const auto map = named(*this, "map.created", "one");
  const auto fixed = [&](std::uint64_t at) {
    return said("map.made_static", {{"map", word(map)}, {"sequence", at}});
  };
  BOOST_TEST(result(does(ann, fixed(head().value + 1))) == "SEEN_AHEAD");
  const auto then = head();
  did(ann, fixed(then.value));
  BOOST_TEST(value<projector::Definition>(map, projector::Facet::Definition).fixed_at ==
             then.value);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
