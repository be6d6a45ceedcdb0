// SPDX-License-Identifier: Apache-2.0
// What a plan makes of a choice: duplicates merged or numbered, types, structure, users, people;
// and what it leaves, with the reason.
#include "tests/tools/transfer/meeting.h"

#include <boost/test/unit_test.hpp>

using namespace qualog;
using namespace qualog::test;
using transfer::Choice;
using transfer::ItemType;

namespace {

constexpr const char* kGroundStays = "what it stands on does not come";

Line code(std::uint64_t id, const char* name, std::uint64_t parent = 0) {
  Line line = {"code.created", {{"id", id_text(id)}, {"name", name}}};
  if (parent != 0) line.body["parent"] = id_text(parent);
  return line;
}

Line source(std::uint64_t id, const char* name, const char* text, const char* who = "ann") {
  return {"source.created",
          {{"id", id_text(id)},
           {"name", name},
           {"text", text},
           {"length", std::string_view(text).size()}},
          who};
}

Line coding(std::uint64_t id, std::uint64_t of, std::uint64_t on, int begin, int end,
            const char* who = "ann") {
  return {"coding.added",
          {{"id", id_text(id)},
           {"code", id_text(of)},
           {"source", id_text(on)},
           {"begin", begin},
           {"end", end}},
          who};
}

Choice only(std::set<ItemType> types) {
  Choice choice;
  choice.types = std::move(types);
  return choice;
}

Choice numbering() {
  Choice choice;
  choice.duplicates = fb::Duplicates::Numbered;
  return choice;
}

}  // namespace

// ---- M-06

BOOST_AUTO_TEST_CASE(M_06_duplicates_are_merged_into_what_is_here) {
  Meeting meeting;
  meeting.there({source(1, "Ana", "I swim."), code(2, "Calm"), coding(3, 2, 1, 0, 6)});
  meeting.here({source(4, "Ana", "I swim."), code(5, "Calm")});
  const auto plan = meeting.bring();
  BOOST_TEST(tally(plan, "source").merged == 1U);
  BOOST_TEST(tally(plan, "coding").made == 1U);
  const auto place = meeting.target.value<projector::Place>(came(plan, 3), projector::Facet::Place);
  BOOST_TEST((place.code == id_of_number(5)));
  BOOST_TEST((place.source == id_of_number(4)));
}

BOOST_AUTO_TEST_CASE(M_06_duplicates_are_numbered_where_that_is_chosen) {
  Meeting meeting;
  meeting.there({source(1, "Ana", "I swim."), code(2, "Calm"), code(3, "By water", 2),
                 coding(4, 2, 1, 0, 6)});
  meeting.here({source(5, "Ana", "I swim."), code(6, "Calm"), code(7, "By water", 6)});
  const auto plan = meeting.bring(numbering());
  BOOST_TEST(meeting.target.name_of(came(plan, 1)) == "Ana (2)");
  BOOST_TEST(meeting.target.name_of(came(plan, 2)) == "Calm (2)");
  BOOST_TEST(meeting.target.name_of(came(plan, 3)) == "By water");
  BOOST_TEST(tally(plan, "code").numbered == 1U);
  BOOST_REQUIRE_EQUAL(plan.report.renamed.size(), 2U);
  BOOST_TEST(meeting.plan(numbering()).empty());
}

BOOST_AUTO_TEST_CASE(M_06_what_is_no_duplicate_gets_a_number_where_its_name_is_taken) {
  Meeting meeting;
  meeting.there(source(1, "Ana", "I swim."));
  meeting.here({source(2, "Ana", "I run."), source(3, "Ana (2)", "I walk.")});
  const auto plan = meeting.bring();
  BOOST_TEST(meeting.target.name_of(came(plan, 1)) == "Ana (3)");
  BOOST_TEST(meeting.plan().empty());
}

BOOST_AUTO_TEST_CASE(M_06_a_value_is_never_called_as_a_label) {
  Meeting meeting;
  meeting.there({{"classification.created", {{"id", id_text(1)}, {"name", "Person"}}},
                 {"attribute.created",
                  {{"id", id_text(2)}, {"classification", id_text(1)}, {"name", "Swims"}}},
                 {"attrvalue.created",
                  {{"id", id_text(3)}, {"attribute", id_text(2)}, {"name", "Nothing"}}}});
  meeting.here({"project.props_changed", {{"unassigned", "nothing"}}});
  const auto plan = meeting.bring();
  BOOST_TEST(meeting.target.name_of(came(plan, 3)) == "Nothing (2)");
}

// ---- M-07

BOOST_AUTO_TEST_CASE(M_07_sources_alone_bring_no_coding_and_the_report_says_so) {
  Meeting meeting;
  meeting.there({{"folder.created", {{"id", id_text(9)}, {"name", "Field"}}},
                 {"folder.created", {{"id", id_text(8)}, {"name", "Empty"}}},
                 source(1, "Ana", "I swim."),
                 code(2, "Calm"),
                 coding(3, 2, 1, 0, 6)});
  meeting.there({"source.moved", {{"source", id_text(1)}, {"folder", id_text(9)}}});
  const auto plan = meeting.bring(only({ItemType::Sources}));
  BOOST_TEST(tally(plan, "source").made == 1U);
  BOOST_TEST(tally(plan, "folder").made == 1U);
  BOOST_TEST(tally(plan, "folder").along == 1U);
  BOOST_TEST(left_out(plan, "folder", "not chosen") == 1U);
  BOOST_TEST(left_out(plan, "code", "not chosen") == 1U);
  BOOST_TEST(left_out(plan, "coding", "not chosen") == 1U);
}

BOOST_AUTO_TEST_CASE(M_07_codings_alone_come_onto_what_is_here_already) {
  Meeting meeting;
  meeting.there({source(1, "Ana", "I swim."), source(2, "Bea", "I run."), code(3, "Calm"),
                 coding(4, 3, 1, 0, 6), coding(5, 3, 2, 0, 5)});
  meeting.here({source(6, "Ana", "I swim."), code(7, "Calm")});
  const auto plan = meeting.bring(only({ItemType::Codings}));
  BOOST_TEST(tally(plan, "coding").made == 1U);
  BOOST_TEST(left_out(plan, "coding", kGroundStays) == 1U);
  BOOST_TEST(tally(plan, "source").made == 0U);
  BOOST_TEST(meeting.plan(only({ItemType::Codings})).empty());
}

// ---- M-08

BOOST_AUTO_TEST_CASE(M_08_structure_only_is_the_tree_without_content) {
  Meeting meeting;
  meeting.there({source(1, "Ana", "I swim."),
                 code(2, "Calm"),
                 code(3, "By water", 2),
                 coding(4, 2, 1, 0, 6),
                 {"code.created", {{"id", id_text(5)}, {"name", "Ana"}, {"kind", "case"}}}});
  Choice choice;
  choice.structure_only = true;
  const auto plan = meeting.bring(choice);
  BOOST_TEST(tally(plan, "code").made == 2U);
  BOOST_TEST(tally(plan, "case").made == 1U);
  BOOST_TEST(tally(plan, "source").made == 0U);
  BOOST_TEST(tally(plan, "coding").made == 0U);
  BOOST_TEST(plan.new_people.empty());
}

BOOST_AUTO_TEST_CASE(M_08_one_users_sources_and_codings_come_alone) {
  Meeting meeting;
  meeting.there({source(1, "Ana", "I swim."), source(2, "Bea", "I run.", "bo"), code(3, "Calm"),
                 coding(4, 3, 2, 0, 5), coding(5, 3, 2, 0, 4, "bo"), coding(6, 3, 1, 0, 5, "bo")});
  Choice choice;
  choice.users = {projector::profile_item("bo")};
  const auto plan = meeting.bring(choice);
  BOOST_TEST(tally(plan, "code").made == 1U);
  BOOST_TEST((came(plan, 2) && came(plan, 5)));
  BOOST_TEST(!came(plan, 1));
  BOOST_TEST(left_out(plan, "source", "by somebody who was not chosen") == 1U);
  BOOST_TEST(left_out(plan, "coding", "by somebody who was not chosen") == 1U);
  BOOST_TEST(left_out(plan, "coding", kGroundStays) == 1U);
}

// ---- M-10

BOOST_AUTO_TEST_CASE(M_10_settings_that_are_not_here_come_and_the_others_stay) {
  const auto settings = [](const boost::json::array& list) -> Line {
    return {"project.props_changed", {{"settings", list}}};
  };
  Meeting meeting;
  meeting.there(settings({{{"key", "style.quote"}, {"value", "italic"}},
                          {{"key", "stop_words"}, {"value", "der die das"}}}));
  meeting.here(settings({{{"key", "stop_words"}, {"value", "the a"}}}));
  const auto plan = meeting.bring();
  const auto now = meeting.target.value<projector::Settings>(projector::kProjectItem,
                                                             projector::Facet::Settings);
  BOOST_REQUIRE_EQUAL(now.settings.size(), 2U);
  BOOST_TEST(now.settings[0].value.plain == "the a");
  BOOST_TEST(now.settings[1].value.plain == "italic");
  BOOST_TEST(left_out(plan, "setting", "it is said otherwise here") == 1U);
  BOOST_TEST(meeting.plan().empty());
}

BOOST_AUTO_TEST_CASE(M_10_labels_of_a_project_stay_with_it_and_are_told) {
  const auto labels = [](const char* unassigned, const char* not_applicable) -> Line {
    return {"project.props_changed",
            {{"unassigned", unassigned}, {"not_applicable", not_applicable}}};
  };
  constexpr auto kStays = "what a value that is not given is called stays with its project";
  Meeting meeting;
  meeting.there(labels("keine Angabe", "passt nicht"));
  BOOST_TEST(left_out(meeting.plan(), "label", kStays) == 2U);
  meeting.here(labels("keine Angabe", "n/a"));
  BOOST_TEST(left_out(meeting.plan(), "label", kStays) == 1U);
  meeting.here(labels("keine Angabe", "passt nicht"));
  BOOST_TEST(left_out(meeting.plan(), "label", kStays) == 0U);
  BOOST_TEST(meeting.plan().empty());
}

// ---- people

BOOST_AUTO_TEST_CASE(people_are_mapped_by_the_table_never_by_their_names) {
  Meeting meeting;
  meeting.there({source(1, "Ana", "I swim."), code(2, "Calm"), coding(3, 2, 1, 0, 6, "bo"),
                 coding(4, 2, 1, 0, 6, "cy"), coding(5, 2, 1, 0, 6)});
  meeting.here({"code.created", {{"id", id_text(9)}, {"name", "Mine"}}, "bo"});
  Choice choice;
  choice.people[projector::profile_item("cy")] = projector::profile_item("bo");
  const auto plan = meeting.bring(choice);
  const auto coder = [&](std::uint64_t number) {
    return meeting.target.value<projector::Place>(came(plan, number), projector::Facet::Place)
        .coder;
  };
  BOOST_TEST((coder(4) == projector::profile_item("bo")));
  BOOST_TEST((coder(3) != projector::profile_item("bo")));
  BOOST_TEST((coder(5) != projector::profile_item("ann")));
  BOOST_TEST(
      meeting.target.value<projector::Role>(coder(3), projector::Facet::Role).principal.empty());
  BOOST_TEST(plan.new_people.size() == 2U);
  BOOST_TEST(meeting.plan(choice).empty());
}

BOOST_AUTO_TEST_CASE(two_people_who_are_one_here_code_a_passage_once) {
  Meeting meeting;
  meeting.there({source(1, "Ana", "I swim."), code(2, "Calm"), coding(3, 2, 1, 0, 6, "bo"),
                 coding(4, 2, 1, 0, 6, "cy")});
  Choice choice;
  choice.people = {{projector::profile_item("bo"), projector::profile_item("ann")},
                   {projector::profile_item("cy"), projector::profile_item("ann")}};
  const auto plan = meeting.bring(choice);
  BOOST_TEST(tally(plan, "coding").made == 1U);
  BOOST_TEST(tally(plan, "coding").merged == 1U);
  BOOST_TEST(meeting.plan(choice).empty());
}

// ---- what stays, and why

BOOST_AUTO_TEST_CASE(passages_stay_where_the_text_here_has_changed) {
  Meeting meeting;
  meeting.there({source(1, "Ana", "I swim."), code(2, "Calm")});
  const auto first = meeting.bring();
  const auto source_here = came(first, 1);
  auto& target = meeting.target;
  target.did(target.ann, lease_acquired(source_here));
  target.did(target.ann, text_edited(source_here, target.head(), target.version_of(source_here),
                                     {{0, 0, "Well. "}}));
  meeting.there(
      {coding(3, 2, 1, 0, 6),
       {"coding.added", {{"id", id_text(4)}, {"code", id_text(2)}, {"source", id_text(1)}}}});
  const auto plan = meeting.bring();
  BOOST_TEST(left_out(plan, "coding", "the text of its source differs here") == 1U);
  BOOST_TEST(tally(plan, "coding").made == 1U);
}

BOOST_AUTO_TEST_CASE(what_the_changed_type_of_an_attribute_does_not_let_in_stays) {
  Meeting meeting;
  const auto attribute = [](std::uint64_t number, const char* name, const char* otherwise) {
    return Line{"attribute.created",
                {{"id", id_text(number)},
                 {"classification", id_text(1)},
                 {"name", name},
                 {"default_value", otherwise}}};
  };
  const auto now_whole = [](std::uint64_t number) {
    return Line{"attribute.type_changed", {{"attribute", id_text(number)}, {"type", "integer"}}};
  };
  meeting.there(
      {{"classification.created", {{"id", id_text(1)}, {"kind", "case"}, {"name", "Person"}}},
       attribute(2, "Visits", "3"),
       attribute(3, "Lanes", "many"),
       {"attrvalue.created", {{"id", id_text(4)}, {"attribute", id_text(2)}, {"name", "often"}}},
       now_whole(2),
       now_whole(3)});
  const auto plan = meeting.bring();
  BOOST_TEST(left_out(plan, "attrvalue", "it is not of the type of its attribute") == 1U);
  BOOST_TEST(left_out(plan, "attribute", "its default is not of its type") == 1U);
  BOOST_TEST(tally(plan, "attribute").made == 1U);
}

BOOST_AUTO_TEST_CASE(passages_that_were_deleted_stay) {
  Meeting meeting;
  meeting.there({source(1, "Ana", "I swim."), code(2, "Calm"), coding(3, 2, 1, 2, 6)});
  auto& world = meeting.source;
  world.did(world.ann, lease_acquired(id_of_number(1)));
  world.did(world.ann, text_edited(id_of_number(1), world.head(), world.version_of(id_of_number(1)),
                                   {{1, 6, ""}}));
  const auto plan = meeting.bring();
  BOOST_TEST(left_out(plan, "coding", "its passage was deleted") == 1U);
  BOOST_TEST(tally(plan, "source").made == 1U);
}

BOOST_AUTO_TEST_CASE(a_source_whose_file_is_gone_stays_with_all_that_stands_on_it) {
  Meeting meeting;
  meeting.there({{"source.imported",
                  {{"id", id_text(1)},
                   {"kind", "pdf"},
                   {"name", "Paper"},
                   {"text", "I swim."},
                   {"length", 7},
                   {"blob", {{"hash", std::string(64, 'a')}, {"size", 3}}}}},
                 code(2, "Calm"),
                 coding(3, 2, 1, 2, 6)});
  meeting.files = false;
  const auto plan = meeting.bring();
  BOOST_TEST(left_out(plan, "source", "its file is not in the blob area of its project") == 1U);
  BOOST_TEST(left_out(plan, "coding", kGroundStays) == 1U);
  meeting.files = true;
  const auto whole = meeting.bring();
  BOOST_TEST(tally(whole, "source").made == 1U);
  BOOST_TEST(tally(whole, "coding").made == 1U);
  BOOST_REQUIRE_EQUAL(whole.blobs.size(), 1U);
}

BOOST_AUTO_TEST_CASE(a_code_that_is_a_folder_here_is_not_applied) {
  Meeting meeting;
  meeting.there({source(1, "Ana", "I swim."), code(2, "Calm"), coding(3, 2, 1, 2, 6)});
  meeting.here({"code.created", {{"id", id_text(4)}, {"name", "Calm"}, {"codable", false}}});
  BOOST_TEST(left_out(meeting.bring(), "coding", "its code cannot be applied here") == 1U);
}

BOOST_AUTO_TEST_CASE(codings_of_a_merged_code_come_on_what_it_was_merged_into) {
  Meeting meeting;
  meeting.there({source(1, "Ana", "I swim."), code(2, "Calm"), code(3, "Quiet"),
                 coding(4, 3, 1, 2, 6), coding(5, 2, 1, 2, 6)});
  meeting.source.did(meeting.source.ann, code_merged({id_of_number(3)}, id_of_number(2)));
  const auto plan = meeting.bring();
  BOOST_TEST(tally(plan, "code").made == 1U);
  BOOST_TEST(tally(plan, "coding").made == 1U);
  BOOST_TEST(tally(plan, "coding").merged == 1U);
}

BOOST_AUTO_TEST_CASE(comments_stay) {
  Meeting meeting;
  meeting.there(
      {code(1, "Calm"),
       {"comment.posted", {{"id", id_text(2)}, {"item", id_text(1)}, {"text", "Too wide?"}}}});
  const auto plan = meeting.bring();
  BOOST_TEST(left_out(plan, "comment", "the talk of a team stays with its project") == 1U);
}

// Two sealed texts look alike to whoever has no key.
BOOST_AUTO_TEST_CASE(sealed_words_stay_and_are_like_no_others) {
  const auto sealed = [](std::uint8_t byte) {
    auto text = std::make_unique<fb::TextT>();
    text->seal = std::make_unique<fb::SealT>();
    text->seal->subject = text->seal->key = id_of_number(77);
    text->seal->nonce = text->seal->bytes = {byte};
    text->length = 7;
    return text;
  };
  const auto add_to = [&](World& world, std::uint64_t first, std::uint8_t byte) {
    auto source = source_created(id_of_number(first), "Ana", "I swim.");
    source.AsSourceCreated()->text = sealed(byte);
    world.did(world.ann, source);
    world.did(world.ann, source_created(id_of_number(first + 1), "Bea", "I run."));
    auto note = annotated(id_of_number(first + 2), id_of_number(first + 1), 0, 5, "x");
    note.AsAnnotationCreated()->text = sealed(byte);
    world.did(world.ann, note);
  };
  Meeting meeting;
  add_to(meeting.source, 1, 1);
  add_to(meeting.target, 11, 2);
  const auto plan = meeting.bring();
  BOOST_TEST(left_out(plan, "source", "its text is sealed with a key of the other project") == 1U);
  BOOST_TEST(left_out(plan, "annotation", "its words are sealed with a key of the other project") ==
             1U);
  BOOST_TEST(tally(plan, "source").merged == 1U);
}
