// SPDX-License-Identifier: Apache-2.0
// What counts as a duplicate: a pair of projects for each rule, and one for each difference that
// does not count. Each of them says which item is looked at and whether it is one.
// Rows: M-01, M-02, M-03, M-04, M-05.
#include "tests/tools/transfer/meeting.h"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

using namespace qualog;
using namespace qualog::test;
namespace json = boost::json;

namespace {

using Lines = std::vector<Line>;

struct Pair {
  const char* what;
  const char* kind;
  Lines there;
  Lines here;
  bool duplicate;
};

void check(const std::vector<Pair>& pairs) {
  for (const auto& pair : pairs) {
    BOOST_TEST_CONTEXT(pair.what) {
      Meeting meeting;
      meeting.there(pair.there);
      meeting.here(pair.here);
      const auto plan = meeting.bring();
      BOOST_TEST(tally(plan, pair.kind).merged == (pair.duplicate ? 1U : 0U));
      BOOST_TEST(tally(plan, pair.kind).made == (pair.duplicate ? 0U : 1U));
      BOOST_TEST(meeting.plan().empty());
    }
  }
}

// ---- lines

std::string file_hash(char digit) { return std::string(64, digit); }

Line source_line(std::uint64_t id, const char* kind, const char* text, const char* name = "Ana") {
  return {"source.created",
          {{"id", id_text(id)},
           {"kind", kind},
           {"name", name},
           {"text", text},
           {"length", std::string_view(text).size()}}};
}

Line with(Line line, const char* key, const json::value& value) {
  line.body[key] = value;
  return line;
}
Line with(Line line, const char* key, const std::string& value) {
  line.body[key] = value;
  return line;
}
Line with(Line line, const char* key, const char* value) {
  return with(std::move(line), key, std::string(value));
}

Line file(std::uint64_t id, const char* kind, char hash, const char* text = "") {
  auto line = source_line(id, kind, text);
  line.action = "source.imported";
  return with(line, "blob", json::object{{"hash", file_hash(hash)}, {"size", 3}, {"mime", "x/y"}});
}

json::object column(const char* name, bool codable) {
  return {{"name", name}, {"type", "text"}, {"codable", codable}};
}

Line table(std::uint64_t id, const char* text, const json::array& columns, int rows) {
  auto line = with(file(id, "dataset", 'a', text), "columns", columns);
  return with(line, "rows", rows);
}

Line named(const char* action, std::uint64_t id, const char* name) {
  return {action, {{"id", id_text(id)}, {"name", name}}};
}

Line code_line(std::uint64_t id, const char* name, const char* kind = "code",
               std::uint64_t parent = 0) {
  auto line = with(named("code.created", id, name), "kind", kind);
  return parent == 0 ? line : with(line, "parent", id_text(parent));
}

}  // namespace

// ---- sources

BOOST_AUTO_TEST_CASE(M_01_texts_are_the_same_name_folder_and_text) {
  const Line folder = named("folder.created", 1, "Field");
  const auto in_folder = [&](std::uint64_t id) {
    return with(source_line(id, "document", "I swim."), "folder", id_text(1));
  };
  for (const char* kind : {"document", "external", "memo"})
    check({{"equal",
            "source",
            {source_line(2, kind, "I swim.")},
            {source_line(3, kind, "I swim.")},
            true},
           {"other text",
            "source",
            {source_line(2, kind, "I swim.")},
            {source_line(3, kind, "I ran.")},
            false}});
  const auto other_name = source_line(3, "document", "I swim.", "Bea");
  check({{"other name", "source", {source_line(2, "document", "I swim.")}, {other_name}, false},
         {"another kind",
          "source",
          {source_line(2, "document", "I swim.")},
          {source_line(3, "memo", "I swim.")},
          false},
         {"the name in other letters",
          "source",
          {source_line(2, "document", "I swim.", "ana")},
          {source_line(3, "document", "I swim.")},
          true},
         {"another folder",
          "source",
          {folder, in_folder(2)},
          {folder, source_line(3, "document", "I swim.")},
          false},
         {"another description",
          "source",
          {with(source_line(2, "document", "I swim."), "description", "One")},
          {source_line(3, "document", "I swim.")},
          true}});
}

BOOST_AUTO_TEST_CASE(M_01_a_folder_of_the_same_name_is_the_same_place) {
  const auto lines = [](std::uint64_t folder, std::uint64_t id) -> Lines {
    return {named("folder.created", folder, "Field"),
            with(source_line(id, "document", "I swim."), "folder", id_text(folder))};
  };
  check({{"equal", "source", lines(1, 2), lines(3, 4), true},
         {"equal", "folder", lines(1, 2), lines(3, 4), true}});
}

BOOST_AUTO_TEST_CASE(M_01_a_pdf_is_the_same_text_and_file) {
  check(
      {{"equal", "source", {file(2, "pdf", 'a', "Hi")}, {file(3, "pdf", 'a', "Hi")}, true},
       {"another file", "source", {file(2, "pdf", 'a', "Hi")}, {file(3, "pdf", 'b', "Hi")}, false},
       {"another text",
        "source",
        {file(2, "pdf", 'a', "Hi")},
        {file(3, "pdf", 'a', "Ho")},
        false}});
}

BOOST_AUTO_TEST_CASE(M_01_a_dataset_is_the_same_fields_rows_and_codable_text) {
  const json::array columns = {column("Who", false), column("Says", true)};
  const json::array turned = {column("Says", true), column("Who", false)};
  const json::array all_codable = {column("Who", true), column("Says", true)};
  const auto first = table(2, "Who,Says\nAna,I swim\n", columns, 1);
  check({{"equal", "source", {first}, {table(3, "Who,Says\nAna,I swim\n", columns, 1)}, true},
         {"columns in another order",
          "source",
          {first},
          {table(3, "Says,Who\nI swim,Ana\n", turned, 1)},
          true},
         {"what classifies is another",
          "source",
          {first},
          {table(3, "Who,Says\nBea,I swim\n", columns, 1)},
          true},
         {"what can be coded is another",
          "source",
          {first},
          {table(3, "Who,Says\nAna,I ran\n", columns, 1)},
          false},
         {"other fields",
          "source",
          {first},
          {table(3, "Who,Says\nAna,I swim\n", all_codable, 1)},
          false},
         {"another number of rows",
          "source",
          {first},
          {table(3, "Who,Says\nAna,I swim\n", columns, 2)},
          false}});
}

BOOST_AUTO_TEST_CASE(M_01_a_picture_is_the_same_picture) {
  const Line turned = {"image.adjusted",
                       {{"source", id_text(3)}, {"rotation", 90}, {"brightness", 120}}};
  check(
      {{"another log",
        "source",
        {file(2, "picture", 'a', "A pool")},
        {file(3, "picture", 'a', "Water")},
        true},
       {"turned and brighter",
        "source",
        {file(2, "picture", 'a')},
        {file(3, "picture", 'a'), turned},
        true},
       {"another picture", "source", {file(2, "picture", 'a')}, {file(3, "picture", 'b')}, false}});
}

BOOST_AUTO_TEST_CASE(M_01_a_recording_is_the_same_media_or_none) {
  for (const char* kind : {"audio", "video"})
    check({{"another transcript",
            "source",
            {file(2, kind, 'a', "Hm")},
            {file(3, kind, 'a', "Hm?")},
            true},
           {"none there", "source", {source_line(2, kind, "")}, {file(3, kind, 'a')}, true},
           {"none here", "source", {file(2, kind, 'a')}, {source_line(3, kind, "")}, true},
           {"other media", "source", {file(2, kind, 'a')}, {file(3, kind, 'b')}, false}});
}

// ---- matrices and summaries

BOOST_AUTO_TEST_CASE(M_02_a_matrix_is_the_same_name_rows_and_columns) {
  const auto grid = [](std::uint64_t first, bool turned = false) -> Lines {
    const auto rows =
        json::array{id_text(turned ? first + 1 : first), id_text(turned ? first : first + 1)};
    return {code_line(first, "Ana", "case"),
            code_line(first + 1, "Bea", "case"),
            code_line(first + 2, "Calm"),
            {"fmatrix.created",
             {{"id", id_text(first + 3)},
              {"name", "Grid"},
              {"rows", rows},
              {"columns", json::array{id_text(first + 2)}}}}};
  };
  auto fewer = grid(20);
  fewer.back().body["rows"] = json::array{id_text(20)};
  check({{"equal", "fmatrix", grid(10), grid(20), true},
         {"rows in another order", "fmatrix", grid(10), grid(20, true), true},
         {"fewer rows", "fmatrix", grid(10), fewer, false}});
}

BOOST_AUTO_TEST_CASE(M_02_a_summary_belongs_to_the_pair_and_what_is_said_here_stays) {
  const auto lines = [](std::uint64_t first, const char* text) -> Lines {
    return {
        code_line(first, "Ana", "case"),
        code_line(first + 1, "Calm"),
        {"summary.set", {{"row", id_text(first)}, {"column", id_text(first + 1)}, {"text", text}}}};
  };
  Meeting same, other;
  same.there(lines(1, "Swims"));
  same.here(lines(3, "Swims"));
  BOOST_TEST(tally(same.bring(), "summary").same == 1U);
  other.there(lines(1, "Swims"));
  other.here(lines(3, "Runs"));
  BOOST_TEST(left_out(other.bring(), "summary", "it is said otherwise here") == 1U);
  const auto row = projector::summary_item(id_of_number(3), id_of_number(4));
  const auto said_here =
      other.target.value<projector::TextValue>(row, projector::Facet::Text).text.plain;
  BOOST_TEST(said_here == "Runs");
}

// ---- notes

BOOST_AUTO_TEST_CASE(M_03_notes_are_the_same_words_on_the_same_place) {
  const auto note = [](std::uint64_t first, const char* text, int end = 6) -> Lines {
    return {source_line(first, "document", "I swim."),
            {"annotation.created",
             {{"id", id_text(first + 1)},
              {"source", id_text(first)},
              {"begin", 0},
              {"end", end},
              {"text", text}}}};
  };
  check({{"equal", "annotation", note(10, "Why?"), note(20, "Why?"), true},
         {"other words", "annotation", note(10, "Why?"), note(20, "When?"), false},
         {"another place", "annotation", note(10, "Why?"), note(20, "Why?", 5), false}});
}

BOOST_AUTO_TEST_CASE(M_03_a_hyperlink_is_the_same_address_on_the_same_passage) {
  const auto link = [](std::uint64_t first, const char* url, int end = 6) -> Lines {
    return {source_line(first, "document", "I swim."),
            {"hyperlink.created",
             {{"id", id_text(first + 1)},
              {"source", id_text(first)},
              {"begin", 0},
              {"end", end},
              {"url", url}}}};
  };
  check({{"equal", "hyperlink", link(10, "http://a"), link(20, "http://a"), true},
         {"another address", "hyperlink", link(10, "http://a"), link(20, "http://b"), false},
         {"another place", "hyperlink", link(10, "http://a"), link(20, "http://a", 5), false}});
}

BOOST_AUTO_TEST_CASE(M_01_a_row_is_the_same_place_speaker_and_fields) {
  const auto row = [](std::uint64_t first, const char* speaker, int right = 900) -> Lines {
    return {source_line(first, "audio", "Yes."),
            {"transcript.row_added",
             {{"id", id_text(first + 1)},
              {"source", id_text(first)},
              {"length", 4},
              {"area", {{"kind", "span"}, {"left", 0}, {"right", right}}},
              {"speaker", speaker}}}};
  };
  check({{"equal", "row", row(10, "Kari"), row(20, "Kari"), true},
         {"another speaker", "row", row(10, "Kari"), row(20, "Ola"), false},
         {"another span", "row", row(10, "Kari"), row(20, "Kari", 800), false}});
}

BOOST_AUTO_TEST_CASE(M_03_a_link_is_the_same_content_to_the_same_destination) {
  const auto link = [](std::uint64_t first, int end, const char* name) -> Lines {
    return {source_line(first, "document", "I swim."),
            code_line(first + 1, "Calm"),
            {"seealso.created",
             {{"id", id_text(first + 2)},
              {"from", id_text(first)},
              {"from_begin", 0},
              {"from_end", end},
              {"to", id_text(first + 1)},
              {"name", name}}}};
  };
  check({{"equal", "seealso", link(10, 6, "see"), link(20, 6, "see"), true},
         {"another name", "seealso", link(10, 6, "see"), link(20, 6, "look"), true},
         {"from another passage", "seealso", link(10, 6, "see"), link(20, 5, "see"), false}});
}

BOOST_AUTO_TEST_CASE(M_03_a_memo_link_is_the_same_memo_to_the_same_item) {
  const auto linked = [](std::uint64_t first, const char* memo) -> Lines {
    return {code_line(first, "Calm"),
            source_line(first + 1, "memo", "Think", memo),
            {"memo.linked", {{"item", id_text(first)}, {"memo", id_text(first + 1)}}}};
  };
  Meeting same, other;
  same.there(linked(10, "On it"));
  same.here(linked(20, "On it"));
  BOOST_TEST(tally(same.bring(), "memo link").same == 1U);
  other.there(linked(10, "On it"));
  other.here(linked(20, "Mine"));
  BOOST_TEST(left_out(other.bring(), "memo link", "it is said otherwise here") == 1U);
  BOOST_TEST((projector::memo_of(other.target.state(), id_of_number(20)) == id_of_number(21)));
}

// ---- codes, cases, relationships

BOOST_AUTO_TEST_CASE(M_04_codes_and_cases_are_the_same_name_and_place) {
  for (const char* kind : {"code", "case"})
    check({{"equal", kind, {code_line(1, "Calm", kind)}, {code_line(2, "calm ", kind)}, true},
           {"another name",
            kind,
            {code_line(1, "Calm", kind)},
            {code_line(2, "Quiet", kind)},
            false}});
  Meeting meeting;
  meeting.there({code_line(1, "Body"), code_line(2, "Calm", "code", 1)});
  meeting.here({code_line(3, "Mind"), code_line(4, "Calm", "code", 3), code_line(5, "Body")});
  const auto plan = meeting.bring();
  BOOST_TEST(tally(plan, "code").merged == 1U);
  BOOST_TEST(tally(plan, "code").made == 1U);
  BOOST_TEST(
      (meeting.target.value<projector::Parent>(came(plan, 2), projector::Facet::Parent).parent ==
       id_of_number(5)));
}

BOOST_AUTO_TEST_CASE(M_04_a_relationship_is_the_same_type_and_ends) {
  const auto related = [](std::uint64_t first, const char* direction, bool turned) -> Lines {
    const auto one = id_text(first), other = id_text(first + 1);
    return {code_line(first, "Ana", "case"),
            code_line(first + 1, "Bea", "case"),
            with(named("reltype.created", first + 2, "knows"), "direction", direction),
            {"relationship.created",
             {{"id", id_text(first + 3)},
              {"from", turned ? other : one},
              {"to", turned ? one : other},
              {"reltype", id_text(first + 2)}}}};
  };
  check({{"equal", "relationship", related(10, "one_way", false), related(20, "one_way", false),
          true},
         {"the other way, where it matters", "relationship", related(10, "one_way", false),
          related(20, "one_way", true), false},
         {"the other way, where it does not", "relationship", related(10, "symmetrical", false),
          related(20, "symmetrical", true), true},
         {"a type of the same name in another direction", "reltype", related(10, "one_way", false),
          related(20, "symmetrical", false), false}});
}

// ---- the rest

BOOST_AUTO_TEST_CASE(M_05_queries_are_the_same_name_and_time) {
  const Line query = with(named("query.saved", 1, "Water"), "definition", "swim");
  auto other = query;
  other.body["id"] = id_text(2);
  other.body["definition"] = "swam";
  check({{"at the same time", "query", {query}, {other}, true},
         {"at another", "query", {query}, {code_line(9, "First"), other}, false}});
}

BOOST_AUTO_TEST_CASE(M_05_classifications_attributes_values_folders_and_sets_by_their_names) {
  const auto classes = [](std::uint64_t first, const char* type, const char* value) -> Lines {
    return {named("classification.created", first, "Person"),
            {"attribute.created",
             {{"id", id_text(first + 1)},
              {"classification", id_text(first)},
              {"name", "Swims"},
              {"type", type}}},
            {"attrvalue.created",
             {{"id", id_text(first + 2)}, {"attribute", id_text(first + 1)}, {"name", value}}}};
  };
  auto of_sources = classes(20, "text", "Yes");
  of_sources.front().body["kind"] = "source";
  const auto first = classes(10, "text", "Yes");
  check({{"equal", "classification", first, classes(20, "text", "Yes"), true},
         {"equal", "attribute", first, classes(20, "text", "Yes"), true},
         {"equal", "attrvalue", first, classes(20, "text", "yes"), true},
         {"another value", "attrvalue", first, classes(20, "text", "No"), false},
         {"another type", "attribute", first, classes(20, "integer", "1"), false},
         {"for sources", "classification", first, of_sources, false},
         {"a set", "set", {named("set.created", 1, "All")}, {named("set.created", 2, "all")}, true},
         {"another set",
          "set",
          {named("set.created", 1, "All")},
          {named("set.created", 2, "Some")},
          false},
         {"a folder",
          "folder",
          {named("folder.created", 1, "Field")},
          {named("folder.created", 2, "Field")},
          true}});
}
