// SPDX-License-Identifier: Apache-2.0
// What is said there of an item that is here already, and not here: it stays, and is told.
// Rows: M-01, M-02, M-03, M-04, M-05, M-10.
#include "tests/tools/transfer/meeting.h"

#include <boost/test/unit_test.hpp>

using namespace qualog;
using namespace qualog::test;

namespace {

using Lines = std::vector<Line>;

constexpr const char* kOtherwise = "it is said otherwise here";
constexpr const char* kOnlyThere = "it is said there, and not here";

Lines coded(std::uint64_t first) {
  const auto source = id_text(first), code = id_text(first + 1);
  return {
      {"source.created", {{"id", source}, {"name", "Ana"}, {"text", "I swim."}, {"length", 7}}},
      {"code.created", {{"id", code}, {"name", "Calm"}}},
      {"coding.added",
       {{"id", id_text(first + 2)}, {"code", code}, {"source", source}, {"begin", 0}, {"end", 6}},
       "bo"}};
}

Line noted(std::uint64_t coding, const char* comment) {
  return {
      "coding.weight_or_comment_set", {{"coding", id_text(coding)}, {"comment", comment}}, "bo"};
}

Line weighed(std::uint64_t coding, int weight) {
  return {"coding.weight_or_comment_set", {{"coding", id_text(coding)}, {"weight", weight}}, "bo"};
}

transfer::Choice bo_is_bo() {
  transfer::Choice choice;
  choice.people[projector::profile_item("bo")] = projector::profile_item("bo");
  return choice;
}

std::uint64_t told(const transfer::Plan& plan) {
  std::uint64_t count = 0;
  for (const auto& [what, out] : plan.report.left_out) count += out.count;
  return count;
}

// What is told once is told again, and nothing is brought for it.
void check_stays(Meeting& meeting, const transfer::Choice& choice, const char* kind,
                 const char* why) {
  const auto dry = meeting.plan(choice), plan = meeting.bring(choice);
  BOOST_TEST((dry.report.left_out == plan.report.left_out));
  BOOST_TEST(left_out(plan, kind, why) == 1U);
  BOOST_TEST(told(plan) == 1U);
  const auto again = meeting.plan(choice);
  BOOST_TEST(again.empty());
  BOOST_TEST(left_out(again, kind, why) == 1U);
}

// Both projects hold `lines`, and are forks; then each says something of them.
struct Forks : Meeting {
  Forks(const Lines& lines, const Lines& said_there, const Lines& said_here = {})
      : Meeting(World::kLineage) {
    there(lines);
    here(lines);
    there(said_there);
    here(said_here);
  }
};

struct Change {
  const char* kind;
  Line made;
  Line changed;
  const char* why = kOtherwise;
};

Line defined(const char* action, const char* key, const char* definition) {
  return {action, {{key, id_text(1)}, {"definition", definition}}};
}

Line saved(const char* action, const char* definition) {
  return {action, {{"id", id_text(1)}, {"name", "Water"}, {"definition", definition}}};
}

}  // namespace

// ---- twins

BOOST_AUTO_TEST_CASE(M_03_the_comment_of_a_coding_that_is_here_is_told_where_it_is_another) {
  Meeting other, none, same, only_here;
  for (auto* meeting : {&other, &none, &same, &only_here}) {
    meeting->there(coded(1));
    meeting->here(coded(11));
  }
  for (auto* meeting : {&other, &none, &same}) meeting->there(noted(3, "Clear"));
  other.here(noted(13, "Not so clear"));
  same.here(noted(13, "Clear"));
  only_here.here(noted(13, "Clear"));
  check_stays(other, bo_is_bo(), "coding", kOtherwise);
  check_stays(none, bo_is_bo(), "coding", kOnlyThere);
  for (auto* meeting : {&same, &only_here}) BOOST_TEST(told(meeting->bring(bo_is_bo())) == 0U);
  const auto comment =
      other.target.value<projector::Note>(id_of_number(13), projector::Facet::Note).comment.plain;
  BOOST_TEST(comment == "Not so clear");
}

BOOST_AUTO_TEST_CASE(M_03_so_is_its_weight) {
  Meeting other, none;
  for (auto* meeting : {&other, &none}) {
    meeting->there(coded(1));
    meeting->here(coded(11));
    meeting->there(weighed(3, 4));
  }
  other.here(weighed(13, 2));
  check_stays(other, bo_is_bo(), "coding", kOtherwise);
  check_stays(none, bo_is_bo(), "coding", kOnlyThere);
}

BOOST_AUTO_TEST_CASE(M_03_of_two_people_who_are_one_here_the_second_comment_is_told) {
  Meeting meeting;
  meeting.there(coded(1));
  auto twice = coded(1).back();
  twice.body["id"] = id_text(4), twice.who = "cy";
  meeting.there({twice, noted(3, "Clear")});
  auto second = noted(4, "Not so clear");
  second.who = "cy";
  meeting.there(second);
  transfer::Choice choice;
  for (const char* name : {"bo", "cy"})
    choice.people[projector::profile_item(name)] = projector::profile_item("ann");
  meeting.here({"code.created", {{"id", id_text(9)}, {"name", "Mine"}}});
  check_stays(meeting, choice, "coding", kOtherwise);
}

BOOST_AUTO_TEST_CASE(M_04_what_a_code_of_the_same_name_is_said_to_be_is_told) {
  const auto code = [](std::uint64_t id, const char* key, const char* value) {
    return Line{"code.created", {{"id", id_text(id)}, {"name", "Calm"}, {key, value}}};
  };
  const Line plain = {"code.created", {{"id", id_text(2)}, {"name", "Calm"}}};
  for (const char* key : {"description", "nickname", "color"}) {
    BOOST_TEST_CONTEXT(key) {
      Meeting other, none;
      for (auto* meeting : {&other, &none}) meeting->there(code(1, key, "#00ff00"));
      other.here(code(2, key, "#0000ff"));
      none.here(plain);
      check_stays(other, {}, "code", kOtherwise);
      check_stays(none, {}, "code", kOnlyThere);
    }
  }
}

BOOST_AUTO_TEST_CASE(M_01_a_transcript_of_the_same_recording_is_told_where_it_is_another) {
  const auto recording = [](std::uint64_t id, const char* text) {
    return Line{"source.imported",
                {{"id", id_text(id)},
                 {"kind", "audio"},
                 {"name", "Talk"},
                 {"text", text},
                 {"length", std::string_view(text).size()},
                 {"blob", {{"hash", std::string(64, 'a')}, {"size", 3}}}}};
  };
  Meeting meeting;
  meeting.there(recording(1, "Hm"));
  meeting.here(recording(2, "Hm?"));
  check_stays(meeting, {}, "source", kOtherwise);
}

BOOST_AUTO_TEST_CASE(M_05_a_query_of_the_same_name_and_time_is_told_where_it_asks_for_another) {
  Meeting meeting;
  meeting.there(saved("query.saved", "swim"));
  auto other = saved("query.saved", "swam");
  other.body["id"] = id_text(2);
  meeting.here(other);
  check_stays(meeting, {}, "query", kOtherwise);
}

// ---- forks

BOOST_AUTO_TEST_CASE(M_04_what_was_changed_there_of_an_item_that_is_here_is_told) {
  const Line code = {"code.created", {{"id", id_text(1)}, {"name", "Calm"}}};
  const Line source = coded(1).front();
  const auto props = [](const char* action, const char* key, const char* what) {
    return Line{action, {{key, id_text(1)}, {what, "#00ff00"}}};
  };
  const std::vector<Change> changes = {
      {"code", code, props("code.props_changed", "code", "description"), kOnlyThere},
      {"code", code, props("code.props_changed", "code", "color"), kOnlyThere},
      {"source", source, props("source.props_changed", "source", "description"), kOnlyThere},
      {"query", saved("query.saved", "swim"), defined("query.changed", "query", "swam")},
      {"searchfolder", saved("searchfolder.saved", "swim"),
       defined("searchfolder.changed", "searchfolder", "swam")}};
  for (const auto& change : changes) {
    BOOST_TEST_CONTEXT(change.changed.action) {
      Forks forks({change.made}, {change.changed});
      check_stays(forks, {}, change.kind, change.why);
    }
  }
}

BOOST_AUTO_TEST_CASE(M_03_so_are_an_annotations_words_a_codings_comment_and_their_place) {
  auto lines = coded(1);
  lines.push_back(
      {"annotation.created",
       {{"id", id_text(4)}, {"source", id_text(1)}, {"begin", 0}, {"end", 6}, {"text", "Why?"}}});
  lines.push_back({"code.created", {{"id", id_text(5)}, {"name", "Tired"}}});
  const Line words = {"annotation.text_changed",
                      {{"annotation", id_text(4)}, {"text", "Since when?"}}};
  const Line place = {
      "coding.range_changed", {{"coding", id_text(3)}, {"begin", 0}, {"end", 5}}, "bo"};
  const Line moved = {"coding.moved", {{"coding", id_text(3)}, {"code", id_text(5)}}, "bo"};
  Forks annotated(lines, {words}), commented(lines, {noted(3, "Clear")}),
      both(lines, {noted(3, "Clear")}, {noted(3, "Not so clear")}), ranged(lines, {place}),
      elsewhere(lines, {moved});
  check_stays(annotated, {}, "annotation", kOtherwise);
  check_stays(commented, {}, "coding", kOnlyThere);
  check_stays(both, {}, "coding", kOtherwise);
  check_stays(ranged, {}, "coding", kOtherwise);
  check_stays(elsewhere, {}, "coding", kOtherwise);
}

BOOST_AUTO_TEST_CASE(M_02_so_are_the_rows_of_a_matrix) {
  const auto list = [](std::initializer_list<std::uint64_t> ids) {
    boost::json::array all;
    for (const auto id : ids) all.push_back(boost::json::string(id_text(id)));
    return all;
  };
  const auto person = [](std::uint64_t id, const char* name) {
    return Line{"code.created", {{"id", id_text(id)}, {"name", name}, {"kind", "case"}}};
  };
  const Lines lines = {
      person(1, "Ana"),
      person(2, "Bea"),
      {"code.created", {{"id", id_text(3)}, {"name", "Calm"}}},
      {"fmatrix.created",
       {{"id", id_text(4)}, {"name", "Grid"}, {"rows", list({1})}, {"columns", list({3})}}}};
  Forks forks(lines, {{"fmatrix.changed", {{"fmatrix", id_text(4)}, {"rows", list({1, 2})}}}});
  check_stays(forks, {}, "fmatrix", kOtherwise);
}

BOOST_AUTO_TEST_CASE(M_01_so_is_a_text_that_was_edited_there) {
  Forks forks({coded(1).front()}, {});
  auto& there = forks.source;
  const auto id = id_of_number(1);
  there.did(there.ann, lease_acquired(id));
  there.did(there.ann, text_edited(id, there.head(), there.version_of(id), {{0, 0, "Well. "}}));
  check_stays(forks, {}, "source", kOtherwise);
}

BOOST_AUTO_TEST_CASE(M_04_another_name_there_is_told_with_both) {
  Forks forks({{"code.created", {{"id", id_text(1)}, {"name", "Calm"}}}},
              {{"code.props_changed", {{"code", id_text(1)}, {"name", "At ease"}}}});
  const auto plan = forks.bring();
  BOOST_REQUIRE_EQUAL(plan.report.renamed.size(), 1U);
  BOOST_TEST(plan.report.renamed.front().name == "At ease");
  BOOST_TEST(plan.report.renamed.front().became == "Calm");
  BOOST_TEST(told(plan) == 0U);
  BOOST_TEST(forks.plan().empty());
}

// ---- milestones

BOOST_AUTO_TEST_CASE(M_10_milestones_stay_and_are_told) {
  const auto milestone = [](std::uint64_t id, const char* name) {
    return Line{"project.milestone_set", {{"id", id_text(id)}, {"name", name}}};
  };
  constexpr auto kWhy = "it names a moment of the other project";
  Meeting meeting;
  meeting.there({milestone(1, "Pilot done"), milestone(2, "Codebook done")});
  BOOST_TEST(left_out(meeting.plan(), "milestone", kWhy) == 2U);
  BOOST_TEST(meeting.plan().empty());
  Forks forks({milestone(1, "Pilot done")}, {milestone(2, "Codebook done")});
  check_stays(forks, {}, "milestone", kWhy);
}
