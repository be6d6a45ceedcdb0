// SPDX-License-Identifier: Apache-2.0
// What programs really write of texts, files and places in them, beside and against the standard:
// one test for each habit, each with the row of the report that tells people about it.
#include "schema/limits.h"
#include "tests/tools/interchange/traps.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test::traps {

using namespace interchange;

BOOST_AUTO_TEST_CASE(windows_1252_texts_are_read_and_told) {
  const Project project =
      read(sources(text_source(selection(1, 4, 8), "plainTextPath='internal://a.txt'")),
           {{"a.txt", "f\xF8r \x93tid\x94 ord"}});
  BOOST_TEST(project.forms[0].text->utf8 == utf8_of(U"før “tid” ord"));
  BOOST_TEST(said(project, "TextSource", "Windows-1252") == 1U);
}

BOOST_AUTO_TEST_CASE(paths_out_of_the_archive_are_missing_texts) {
  const ScratchFolder folder;
  const auto secret = folder.write("secret.txt", "never read");
  for (const std::string& path :
       {"absolute://" + secret.string(), std::string("relative:///secret.txt"),
        "file://" + secret.string(), secret.string(), std::string("internal://../secret.txt")}) {
    const Project project =
        read(sources(text_source(selection(1, 2, 5), "plainTextPath='" + path + "'")));
    BOOST_TEST((project.forms[0].state == TextState::Missing));
    BOOST_TEST(said(project, "TextSource", "outside of the archive") == 1U);
    BOOST_TEST((project.selections[0].placement == Placement::Unverified));
    BOOST_TEST(project.selections[0].end == 5U);
  }
}

BOOST_AUTO_TEST_CASE(paths_are_read_leniently) {
  for (const char* path : {"internal://A.TXT", "a.txt", "sources/a.txt", "internal:///a.txt"}) {
    const Project project = read(sources(text_source("", fmt::format("plainTextPath='{}'", path))),
                                 {{"a.txt", "found"}});
    BOOST_REQUIRE((project.forms[0].state == TextState::Present));
    BOOST_TEST(project.forms[0].text->utf8 == "found");
  }
}

BOOST_AUTO_TEST_CASE(a_missing_text_is_told_and_the_rest_goes_on) {
  const Project project = read(sources(
      text_source(selection(1, 2, 5) + selection(2, 9, 4), "plainTextPath='internal://b.txt'")));
  BOOST_TEST(said(project, "TextSource", "missing in the archive") == 1U);
  BOOST_TEST(said(project, "PlainTextSelection", "its text is absent") == 2U);
  BOOST_TEST(project.selections[1].start == 4U);
  BOOST_TEST(project.dialects.empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_text_is_told) {
  const Project project = read(sources(text_source("", "plainTextPath='internal://b.txt'")),
                               {{"b.txt", std::string("PK\0\0", 4)}});
  BOOST_TEST((project.forms[0].state == TextState::Unreadable));
  BOOST_TEST(said(project, "TextSource", "no plain text") == 1U);
}

BOOST_AUTO_TEST_CASE(a_rectangle_and_its_text_are_one_quotation) {
  const std::string rectangle = fmt::format(
      "<PDFSelection guid='{}' page='0' firstX='1' firstY='1' secondX='2' secondY='2'>{}{}"
      "<NoteRef targetGUID='{}'/></PDFSelection>",
      guid(7), coding(1), coding(2, 2), guid(6));
  const std::string text = fmt::format(
      "<Representation guid='{}'><PlainTextContent>some granola here</PlainTextContent>{}"
      "</Representation>",
      guid(5, 9), selection(1, 5, 12, coding(3)));
  const std::string codes = fmt::format(
      "<CodeBook><Codes><Code guid='{}' name='A' isCodable='true'/><Code guid='{}' name='B' "
      "isCodable='true'/></Codes></CodeBook><Notes><Note guid='{}'/></Notes>",
      guid(2, 1), guid(2, 2), guid(6));
  // In the schema's order, and in QualCoder's.
  for (const bool rectangle_first : {true, false}) {
    const Project project =
        read(codes + sources(fmt::format("<PDFSource guid='{}' path='internal://x.pdf'>{}{}"
                                         "</PDFSource>",
                                         guid(5), rectangle_first ? rectangle : text,
                                         rectangle_first ? text : rectangle)));
    const Index pdf = rectangle_first ? 0 : 1;
    const Index plain = 1 - pdf;
    BOOST_TEST(count(project).selections == 2U);
    BOOST_TEST(project.selections[pdf].same_as == plain);
    BOOST_TEST(project.selections[plain].same_as == kNowhere);
    BOOST_TEST(!project.selections[pdf].guid_repeated);
    BOOST_TEST(project.selections[plain].start == 5U);
    std::size_t kept = 0;
    for (const Coding& item : project.codings) {
      BOOST_TEST((item.target == Object{Kind::Selection, plain}));
      kept += item.same_as == kNowhere ? 1 : 0;
    }
    BOOST_TEST(kept == 2U);  // one of each code
    BOOST_TEST((project.note_references[0].on == Object{Kind::Selection, plain}));
    BOOST_TEST(said(project, "PDFSelection", "the same quotation") == 1U);
  }
}

BOOST_AUTO_TEST_CASE(heights_on_a_page_count_as_the_program_counts) {
  const auto page = sources(fmt::format(
      "<PDFSource guid='{}'><PDFSelection guid='{}' page='0' firstX='9' firstY='186' secondX='1' "
      "secondY='3'/></PDFSource>",
      guid(5), guid(7)));
  struct Row {
    std::string_view origin;
    bool from_top;
    std::uint64_t doubts;
  };
  for (const Row& row : {Row{"ATLAS.ti 23.4", false, 0}, Row{"MAXQDA 2022", false, 0},
                         Row{"QualCoder-3.0", true, 0}, Row{"a careful program", false, 1}}) {
    const Project project = read(page, {}, row.origin);
    const Area& area = *project.selections[0].area;
    BOOST_TEST(area.from_top == row.from_top);
    BOOST_TEST(said(project, "PDFSelection", "from the bottom") == row.doubts);
    BOOST_TEST((area.low == 3 && area.high == 186 && area.left == 1 && area.right == 9));
  }
}

BOOST_AUTO_TEST_CASE(a_rectangle_of_another_source_is_a_repeated_guid) {
  const Project project = read(
      sources(text_source("<PlainTextContent>some words</PlainTextContent>" + selection(1, 0, 4)) +
              fmt::format("<PDFSource guid='{}'><PDFSelection guid='{}' page='0' firstX='1' "
                          "firstY='1' secondX='2' secondY='2'/></PDFSource>",
                          guid(5, 2), guid(7))));
  BOOST_TEST(project.selections[1].same_as == kNowhere);
  BOOST_TEST(project.selections[1].guid_repeated);
}

BOOST_AUTO_TEST_CASE(a_text_beside_the_project_is_found) {
  const ScratchFolder folder;
  const std::string xml = project_xml(sources(text_source("", "plainTextPath='a.txt'")));
  const auto project = read_project_file(folder.write(
      "a.qdpx",
      zip_bytes({{.name = "project.qde", .content = xml}, {.name = "a.txt", .content = "found"}})));
  BOOST_REQUIRE(project.has_value());
  BOOST_TEST(project->forms[0].text->utf8 == "found");
}

BOOST_AUTO_TEST_CASE(transcript_and_text_source_on_one_file_are_one_text) {
  const Project project = read(
      sources(text_source("", "plainTextPath='internal://a.txt'") +
              fmt::format("<VideoSource guid='{}' path='internal://v.mp4'><Transcript guid='{}' "
                          "plainTextPath='internal://A.txt'/></VideoSource>",
                          guid(5, 2), guid(5, 3))),
      {{"a.txt", "spoken"}});
  BOOST_TEST(project.forms[1].same_text_as == 0U);
  BOOST_TEST(project.forms[0].text.get() == project.forms[1].text.get());
  BOOST_TEST(said(project, "Transcript", "one text") == 1U);
}

BOOST_AUTO_TEST_CASE(sources_on_one_picture_stay_sources) {
  const Project project = read(sources(
      fmt::format("<PictureSource guid='{}' path='internal://p.png' currentPath='absolute://E:/p'/>"
                  "<PictureSource guid='{}' path='internal://p.png'/>",
                  guid(5, 1), guid(5, 2))));
  BOOST_TEST(count(project).sources == 2U);
  for (const auto& source : project.sources) BOOST_TEST(source.path == "internal://p.png");
  BOOST_TEST(said(project, "currentPath", "another machine") == 1U);
}

BOOST_AUTO_TEST_CASE(a_picture_is_served_by_its_description) {
  const Project project = read(sources(fmt::format(
      "<PictureSource guid='{}'><TextDescription guid='{}'><PlainTextContent>A red barn."
      "</PlainTextContent>{}</TextDescription></PictureSource>",
      guid(5), guid(5, 2), selection(1, 2, 5))));
  BOOST_TEST(project.sources[0].text == 0U);
  BOOST_TEST((project.selections[0].owner == Object{Kind::Source, 0}));
  BOOST_TEST(project.selections[0].end == 5U);
}

BOOST_AUTO_TEST_CASE(equal_ranges_stay_apart_and_carry_many_codings) {
  const Project project =
      read(kCodeBook + sources(text_source("<PlainTextContent>some words</PlainTextContent>" +
                                           selection(1, 0, 4, coding(1) + coding(2)) +
                                           selection(2, 0, 4, coding(3)))));
  BOOST_TEST(count(project).selections == 2U);
  BOOST_TEST(count(project).codings == 3U);
  BOOST_TEST(project.codings[1].same_as == kNowhere);
}

BOOST_AUTO_TEST_CASE(private_paths_are_told_and_not_kept) {
  const ScratchFolder folder;
  const auto project = read_project_file(folder.write(
      "a.qde", "<Project xmlns='urn:QDA-XML:project:1.0' name='p' basePath='/Users/ann/x'/>"));
  BOOST_REQUIRE(project.has_value());
  BOOST_TEST(said(*project, "Project@basePath", "another machine") == 1U);
}

BOOST_AUTO_TEST_CASE(ranges_outside_of_the_text_are_cut_and_told) {
  const Project project = read(sources(text_source(
      "<PlainTextContent>abc def</PlainTextContent>" + selection(1, -5, 3) + selection(2, 4, 900) +
      selection(3, 7, 4) + selection(4, 3, 3) + "<PlainTextSelection guid='" + guid(7, 5) +
      "' startPosition='1' endPosition='99999999999999999999'/>")));
  BOOST_TEST(project.selections[0].end == 3U);
  BOOST_TEST(project.selections[1].end == 7U);
  BOOST_TEST(project.selections[2].start == 4U);
  BOOST_TEST(said(project, "PlainTextSelection", "outside of its text") == 2U);
  BOOST_TEST(said(project, "PlainTextSelection", "exchanged") == 1U);
  BOOST_TEST(said(project, "PlainTextSelection", "empty range") == 1U);
  BOOST_TEST(said(project, "PlainTextSelection", "no positions") == 1U);
  BOOST_TEST(said(project, "PlainTextSelection@endPosition", "another type") == 1U);
}

BOOST_AUTO_TEST_CASE(two_texts_of_one_source_are_told) {
  const Project project = read(sources(text_source("<PlainTextContent>inline</PlainTextContent>",
                                                   "plainTextPath='internal://a.txt'")),
                               {{"a.txt", "file"}});
  BOOST_TEST(project.forms[0].text->utf8 == "file");
  BOOST_TEST(said(project, "TextSource", "two texts") == 1U);
}

BOOST_AUTO_TEST_CASE(a_project_packed_anew_with_its_folder_is_found) {
  const ScratchFolder folder;
  const std::string xml = project_xml(sources(text_source("", "plainTextPath='internal://a.txt'")));
  const auto project = read_project_file(folder.write(
      "a.qdpx", zip_bytes({{.name = "__MACOSX/._My Study.qde", .content = "junk"},
                           {.name = "My Study/Copy of it.qde", .content = project_xml("")},
                           {.name = "My Study/project.qde", .content = xml},
                           {.name = "My Study/Sources/A.txt", .content = "found"}})));
  BOOST_REQUIRE(project.has_value());
  BOOST_TEST(project->forms.at(0).text->utf8 == "found");
  BOOST_TEST(said(*project, "project.qde", "second project") == 1U);
}

BOOST_AUTO_TEST_CASE(a_colon_in_a_title_is_no_drive) {
  const Project project = read(sources(text_source("", "plainTextPath='internal://Ann 12:30.txt'")),
                               {{"Ann 12:30.txt", "found"}});
  BOOST_TEST(project.forms[0].text->utf8 == "found");
}

BOOST_AUTO_TEST_CASE(a_text_that_is_too_long_is_missing_and_the_rest_goes_on) {
  const Project project =
      read(sources(text_source("", "plainTextPath='internal://a.txt'", 1) +
                   text_source("<PlainTextContent>short</PlainTextContent>", "", 2)),
           {{"a.txt", std::string(limits::kSourceCodePointsMax + 1, 'x')}});
  BOOST_TEST((project.forms[0].state == TextState::Unreadable));
  BOOST_TEST(said(project, "TextSource", "too long") == 1U);
  BOOST_TEST(project.forms[1].text->utf8 == "short");
}

BOOST_AUTO_TEST_CASE(ranges_over_endless_spaces_cost_little) {
  const std::string spaces(5'000'000, ' ');
  const ScratchFolder folder;
  const auto outcome = run_confined([&]() -> std::pair<std::string, std::string> {
    std::string inner = "<PlainTextContent>" + spaces + "</PlainTextContent>";
    for (int i = 0; i < 5'000; ++i) {
      inner += fmt::format(
          "<PlainTextSelection guid='{}' name='words' startPosition='0' "
          "endPosition='5000000'/>",
          guid(7, static_cast<std::uint64_t>(i)));
    }
    const auto project =
        read_project_file(folder.write("a.qde", project_xml(sources(text_source(inner, "")))));
    return {project ? "" : "refused", ""};
  });
  BOOST_TEST(outcome.read);
  if (costs_are_real()) BOOST_TEST(outcome.seconds < 5);
}

}  // namespace qualog::test::traps
