// SPDX-License-Identifier: Apache-2.0
// What programs really write of codes, cases, people, notes, links and their identities, beside and
// against the standard: one test for each habit, each with the row of the report that tells people
// about it.
#include "schema/limits.h"
#include "tests/tools/interchange/traps.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test::traps {

using namespace interchange;

BOOST_AUTO_TEST_CASE(any_order_of_elements_is_read) {
  const Project project = read(
      sources(fmt::format("<VideoSource guid='{}'><Transcript guid='{}'><NoteRef targetGUID='{}'/>"
                          "<TranscriptSelection guid='{}' fromSyncPoint='{}' toSyncPoint='{}'/>"
                          "<SyncPoint guid='{}' position='1' timeStamp='5'/>"
                          "<SyncPoint guid='{}' position='3' timeStamp='9'/>"
                          "<PlainTextContent>a bc d</PlainTextContent></Transcript></VideoSource>",
                          guid(5), guid(5, 2), guid(6), guid(7), guid(9, 1), guid(9, 2), guid(9, 1),
                          guid(9, 2))) +
      fmt::format("<Notes><Note guid='{}'/></Notes>", guid(6)) +
      fmt::format("<Users><User guid='{}'/></Users>", guid(1)));
  BOOST_TEST(project.selections[0].start == 1U);
  BOOST_TEST(project.selections[0].end == 3U);
  BOOST_TEST(project.selections[0].end_ms.value() == 9);
  BOOST_TEST(project.note_references[0].note.index == 0U);
}

BOOST_AUTO_TEST_CASE(old_namespaces_and_members_are_read) {
  const ScratchFolder folder;
  const std::string xml = fmt::format(
      "<Project xmlns='urn:QDA-XML:project:0:10' name='old'>{}<Notes><Note guid='{}'/></Notes>"
      "<Sets><Set guid='{}' name='s' creatingUser='{}'><MemberCode guid='{}'/>"
      "<MemberNote>{}</MemberNote><MemberNote>no guid</MemberNote></Set></Sets></Project>",
      kCodeBook, guid(6), guid(0), guid(1), guid(2), guid(6));
  const auto project = read_project_file(folder.write("a.qde", xml));
  BOOST_REQUIRE(project.has_value());
  BOOST_TEST(project->sets[0].codes.at(0).index == 0U);
  BOOST_TEST(project->sets[0].notes.at(0).index == 0U);
  BOOST_TEST(project->sets[0].notes.size() == 1U);
  BOOST_TEST(said(*project, "Set@creatingUser", "beyond the standard") == 1U);
  BOOST_TEST(said(*project, "MemberNote", "without a GUID") == 1U);
}

BOOST_AUTO_TEST_CASE(codebooks_are_read_with_their_empty_wrappers) {
  const ScratchFolder folder;
  const std::string xml = fmt::format(
      "<CodeBook xmlns='urn:QDA-XML:codebook:1.0' origin='x'><Codes><Code guid='{}' name='A' "
      "isCodable='true'/></Codes><Sets/></CodeBook>",
      guid(2));
  const auto project = read_project_file(folder.write("a.qdc", xml));
  BOOST_REQUIRE(project.has_value());
  BOOST_TEST((project->format == FileFormat::CodebookXml));
  BOOST_TEST((count(*project) == Counts{.codes = 1}));
}

BOOST_AUTO_TEST_CASE(empty_attributes_are_absent) {
  const Project project = read(sources(text_source(
      "<PlainTextContent>abc</PlainTextContent>"
      "<PlainTextSelection guid='' startPosition='' endPosition='2' creatingUser='' name=''/>",
      "creatingUser='' creationDateTime=''")));
  BOOST_TEST(!project.sources[0].creator);
  BOOST_TEST(said(project, "TextSource", "claimed author") == 0U);
  BOOST_TEST((project.selections[0].placement == Placement::Unplaced));
  BOOST_TEST(said(project, "PlainTextSelection", "no positions") == 1U);
  BOOST_TEST(said(project, "PlainTextSelection", "no GUID") == 1U);
}

BOOST_AUTO_TEST_CASE(times_stay_as_written_and_a_missing_zone_is_told) {
  const Project project =
      read(sources(text_source("<PlainTextContent>a</PlainTextContent>",
                               "creationDateTime='2018-10-04T22:56:11' "
                               "modifiedDateTime='2018-10-04T22:56:11-03:00'")));
  BOOST_TEST(project.sources[0].created == "2018-10-04T22:56:11");
  BOOST_TEST(said(project, "TextSource", "without a zone") == 1U);
}

BOOST_AUTO_TEST_CASE(unknown_authors_are_told) {
  const Project project = read(sources(
      text_source("<PlainTextContent>a</PlainTextContent>", "creatingUser='" + guid(1, 5) + "'")));
  BOOST_TEST(said(project, "TextSource", "claimed author") == 1U);
}

BOOST_AUTO_TEST_CASE(a_nameless_case_on_one_source_is_its_values) {
  const std::string value = fmt::format(
      "<VariableValue><VariableRef targetGUID='{}'/><TextValue>north</TextValue></VariableValue>",
      guid(3));
  const std::string variable = fmt::format(
      "<Variables><Variable guid='{}' name='Place' typeOfVariable='Text'/></Variables>", guid(3));
  const auto with_case = [&](const char* name) {
    return read(
        variable +
        fmt::format("<Cases><Case guid='{}' {}>{}<SourceRef targetGUID='{}'/></Case></Cases>",
                    guid(4), name, value, guid(5)) +
        sources(text_source("<PlainTextContent>a</PlainTextContent>")));
  };
  const Project nameless = with_case("");
  BOOST_TEST(nameless.cases[0].values_of_source == 0U);
  BOOST_TEST(said(nameless, "Case", "values of that source") == 1U);
  const Project named = with_case("name='Ann'");
  BOOST_TEST(named.cases[0].values_of_source == kNowhere);
  BOOST_TEST(named.cases[0].values.at(0).value == "north");
}

BOOST_AUTO_TEST_CASE(a_code_with_the_guid_of_a_case_is_that_case) {
  const Project project =
      read(kCodeBook + fmt::format("<Cases><Case guid='{}' name='Ann'/></Cases>", guid(2)));
  BOOST_TEST(project.codes[0].same_as_case == 0U);
  BOOST_TEST(said(project, "Code", "GUID of a case") == 1U);
}

BOOST_AUTO_TEST_CASE(a_link_from_a_note_finds_its_selection) {
  const Project project = read(
      sources(text_source("<PlainTextContent>some words</PlainTextContent>" + selection(1, 0, 4))) +
      fmt::format("<Notes><Note guid='{}'><PlainTextContent>hm</PlainTextContent></Note></Notes>"
                  "<Links><Link guid='{}' originGUID='{}' targetGUID='{}'/>"
                  "<Link guid='{}' originGUID='{}' targetGUID='{}'/></Links>",
                  guid(6), guid(0), guid(6), guid(7), guid(0, 2), guid(6), guid(9)));
  BOOST_TEST((project.links[0].origin == Object{Kind::Note, 0}));
  BOOST_TEST((project.links[0].target == Object{Kind::Selection, 0}));
  BOOST_TEST((project.links[1].target == Object{}));
  BOOST_TEST(said(project, "Link", "refers to nothing") == 1U);
}

BOOST_AUTO_TEST_CASE(a_link_to_a_guid_of_several_kinds_is_told) {
  const Project project = read(
      kCodeBook +
      fmt::format("<Cases><Case guid='{}' name='c'/></Cases><Links><Link guid='{}' originGUID='{}' "
                  "targetGUID='{}'/></Links>",
                  guid(2), guid(0), guid(2), guid(2)));
  BOOST_TEST((project.links[0].origin == Object{Kind::Code, 0}));
  BOOST_TEST(said(project, "Link", "several kinds") == 2U);
}

BOOST_AUTO_TEST_CASE(a_note_s_selection_may_mean_the_source_that_refers_to_it) {
  const std::string source = text_source(fmt::format(
      "<PlainTextContent>a long text with many words</PlainTextContent><NoteRef targetGUID='{}'/>",
      guid(6)));
  const auto with_note = [&](const std::string& content, const std::string& inner) {
    return read(
        kCodeBook + sources(source) +
        fmt::format("<Notes><Note guid='{}'><PlainTextContent>{}</PlainTextContent>{}</Note>"
                    "</Notes>",
                    guid(6), content, inner));
  };
  const Project annotation = with_note("doubtful", selection(1, 7, 11));
  BOOST_TEST((annotation.selections[0].owner == Object{Kind::Source, 0}));
  BOOST_TEST(annotation.selections[0].note == 0U);
  BOOST_TEST(annotation.selections[0].form == annotation.sources[0].text);
  BOOST_TEST(said(annotation, "Note", "mark on the source") == 1U);
  // A coded selection, several, or one that previews the note itself are the note's own.
  BOOST_TEST(with_note("doubtful", selection(1, 0, 8, coding(1))).selections[0].note == kNowhere);
  BOOST_TEST(with_note("doubtful", selection(1, 0, 8) + selection(2, 0, 3)).selections[0].note ==
             kNowhere);
  const std::string own = fmt::format(
      "<PlainTextSelection guid='{}' startPosition='0' endPosition='8' name='doubtful'/>", guid(7));
  BOOST_TEST(with_note("doubtful", own).selections[0].note == kNowhere);
}

BOOST_AUTO_TEST_CASE(equal_names_never_stop_a_file) {
  const Project project = read(
      fmt::format("<CodeBook><Codes><Code guid='{}' name='A' isCodable='true'><Code guid='{}' "
                  "name='A' isCodable='true'/></Code><Code guid='{}' name='A' isCodable='true'/>"
                  "</Codes></CodeBook>",
                  guid(2, 1), guid(2, 2), guid(2, 3)) +
      sources(text_source("", "", 1) + text_source("", "", 2)));
  BOOST_TEST(count(project).codes == 3U);
  BOOST_TEST(project.sources[0].name == project.sources[1].name);
}

BOOST_AUTO_TEST_CASE(tree_and_flag_of_codes_are_independent) {
  const Project project =
      read(fmt::format("<CodeBook><Codes><Code guid='{}' name='P' isCodable='true'><Code guid='{}' "
                       "name='C' isCodable='false'/></Code></Codes></CodeBook>",
                       guid(2, 1), guid(2, 2)) +
           sources(text_source("<PlainTextContent>abc</PlainTextContent>" + coding(1, 2))));
  BOOST_TEST(project.codes[0].codable);
  BOOST_TEST(!project.codes[1].codable);
  BOOST_TEST(said(project, "Coding", "may not be applied") == 1U);
}

BOOST_AUTO_TEST_CASE(variables_may_have_no_value_or_one_of_another_type) {
  const auto value = [](const char* inner) {
    return fmt::format("<VariableValue><VariableRef targetGUID='{}'/>{}</VariableValue>", guid(3),
                       inner);
  };
  const Project project = read(
      fmt::format("<Variables><Variable guid='{}' name='V' typeOfVariable='Float'/></Variables>",
                  guid(3)) +
      sources(text_source("<PlainTextContent>a</PlainTextContent>" + value("") +
                          value("<FloatValue>1.5</FloatValue>") +
                          value("<FloatValue>1e5</FloatValue>") +
                          "<VariableValue><TextValue>x</TextValue></VariableValue>")));
  BOOST_TEST(project.sources[0].values.size() == 3U);
  BOOST_TEST(!project.sources[0].values[0].present);
  BOOST_TEST(project.sources[0].values[2].value == "1e5");
  BOOST_TEST(said(project, "VariableValue", "not of its own type") == 1U);
  BOOST_TEST(said(project, "VariableValue", "of no variable") == 1U);
}

BOOST_AUTO_TEST_CASE(guids_are_one_whatever_their_case_and_braces) {
  const Project project = read(
      "<CodeBook><Codes><Code guid='{ABCDEF01-0000-4000-8000-00000000ABCD}' name='A' "
      "isCodable='true'/></Codes></CodeBook>" +
      sources(text_source("<PlainTextContent>abc</PlainTextContent><Coding guid='" + guid(8) +
                          "'><CodeRef targetGUID=' abcdef01-0000-4000-8000-00000000abcd '/>"
                          "</Coding>")));
  BOOST_TEST(project.codings[0].code.index == 0U);
}

BOOST_AUTO_TEST_CASE(repeated_guids_are_told_and_marked) {
  const Project project =
      read(fmt::format("<CodeBook><Codes><Code guid='{}' name='A' isCodable='true'/><Code "
                       "guid='{{{}}}' name='B' isCodable='true'/></Codes></CodeBook>",
                       guid(2), guid(2)) +
           sources(text_source("<PlainTextContent>some words</PlainTextContent>" +
                               selection(1, 0, 4, coding(1)) + selection(1, 5, 10))));
  BOOST_TEST(!project.codes[0].guid_repeated);
  BOOST_TEST(project.codes[1].guid_repeated);
  BOOST_TEST(project.selections[1].guid_repeated);
  BOOST_TEST(project.selections[1].same_as == kNowhere);
  BOOST_TEST(said(project, "Code", "repeated") == 1U);
  BOOST_TEST(said(project, "PlainTextSelection", "repeated") == 1U);
  BOOST_TEST(said(project, "CodeRef", "the first was taken") == 1U);
}

BOOST_AUTO_TEST_CASE(references_to_nothing_are_told) {
  const Project project = read(sources(
      text_source(fmt::format("<PlainTextContent>abc</PlainTextContent>{}<NoteRef targetGUID='{}'/>"
                              "<NoteRef targetGUID=''/>",
                              coding(1), guid(6)))));
  BOOST_TEST(!project.codings[0].code.found());
  BOOST_TEST(said(project, "CodeRef", "refers to nothing") == 1U);
  BOOST_TEST(said(project, "NoteRef", "refers to nothing") == 1U);
  BOOST_TEST(said(project, "NoteRef", "without a GUID") == 1U);
}

BOOST_AUTO_TEST_CASE(foreign_elements_are_named_and_skipped_whole) {
  const Project project = read(
      "<q:TabularSource xmlns:q='urn:q'><Users xmlns='urn:QDA-XML:project:1.0'><User/></Users>"
      "</q:TabularSource><Users><Case/>stray<User guid='" +
      guid(1) + "' nick='x'/></Users>");
  BOOST_TEST((count(project) == Counts{.users = 2, .cases = 1}));
  BOOST_TEST(project.users.size() == 1U);
  BOOST_TEST(said(project, "TabularSource", "beyond the standard") == 1U);
  BOOST_TEST(said(project, "User", "inside of an element that is not read") == 1U);
  BOOST_TEST(said(project, "Case", "where the standard has none") == 1U);
  BOOST_TEST(said(project, "Users", "text where") == 1U);
  BOOST_TEST(said(project, "User@nick", "beyond the standard") == 1U);
}

BOOST_AUTO_TEST_CASE(the_report_is_bounded) {
  std::string body;
  for (int i = 0; i < 3'000; ++i) body += fmt::format("<odd{}/>", i);
  const Project project = read(body);
  BOOST_TEST(project.losses.size() == limits::kLossRowsMax + 1);
  BOOST_TEST(project.losses.back().count == 2'000U);
  BOOST_TEST(read("<" + std::string(60, 'x') + "/>").losses[0].element == "(another name)");
}

BOOST_AUTO_TEST_CASE(what_is_no_guid_is_an_identity_all_the_same) {
  const Project project =
      read("<CodeBook><Codes><Code guid='code 7' name='A' isCodable='true'/></Codes></CodeBook>" +
           sources(text_source("<PlainTextContent>abc</PlainTextContent><Coding guid='c1'><CodeRef "
                               "targetGUID=' code 7'/></Coding>")));
  BOOST_TEST(project.codings[0].code.index == 0U);
  BOOST_TEST(said(project, "Code@guid", "no GUID") == 1U);
}

BOOST_AUTO_TEST_CASE(a_project_without_namespace_is_read) {
  const ScratchFolder folder;
  const auto project = read_project_file(
      folder.write("a.qde", fmt::format("<Project name='p'>{}</Project>", kCodeBook)));
  BOOST_REQUIRE(project.has_value());
  BOOST_TEST((count(*project) == Counts{.codes = 1}));
}

BOOST_AUTO_TEST_CASE(a_note_linked_to_an_uncoded_passage_is_its_annotation) {
  const auto with = [&](std::string_view origin, const char* name, const std::string& inner) {
    return read(kCodeBook +
                    sources(text_source("<PlainTextContent>some words</PlainTextContent>" +
                                        selection(1, 0, 4, inner))) +
                    fmt::format("<Notes><Note guid='{}' name='{}'><PlainTextContent>hm"
                                "</PlainTextContent></Note></Notes><Links><Link guid='{}' "
                                "originGUID='{}' targetGUID='{}'/></Links>",
                                guid(6), name, guid(0), guid(6), guid(7)),
                {}, origin);
  };
  BOOST_TEST(with("NVivo 12", "Note 1", "").selections[0].note == 0U);
  BOOST_TEST(with("NVivo 12", "Note 1", "").links[0].is_annotation);
  BOOST_TEST(with("another", "", "").selections[0].note == 0U);
  BOOST_TEST(with("another", "My memo", "").selections[0].note == kNowhere);
  BOOST_TEST(with("NVivo 12", "Note 1", coding(1)).selections[0].note == kNowhere);
}

BOOST_AUTO_TEST_CASE(names_that_are_no_previews_are_titles) {
  const auto named = [](const char* name) {
    return fmt::format(
        "<PlainTextSelection guid='{}' name='{}' startPosition='0' "
        "endPosition='10'/>",
        guid(7), name);
  };
  const auto is_titled = [&](const char* name) {
    return read(sources(
                    text_source("<PlainTextContent>some words</PlainTextContent>" + named(name))))
        .selections[0]
        .titled;
  };
  BOOST_TEST(!is_titled(""));
  BOOST_TEST(!is_titled("some words"));
  BOOST_TEST(!is_titled("some..."));
  BOOST_TEST(is_titled("The turning point"));
}

}  // namespace qualog::test::traps
