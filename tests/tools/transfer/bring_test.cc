// SPDX-License-Identifier: Apache-2.0
// A plan as one group: what one of each kind becomes, that it is one act, and who may.
// Rows: EX-3, M-01, M-04, PM-7.
#include "engine/decide.h"
#include "schema/limits.h"
#include "tests/tools/transfer/meeting.h"

#include <boost/test/unit_test.hpp>

using namespace qualog;
using namespace qualog::test;

namespace {

constexpr const char* kOtherText = "the text of its source differs here";

Line text_source(std::uint64_t id, std::string text, const char* kind = "document") {
  const auto length = text.size();
  return {"source.created",
          {{"id", id_text(id)},
           {"kind", kind},
           {"name", "Source " + std::to_string(id)},
           {"text", std::move(text)},
           {"length", length}}};
}

Line file_source(std::uint64_t id, const char* kind) {
  return {"source.imported",
          {{"id", id_text(id)},
           {"kind", kind},
           {"name", kind},
           {"blob", {{"hash", std::string(64, 'a')}, {"size", 3}}}}};
}

Line formatted(std::uint64_t source, int begin, int end) {
  return {"source.formatting_changed",
          {{"source", id_text(source)},
           {"ranges", boost::json::array{{{"begin", begin}, {"end", end}, {"style", "bold"}}}}}};
}

std::vector<Line> made_in_edit_mode() {
  const auto one = id_text(1);
  return {
      {"hyperlink.created",
       {{"id", id_text(17)},
        {"source", one},
        {"begin", 2},
        {"end", 6},
        {"url", "https://example.org"}}},
      formatted(1, 2, 6),
      file_source(30, "audio"),
      {"transcript.row_added",
       {{"id", id_text(31)},
        {"source", id_text(30)},
        {"text", "Good morning.\n"},
        {"area", {{"kind", "span"}, {"left", 0}, {"right", 900}}},
        {"speaker", "Kari"},
        {"fields", boost::json::array{{{"name", "mood"}, {"value", "calm"}}}}},
       "bo"},
      {"transcript.row_added",
       {{"id", id_text(32)}, {"source", id_text(30)}, {"position", 14}, {"text", "Yes.\n"}}},
      file_source(33, "picture"),
      {"picturelog.row_added",
       {{"id", id_text(34)},
        {"source", id_text(33)},
        {"text", "A door.\n"},
        {"area", {{"kind", "region"}, {"left", 0}, {"top", 0}, {"right", 9}, {"bottom", 9}}}}},
  };
}

std::vector<Line> one_of_each() {
  const auto one = id_text(1), two = id_text(2), three = id_text(3), four = id_text(4);
  std::vector<Line> lines = {
      {"folder.created", {{"id", id_text(20)}, {"name", "Field"}}},
      text_source(1, "I swim before work."),
      {"source.moved", {{"source", one}, {"folder", id_text(20)}}},
      {"source.props_changed", {{"source", one}, {"color", "#aabbcc"}, {"description", "First"}}},
      text_source(5, "Think", "memo"),
      {"code.created", {{"id", two}, {"name", "Calm"}, {"nickname", "c"}, {"aggregate", true}}},
      {"code.created", {{"id", three}, {"name", "Deep"}, {"parent", two}}},
      {"code.created", {{"id", id_text(6)}, {"name", "Airy"}, {"parent", two}}},
      {"codebook.reordered", {{"parent", two}, {"order", {three, id_text(6)}}}},
      {"code.created", {{"id", four}, {"name", "Ana"}, {"kind", "case"}}},
      {"coding.added",
       {{"id", id_text(7)}, {"code", three}, {"source", one}, {"begin", 2}, {"end", 6}},
       "bo"},
      {"coding.added", {{"id", id_text(8)}, {"code", four}, {"source", one}}},
      {"coding.weight_or_comment_set", {{"coding", id_text(7)}, {"weight", 4}, {"comment", "Yes"}}},
      {"annotation.created",
       {{"id", id_text(9)}, {"source", one}, {"begin", 0}, {"end", 1}, {"text", "Who?"}},
       "bo"},
      {"memo.linked", {{"item", two}, {"memo", id_text(5)}}},
      {"classification.created", {{"id", id_text(10)}, {"name", "Person"}}},
      {"attribute.created",
       {{"id", id_text(11)},
        {"classification", id_text(10)},
        {"name", "Age"},
        {"type", "integer"}}},
      {"item.classified", {{"item", four}, {"classification", id_text(10)}}},
      {"attribute.value_set", {{"item", four}, {"attribute", id_text(11)}, {"text", "47"}}},
      {"set.created", {{"id", id_text(12)}, {"name", "All"}}},
      {"set.member_added", {{"set", id_text(12)}, {"item", id_text(7)}}},
      {"set.ordered", {{"set", id_text(12)}, {"order", {id_text(7)}}}},
      {"relationship.created", {{"id", id_text(13)}, {"from", one}, {"to", four}}},
      {"seealso.created",
       {{"id", id_text(14)},
        {"from", one},
        {"from_begin", 0},
        {"from_end", 1},
        {"external", "https://example.org"}}},
      {"query.saved",
       {{"id", id_text(15)},
        {"name", "Water"},
        {"type", "coding"},
        {"definition", "{}"},
        {"items", {two}}}},
      {"map.created",
       {{"id", id_text(16)}, {"name", "Ideas"}, {"kind", "concept"}, {"definition", "{}"}}},
  };
  for (auto& line : made_in_edit_mode()) lines.push_back(std::move(line));
  return lines;
}

// What an item says, without where it came from: of each facet its value.
template <class Value>
Bytes value_bytes(const World& world, const ItemId& id, projector::Facet facet) {
  return projector::encode(world.value<Value>(id, facet));
}

}  // namespace

BOOST_AUTO_TEST_CASE(PM_7_each_item_says_here_what_it_said_there) {
  Meeting meeting;
  meeting.there(one_of_each());
  const auto plan = meeting.bring();
  using projector::Facet;
  for (const auto& step : plan.steps) {
    BOOST_TEST_CONTEXT(projector::name(step.kind)) {
      const auto same = [&]<class Value>(Value, Facet facet) {
        return value_bytes<Value>(meeting.source, step.from, facet) ==
               value_bytes<Value>(meeting.target, step.to, facet);
      };
      if (step.kind != projector::Kind::Relationship)  // whose match is made of its ends
        BOOST_TEST(same(projector::Props{}, Facet::Props));
      BOOST_TEST(same(projector::TextValue{}, Facet::Text));
      BOOST_TEST(same(projector::Note{}, Facet::Note));
      BOOST_TEST(same(projector::AttributeType{}, Facet::Type));
      BOOST_TEST(same(projector::Area{}, Facet::Area));
      BOOST_TEST(same(projector::Fields{}, Facet::Fields));
      BOOST_TEST((meeting.source.range_of(step.from) == meeting.target.range_of(step.to)));
    }
  }
  BOOST_TEST((meeting.target.replayed().state == meeting.target.digests().state));
}

BOOST_AUTO_TEST_CASE(PM_7_codings_and_annotations_keep_whose_they_were_and_when) {
  Meeting meeting;
  meeting.there(one_of_each());
  const auto plan = meeting.bring();
  for (const std::uint64_t number : {7U, 9U}) {
    const auto there =
        meeting.source.value<projector::Place>(id_of_number(number), projector::Facet::Place);
    const auto here =
        meeting.target.value<projector::Place>(came(plan, number), projector::Facet::Place);
    BOOST_TEST(!here.claimed_time.empty());
    BOOST_TEST(here.coded_at == 0);
    BOOST_TEST(there.coded_at != 0);
    BOOST_TEST((here.coder == plan.here(transfer::Side(meeting.source.state()), there.coder)));
  }
}

BOOST_AUTO_TEST_CASE(PM_7_orders_come_with_what_they_order) {
  Meeting meeting;
  meeting.there(one_of_each());
  const auto plan = meeting.bring();
  const auto order =
      meeting.target.value<projector::Order>(came(plan, 2), projector::Facet::Order).items;
  BOOST_TEST((order == std::vector{came(plan, 3), came(plan, 6)}));
  const auto members =
      meeting.target.value<projector::Order>(came(plan, 12), projector::Facet::Order).items;
  BOOST_TEST((members == std::vector{came(plan, 7)}));
}

BOOST_AUTO_TEST_CASE(PM_7_an_import_is_one_act_and_one_undo_takes_it_back) {
  Meeting meeting;
  meeting.there(one_of_each());
  meeting.here({"code.created", {{"id", id_text(90)}, {"name", "Calm"}}});
  auto& target = meeting.target;
  const auto before = target.digests().content;
  meeting.bring();
  BOOST_TEST((target.digests().content != before));
  const auto group = projector::effect_at(target.state(), target.head())->group;
  target.did(target.ann, undone(group));
  BOOST_TEST((target.digests().content == before));
  BOOST_TEST(!meeting.plan().empty());
}

// In a shared session, and nobody is in edit mode.
BOOST_AUTO_TEST_CASE(EX_3_PM_7_what_is_made_in_edit_mode_goes_with_the_same_undo) {
  Meeting meeting;
  meeting.there(one_of_each());
  auto& target = meeting.target;
  const auto before = target.digests().content;
  const auto plan = meeting.bring();
  BOOST_TEST(tally(plan, "row").made == 3U);
  BOOST_TEST(tally(plan, "hyperlink").made == 1U);
  BOOST_TEST(tally(plan, "formatting").made == 1U);
  const auto group = projector::effect_at(target.state(), target.head())->group;
  const auto after = target.digests().content;
  target.did(target.ann, said("exclusive.released", {}));
  const auto bo = person_called("bo");
  const auto token = target.did(bo, lease_acquired(came(plan, 30)));
  BOOST_TEST(result(target.does(target.ann, undone(group))) == "LOCKED_EDIT");
  target.did(bo, lease_released(came(plan, 30), token));
  const auto undo = target.did(target.ann, undone(group));
  BOOST_TEST((target.digests().content == before));
  const auto act = projector::effect_at(target.state(), undo)->group.value;
  target.did(target.ann, said("redo.applied", {{"sequences", {act}}}));
  BOOST_TEST((target.digests().content == after));
  BOOST_TEST(meeting.plan().empty());
}

BOOST_AUTO_TEST_CASE(M_01_rows_and_formatting_come_onto_the_same_words_alone) {
  Meeting meeting;
  for (const auto& line : {text_source(1, "I swim."), text_source(2, "I run.")}) {
    meeting.there(line);
    meeting.here(line);
  }
  meeting.there({formatted(1, 2, 6),
                 formatted(2, 2, 5),
                 file_source(3, "audio"),
                 {"transcript.row_added", {{"id", id_text(4)}, {"source", id_text(3)}}},
                 file_source(5, "video"),
                 {"transcript.row_added", {{"id", id_text(6)}, {"source", id_text(5)}}}});
  meeting.here({formatted(2, 0, 1),
                file_source(7, "audio"),
                {"transcript.row_added",
                 {{"id", id_text(8)}, {"source", id_text(7)}, {"text", "Other words"}}}});
  const auto plan = meeting.bring();
  BOOST_TEST(tally(plan, "formatting").made == 1U);
  BOOST_TEST(left_out(plan, "formatting", "it is said otherwise here") == 1U);
  BOOST_TEST(tally(plan, "row").made == 1U);
  BOOST_TEST(left_out(plan, "row", kOtherText) == 1U);
  BOOST_TEST(meeting.plan().empty());
}

BOOST_AUTO_TEST_CASE(PM_7_formatting_comes_where_its_words_are_now) {
  Meeting meeting;
  meeting.there({text_source(1, "I swim before work."), formatted(1, 2, 6)});
  auto& source = meeting.source;
  const auto token = source.did(source.ann, lease_acquired(id_of_number(1)));
  source.did(source.ann, text_edited(id_of_number(1), token, source.version_of(id_of_number(1)),
                                     {{0, 1, "All of us"}}));
  const auto plan = meeting.bring();
  const auto here = transfer::Side(meeting.target.state()).formatting_of(came(plan, 1));
  BOOST_TEST((here == std::vector<projector::Styled>{{10, 14, "bold"}}));
}

BOOST_AUTO_TEST_CASE(M_04_importing_again_changes_nothing) {
  Meeting meeting;
  meeting.there(one_of_each());
  meeting.bring();
  const auto again = meeting.plan();
  BOOST_TEST(again.empty());
  BOOST_TEST(again.report.left_out.empty());
}

BOOST_AUTO_TEST_CASE(PM_7_a_long_text_comes_in_parts_that_fit_and_is_whole) {
  Meeting meeting;
  std::string text;
  for (int line = 0; line < 20'000; ++line) text += "I swim before work.\n";
  meeting.there({"source.created",
                 {{"id", id_text(1)},
                  {"name", "Long"},
                  {"text_state", "missing"},
                  {"description", std::string(40'000, 'x')}}});
  constexpr std::size_t kPart = 40'000;
  Actions parts;
  for (std::size_t at = 0; at < text.size(); at += kPart)
    parts.push_back(text_supplied(id_of_number(1), static_cast<std::uint32_t>(at),
                                  std::string_view(text).substr(at, kPart),
                                  static_cast<std::uint32_t>(text.size())));
  meeting.source.did(meeting.source.ann, parts);
  const auto plan = meeting.bring();
  const transfer::Side target(meeting.target.state());
  BOOST_TEST((target.content_of(came(plan, 1)).text == text));
  for (const auto& event : meeting.target.events())
    BOOST_TEST(event.size() <= limits::kItemBytesMax);
}

BOOST_AUTO_TEST_CASE(EX_3_an_import_needs_an_exclusive_session_and_an_owner) {
  Meeting meeting;
  meeting.there(one_of_each());
  const transfer::Side source(meeting.source.state());
  const transfer::Side target(meeting.target.state());
  const auto plan = meeting.plan();
  auto& world = meeting.target;
  const auto actions =
      transfer::actions_of(plan, source, target, world.keys().name, {}, {"Pilot", {}});
  BOOST_REQUIRE(actions);
  BOOST_TEST(result(world.does(world.ann, *actions)) == "NEED_EXCLUSIVE");
  BOOST_TEST(result(world.does(person_called("bo"), *actions)) == "DENIED");
  BOOST_TEST(result(world.does(person_called("bo"), said("exclusive.acquired", {}))) == "DENIED");
}
