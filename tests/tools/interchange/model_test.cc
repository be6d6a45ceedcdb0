// SPDX-License-Identifier: Apache-2.0
// One small project with every element of the standard, read field by field: what a file says is
// what the model holds. Elements: Project.xsd 1.0.
#include "tests/tools/interchange/confined.h"
#include "tests/tools/interchange/fixture_writer.h"
#include "tools/interchange/project_file.h"
#include "tools/interchange/refi/attribute_values.h"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

using namespace qualog;
using namespace qualog::test;
using namespace qualog::interchange;

namespace {

Guid guid(std::uint32_t kind, std::uint64_t number) {
  return Guid::parse(fixture_guid(kind, number)).value();
}

// "$5.1" stands for the fixture's GUID of kind 5, number 1.
std::string with_guids(std::string_view xml) {
  std::string out;
  for (std::size_t i = 0; i < xml.size(); ++i) {
    if (xml[i] != '$') {
      out += xml[i];
      continue;
    }
    out += fixture_guid(static_cast<std::uint32_t>(xml[i + 1] - '0'),
                        static_cast<std::uint64_t>(xml[i + 3] - '0'));
    i += 3;
  }
  return out;
}

constexpr std::string_view kEverything = R"(
<Users><User guid="$1.1" name="Ada" id="a1"/><User guid="$1.2"/></Users>
<CodeBook><Codes>
 <Code guid="$2.1" name="Work" isCodable="false" color="#a0B1c2"><Description>all of it</Description>
  <NoteRef targetGUID="$6.1"/>
  <Code guid="$2.2" name="Paid" isCodable="true" color="#abc"/></Code>
 <Code guid="$2.3" name="Rest" isCodable="1"/></Codes></CodeBook>
<Variables><Variable guid="$3.1" name="Age" typeOfVariable="Integer"><Description>in years</Description>
 </Variable><Variable guid="$3.2" name="Born" typeOfVariable="Date"/></Variables>
<Cases><Case guid="$4.1" name="Household"><Description>north</Description><CodeRef targetGUID="$2.1"/>
 <VariableValue><VariableRef targetGUID="$3.1"/><IntegerValue>41</IntegerValue></VariableValue>
 <SourceRef targetGUID="$5.1"/><SelectionRef targetGUID="$7.1"/></Case></Cases>
<Sources>
 <TextSource guid="$5.1" name="Talk" creatingUser="$1.1" creationDateTime="2020-02-29T10:00:00+01:00"
   modifyingUser="$1.2" modifiedDateTime="2020-03-01T10:00:00Z"><Description>first</Description>
  <PlainTextContent>We worked &amp; rested.</PlainTextContent>
  <PlainTextSelection guid="$7.1" startPosition="3" endPosition="9" name="worked" creatingUser="$1.1"
    creationDateTime="2020-03-02T10:00:00Z"><Description>telling</Description>
   <Coding guid="$8.1" creatingUser="$1.2" creationDateTime="2020-03-03T10:00:00Z">
    <CodeRef targetGUID="$2.2"/><NoteRef targetGUID="$6.1"/></Coding></PlainTextSelection>
  <Coding guid="$8.2" creatingUser="$1.1"><CodeRef targetGUID="$2.3"/></Coding>
  <NoteRef targetGUID="$6.2"/>
  <VariableValue><VariableRef targetGUID="$3.2"/><DateValue>1960-01-01</DateValue></VariableValue>
 </TextSource>
 <AudioSource guid="$5.2" name="Tape" path="internal://x.mp3">
  <Transcript guid="$5.3" name="Tape, written"><PlainTextContent>Hello there, you.</PlainTextContent>
   <SyncPoint guid="$9.1" timeStamp="0" position="0"/><SyncPoint guid="$9.2" timeStamp="900" position="5"/>
   <TranscriptSelection guid="$7.2" fromSyncPoint="$9.1" toSyncPoint="$9.2" name="Hello">
    <Coding guid="$8.3"><CodeRef targetGUID="$2.3"/></Coding></TranscriptSelection></Transcript>
  <AudioSelection guid="$7.3" begin="10" end="20"/></AudioSource>
 <PDFSource guid="$5.4" name="Paper" path="internal://x.pdf">
  <PDFSelection guid="$7.4" page="2" firstX="9" firstY="8" secondX="1" secondY="2"/></PDFSource>
</Sources>
<Notes><Note guid="$6.1" name="Idea" creatingUser="$1.1"><PlainTextContent>Think.</PlainTextContent>
 <PlainTextSelection guid="$7.5" startPosition="0" endPosition="5"><Coding guid="$8.4">
 <CodeRef targetGUID="$2.3"/></Coding></PlainTextSelection>
 <Coding guid="$8.5"><CodeRef targetGUID="$2.3"/></Coding></Note>
 <Note guid="$6.2" name="Empty"/></Notes>
<Links><Link guid="$0.1" name="leads to" direction="OneWay" color="#112233" originGUID="$6.1"
 targetGUID="$7.1"><NoteRef targetGUID="$6.2"/></Link></Links>
<Sets><Set guid="$0.2" name="North"><Description>set</Description><MemberCode targetGUID="$2.1"/>
 <MemberSource targetGUID="$5.1"/><MemberNote targetGUID="$6.1"/></Set></Sets>
<Graphs><Graph guid="$0.3" name="Map"><Vertex guid="$0.4" firstX="1" firstY="1"/>
 <Vertex guid="$0.5" firstX="1" firstY="1"/><Edge guid="$0.6" sourceVertex="$0.4" targetVertex="$0.5"/>
 </Graph></Graphs>
<Description>a study</Description><NoteRef targetGUID="$6.1"/>)";

const Project& everything() {
  static const Project project = [] {
    const ScratchFolder folder;
    auto read = read_project_file(
        folder.write("a.qdpx", archive_of(project_xml(with_guids(kEverything), "Some program 2"))));
    BOOST_REQUIRE(read.has_value());
    return std::move(*read);
  }();
  return project;
}

}  // namespace

BOOST_AUTO_TEST_CASE(model_counts_what_the_file_holds) {
  const Counts expected{.users = 2,
                        .sources = 3,
                        .codes = 3,
                        .selections = 5,
                        .codings = 5,
                        .notes = 2,
                        .links = 1,
                        .sets = 1,
                        .cases = 1,
                        .variables = 2};
  BOOST_TEST((count(everything()) == expected));
  BOOST_TEST(everything().graphs.at(0).vertices == 2U);
  BOOST_TEST(everything().graphs.at(0).edges == 1U);
}

BOOST_AUTO_TEST_CASE(model_has_project_users_and_codes) {
  const Project& project = everything();
  BOOST_TEST((project.format == FileFormat::ProjectArchive));
  BOOST_TEST(project.name == "Fixture");
  BOOST_TEST(project.origin == "Some program 2");
  BOOST_TEST(project.description == "a study");
  BOOST_TEST(project.users[0].name == "Ada");
  BOOST_TEST(project.users[0].id == "a1");
  BOOST_TEST((project.users[0].guid == guid(1, 1)));
  BOOST_TEST(!project.codes[0].codable);
  BOOST_TEST(project.codes[0].colour == "#A0B1C2");
  BOOST_TEST(project.codes[0].description == "all of it");
  BOOST_TEST(project.codes[0].parent == kNowhere);
  BOOST_TEST(project.codes[1].parent == 0U);
  BOOST_TEST(project.codes[1].colour == "#AABBCC");
  BOOST_TEST(project.codes[2].parent == kNowhere);
  BOOST_TEST(project.codes[2].codable);
}

BOOST_AUTO_TEST_CASE(model_has_sources_with_claims_and_values) {
  const Source& talk = everything().sources[0];
  BOOST_TEST(talk.name == "Talk");
  BOOST_TEST(talk.description == "first");
  BOOST_TEST((talk.creator == guid(1, 1)));
  BOOST_TEST((talk.modifier == guid(1, 2)));
  BOOST_TEST(talk.created == "2020-02-29T10:00:00+01:00");
  BOOST_TEST(talk.modified == "2020-03-01T10:00:00Z");
  BOOST_TEST(talk.values.at(0).value == "1960-01-01");
  BOOST_TEST(talk.values.at(0).variable.index == 1U);
  BOOST_TEST((talk.values.at(0).type == VariableType::Date));
  BOOST_TEST(everything().forms[talk.text].text->utf8 == "We worked & rested.");
  const Source& tape = everything().sources[1];
  BOOST_TEST((tape.kind == SourceKind::Audio));
  BOOST_TEST((everything().forms[tape.text].role == TextRole::Transcript));
  BOOST_TEST(everything().sources[2].text == kNowhere);
}

BOOST_AUTO_TEST_CASE(model_has_selections_and_codings) {
  const Project& project = everything();
  const Selection& worked = project.selections[0];
  BOOST_TEST(worked.start == 3U);
  BOOST_TEST(worked.end == 9U);
  BOOST_TEST((worked.placement == Placement::Placed));
  BOOST_TEST(worked.description == "telling");
  BOOST_TEST(worked.created == "2020-03-02T10:00:00Z");
  const Selection& hello = project.selections[1];
  BOOST_TEST(hello.end == 5U);
  BOOST_TEST(hello.begin_ms.value() == 0);
  BOOST_TEST(hello.end_ms.value() == 900);
  BOOST_TEST((hello.owner == Object{Kind::Source, 1}));
  BOOST_TEST(project.selections[2].end_ms.value() == 20);
  BOOST_TEST(project.selections[3].area->left == 1);
  BOOST_TEST(project.selections[3].area->low == 2);
  BOOST_TEST(project.selections[3].area->high == 8);
  BOOST_TEST(project.selections[3].area->page == 2);
  BOOST_TEST((project.codings[0].target == Object{Kind::Selection, 0}));
  BOOST_TEST(project.codings[0].code.index == 1U);
  BOOST_TEST((project.codings[0].creator == guid(1, 2)));
  BOOST_TEST(project.codings[0].created == "2020-03-03T10:00:00Z");
  BOOST_TEST((project.codings[1].target == Object{Kind::Source, 0}));
  BOOST_TEST((project.codings[4].target == Object{Kind::Note, 0}));
}

BOOST_AUTO_TEST_CASE(model_has_notes_and_where_they_hang) {
  const Project& project = everything();
  BOOST_TEST(project.forms[project.notes[0].text].text->utf8 == "Think.");
  BOOST_TEST((project.selections[4].owner == Object{Kind::Note, 0}));
  BOOST_TEST(project.selections[4].form == project.notes[0].text);
  const std::vector<std::pair<Object, Index>> expected = {{{Kind::Code, 0}, 0},
                                                          {{Kind::Coding, 0}, 0},
                                                          {{Kind::Source, 0}, 1},
                                                          {{Kind::Link, 0}, 1},
                                                          {{Kind::Project, 0}, 0}};
  BOOST_REQUIRE(project.note_references.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    BOOST_TEST((project.note_references[i].on == expected[i].first));
    BOOST_TEST(project.note_references[i].note.index == expected[i].second);
  }
}

BOOST_AUTO_TEST_CASE(model_has_links_sets_and_cases) {
  const Project& project = everything();
  BOOST_TEST((project.links[0].origin == Object{Kind::Note, 0}));
  BOOST_TEST((project.links[0].target == Object{Kind::Selection, 0}));
  BOOST_TEST((project.links[0].direction == Direction::OneWay));
  BOOST_TEST(project.links[0].colour == "#112233");
  BOOST_TEST(project.sets[0].description == "set");
  BOOST_TEST(project.sets[0].codes.at(0).index == 0U);
  BOOST_TEST(project.sets[0].sources.at(0).index == 0U);
  BOOST_TEST(project.sets[0].notes.at(0).index == 0U);
  const Case& item = project.cases[0];
  BOOST_TEST(item.description == "north");
  BOOST_TEST(item.codes.at(0).index == 0U);
  BOOST_TEST(item.sources.at(0).index == 0U);
  BOOST_TEST(item.selections.at(0).index == 0U);
  BOOST_TEST(item.values.at(0).value == "41");
  BOOST_TEST(item.values_of_source == kNowhere);
  BOOST_TEST(project.variables[0].description == "in years");
}

BOOST_AUTO_TEST_CASE(model_names_all_that_it_cannot_serve) {
  std::vector<std::string> rows;
  for (const Loss& loss : everything().losses) {
    rows.push_back(fmt::format("{} {} {}", loss.kind == LossKind::Lost ? "lost" : "doubt",
                               loss.count, loss.element));
  }
  std::sort(rows.begin(), rows.end());
  const std::vector<std::string> expected = {"doubt 1 PDFSelection", "lost 1 Edge", "lost 1 Graph",
                                             "lost 2 SyncPoint", "lost 2 Vertex"};
  BOOST_TEST(rows == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(values_are_read_as_the_schema_types_say) {
  BOOST_TEST(parse_integer(" +7 ").value() == 7);
  BOOST_TEST(parse_integer("-7").value() == -7);
  for (const char* text : {"", "+", "+-1", "1.0", "0x1", "1 2", "99999999999999999999"}) {
    BOOST_TEST(!parse_integer(text).has_value());
  }
  BOOST_TEST(!parse_boolean("yes").has_value());
  BOOST_TEST(parse_boolean("False").value() == false);  // as Python writes it
  BOOST_TEST(parse_boolean(" 0 ").value() == false);
  for (const char* text : {"#12", "123456", "#12345g", "red", "#1234567"}) {
    BOOST_TEST(!parse_colour(text).has_value());
  }
  BOOST_TEST(value_fits(VariableType::Float, "-1.50"));
  BOOST_TEST(value_fits(VariableType::Float, "5."));
  for (const char* text : {"1e5", "NaN", "INF", "", ".", "1.2.3", "1,5"}) {
    BOOST_TEST(!value_fits(VariableType::Float, text));
  }
  BOOST_TEST(!value_fits(VariableType::Integer, "1.5"));
}
