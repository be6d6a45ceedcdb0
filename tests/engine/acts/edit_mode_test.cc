// SPDX-License-Identifier: Apache-2.0
// What is edited in edit mode beside texts, what never is, and what others see of it meanwhile.
// Rows: D-03, D-04, D-23, EM-2, EM-5, X-13, X-15.
#include "projector/query/codings.h"
#include "projector/query/text.h"
#include "tests/engine/acts/making.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

namespace {

namespace json = boost::json;

struct EditMode : World {
  Person bo = join("bo"), cy = join("cy");

  // An act that changes `item` of this kind, under the lease that `token` is of.
  Action changed(const char* kind, const ItemId& item, Sequence token) {
    const bool is_map = std::string_view(kind) == "map";
    return said(std::string(kind) + (is_map ? ".edited" : ".changed"),
                {{kind, word(item)}, {"token", token.value}, {"definition", "{}"}});
  }
  Action deleted(const char* kind, const ItemId& item) {
    return said(std::string(kind) + ".deleted", {{kind, word(item)}});
  }
  Action row_added(const ItemId& audio, Sequence token) {
    return said("transcript.row_added",
                {{"id", word(new_item())},
                 {"source", word(audio)},
                 {"token", token.value},
                 {"version", version_of(audio).value},
                 {"text", "Good morning.\n"},
                 {"area", json::object{{"kind", "span"}, {"left", 0}, {"right", 900}}}});
  }
  ItemId a_file(const char* kind, const char* name) {
    return made(*this, "source.imported",
                {{"kind", kind}, {"name", name}, {"blob", blob_called(name)}});
  }
  std::string text_of(const ItemId& source) {
    auto text = projector::SourceText::of(state(), source);
    BOOST_REQUIRE(text);
    return std::string(text->slice(0, text->length()));
  }
};

constexpr const char* kDefined[] = {"map", "report", "extract"};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(edit_mode, EditMode)

BOOST_AUTO_TEST_CASE(EM_5_D_23_maps_reports_and_extracts_change_in_edit_mode_only) {
  for (const auto* kind : kDefined) BOOST_TEST_CONTEXT(kind) {
      const auto item = named(*this, std::string(kind) + ".created", kind);
      BOOST_TEST(result(does(bo, changed(kind, item, {}))) == "NEED_EDIT_LEASE");
      const auto token = did(bo, lease_acquired(item));
      const auto second = does(cy, lease_acquired(item));
      BOOST_TEST(result(second) == "LOCKED_EDIT");
      BOOST_TEST(winner(second).value == token.value);
      BOOST_TEST(result(does(cy, changed(kind, item, token))) == "NEED_EDIT_LEASE");
      BOOST_TEST(result(does(cy, deleted(kind, item))) == "LOCKED_EDIT");
      BOOST_TEST(result(does(bo, changed(kind, item, token))) == "accepted");
      did(bo, lease_released(item, token));
      BOOST_TEST(result(does(bo, changed(kind, item, token))) == "NEED_EDIT_LEASE");
      BOOST_TEST(result(does(cy, deleted(kind, item))) == "accepted");
    }
}

BOOST_AUTO_TEST_CASE(EM_5_the_edit_mode_of_one_map_leaves_others_alone) {
  const auto one = named(*this, "map.created", "one"), other = named(*this, "map.created", "other");
  did(bo, lease_acquired(one));
  const auto token = did(cy, lease_acquired(other));
  BOOST_TEST(result(does(cy, changed("map", other, token))) == "accepted");
}

BOOST_AUTO_TEST_CASE(EM_5_a_map_made_static_under_an_edit_mode_of_another_is_refused) {
  const auto map = named(*this, "map.created", "one");
  did(bo, lease_acquired(map));
  const auto fixed = said("map.made_static", {{"map", word(map)}, {"sequence", 3}});
  BOOST_TEST(result(does(cy, fixed)) == "LOCKED_EDIT");
  BOOST_TEST(result(does(bo, fixed)) == "accepted");
}

BOOST_AUTO_TEST_CASE(EM_2_D_03_rows_of_a_transcript_are_added_in_edit_mode) {
  const auto audio = a_file("audio", "a talk");
  BOOST_TEST(result(does(bo, row_added(audio, {}))) == "NEED_EDIT_LEASE");
  const auto token = did(bo, lease_acquired(audio));
  BOOST_TEST(result(does(cy, row_added(audio, token))) == "NEED_EDIT_LEASE");
  BOOST_TEST(result(does(bo, row_added(audio, token))) == "accepted");
  BOOST_TEST(text_of(audio) == "Good morning.\n");
}

BOOST_AUTO_TEST_CASE(D_03_a_row_stands_on_words_that_are_there_too) {
  const auto audio = a_file("audio", "a talk");
  const auto token = did(bo, lease_acquired(audio));
  did(bo, row_added(audio, token));
  const auto before = digests().content;
  const auto row = new_item();
  const auto on_words = [&](std::uint32_t position, std::uint32_t length, const char* text) {
    return said("transcript.row_added", {{"id", word(row)},
                                         {"source", word(audio)},
                                         {"token", token.value},
                                         {"version", version_of(audio).value},
                                         {"position", position},
                                         {"length", length},
                                         {"text", text}});
  };
  BOOST_TEST(result(does(bo, on_words(5, 7, "Bye."))) == "INVALID");
  BOOST_TEST(result(does(bo, on_words(5, 10, ""))) == "INVALID");
  BOOST_TEST(result(does(bo, on_words(1, ~0U, ""))) == "INVALID");
  const auto made = did(bo, on_words(5, 7, ""));
  BOOST_TEST(range_of(row) == "[5,12)");
  BOOST_TEST(text_of(audio) == "Good morning.\n");
  did(bo, undone(made));
  BOOST_TEST((digests().content == before));
}

BOOST_AUTO_TEST_CASE(EX_3_D_03_a_row_in_an_import_stands_on_the_text_of_then) {
  const auto audio = a_file("audio", "a talk");
  const auto first = version_of(audio);
  did(bo, row_added(audio, did(bo, lease_acquired(audio))));
  did(ann, said("exclusive.acquired", {{"drain", true}}));
  const auto row = [&](Sequence version) {
    return said("transcript.row_added", {{"id", word(new_item())},
                                         {"source", word(audio)},
                                         {"version", version.value},
                                         {"length", 4}});
  };
  BOOST_TEST(result(does(ann, {import_started(), row(first)})) == "STALE");
  BOOST_TEST(result(does(ann, {import_started(), row({}), row({})})) == "accepted");
}

BOOST_AUTO_TEST_CASE(X_13_D_04_datasets_and_pdfs_never_enter_edit_mode) {
  for (const auto* kind : {"dataset", "pdf"}) BOOST_TEST_CONTEXT(kind) {
      const auto source = a_file(kind, kind);
      BOOST_TEST(result(does(bo, lease_acquired(source))) == "POLICY");
      BOOST_TEST(result(does(bo, said("lease.awaited", {{"item", word(source)}}))) == "POLICY");
      const auto edit = text_edited(source, head(), version_of(source), {{0, 0, "new"}});
      BOOST_TEST(result(does(bo, edit)) == "NEED_EDIT_LEASE");
    }
  for (const auto* kind : {"audio", "video", "picture"})
    BOOST_TEST(result(does(bo, lease_acquired(a_file(kind, kind)))) == "accepted");
}

BOOST_AUTO_TEST_CASE(X_13_what_is_coded_on_a_dataset_stays_where_it_was_put) {
  const auto code = a_code("absence");
  const auto table = made(*this, "source.imported",
                          {{"kind", "dataset"},
                           {"name", "survey"},
                           {"blob", blob_called("survey.csv")},
                           {"text", "a,b\nyes,no\n"},
                           {"length", 11}});
  const auto coding = new_item();
  did(bo, coded(coding, code, table, 4, 7));
  did(bo, source_renamed(table, "a survey"));
  BOOST_TEST(range_of(coding) == "[4,7)");
}

BOOST_AUTO_TEST_CASE(X_15_others_see_the_last_committed_text_with_its_coding) {
  const auto code = a_code("absence");
  const auto text = a_source("interview 1", "There was nobody at the gym.");
  const auto coding = new_item();
  did(cy, coded(coding, code, text, 10, 16));
  const auto passages = [&] {
    std::vector<std::string> found;
    for (const auto& entry : projector::codings(state(), {.source = text}))
      found.push_back(entry.text);
    return found;
  };
  const auto token = did(bo, lease_acquired(text));
  BOOST_TEST(passages() == std::vector<std::string>{"nobody"}, boost::test_tools::per_element());
  did(bo, text_edited(text, token, version_of(text), {{0, 5, "Here"}}));
  BOOST_TEST(text_of(text) == "Here was nobody at the gym.");
  BOOST_TEST(passages() == std::vector<std::string>{"nobody"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
