// SPDX-License-Identifier: Apache-2.0
// The standard's own examples (they are not part of this repository): $QUALOG_FIXTURES/refi-qda.
// What the reader counts is held against a plain count of start tags made here, and against the
// figures written in the design. Without the variable the cases are skipped, and counted as such.
#include "tests/tools/interchange/zip_writer.h"
#include "tools/interchange/project_file.h"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace qualog;
using namespace qualog::test;
using namespace qualog::interchange;

namespace {

std::filesystem::path example(const char* name) {
  const char* folder = std::getenv("QUALOG_FIXTURES");
  return folder != nullptr ? std::filesystem::path(folder) / "refi-qda" / name
                           : std::filesystem::path();
}

boost::test_tools::assertion_result has_examples(boost::unit_test::test_unit_id) {
  boost::test_tools::assertion_result result(std::getenv("QUALOG_FIXTURES") != nullptr);
  result.message() << "skipped: QUALOG_FIXTURES names no folder";
  return result;
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Start tags of that name; the examples have neither comments nor CDATA.
std::uint64_t tags(const std::string& xml, std::initializer_list<std::string_view> names) {
  std::uint64_t count = 0;
  for (const std::string_view name : names) {
    const std::string open = "<" + std::string(name);
    for (std::size_t at = xml.find(open); at != xml.npos; at = xml.find(open, at + 1)) {
      if (std::string_view(" \r\n\t/>").find(xml[at + open.size()]) != std::string_view::npos) {
        ++count;
      }
    }
  }
  return count;
}

Counts counted_by_tags(const std::string& xml) {
  Counts counts;
  counts.users = tags(xml, {"User"});
  counts.sources =
      tags(xml, {"TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource"});
  counts.codes = tags(xml, {"Code"});
  counts.selections = tags(xml, {"PlainTextSelection", "TranscriptSelection", "PictureSelection",
                                 "PDFSelection", "AudioSelection", "VideoSelection"});
  counts.codings = tags(xml, {"Coding"});
  counts.notes = tags(xml, {"Note"});
  counts.links = tags(xml, {"Link"});
  counts.sets = tags(xml, {"Set"});
  counts.cases = tags(xml, {"Case"});
  counts.variables = tags(xml, {"Variable"});
  return counts;
}

}  // namespace

BOOST_AUTO_TEST_CASE(example_2_reads_as_counted, *boost::unit_test::precondition(has_examples)) {
  const auto path = example("TestProject.qdpx");
  const auto project = read_project_file(path);
  BOOST_REQUIRE(project.has_value());
  const Counts counts = count(*project);
  BOOST_TEST((counts == counted_by_tags(first_entry(bytes_of(path)))));
  BOOST_TEST((counts == Counts{.users = 3,
                               .sources = 12,
                               .codes = 14,
                               .selections = 15,
                               .codings = 16,
                               .notes = 2,
                               .links = 1,
                               .sets = 16}));
  std::size_t merged = 0;
  for (const Selection& selection : project->selections) {
    merged += selection.same_as != kNowhere ? 1 : 0;
  }
  BOOST_TEST(merged == 2U);
}

BOOST_AUTO_TEST_CASE(example_3_reads_as_counted, *boost::unit_test::precondition(has_examples)) {
  const auto path = example("standard-example3-transana-0_10.qde");
  const auto project = read_project_file(path);
  BOOST_REQUIRE(project.has_value());
  const Counts counts = count(*project);
  BOOST_TEST((counts == counted_by_tags(bytes_of(path))));
  BOOST_TEST((counts == Counts{.users = 63,
                               .sources = 16,
                               .codes = 19,
                               .selections = 25,
                               .codings = 66,
                               .notes = 40,
                               .sets = 6}));
  BOOST_TEST(project->sync_points.size() == 55U);
  for (const Set& set : project->sets) {
    for (const Reference& member : set.sources) BOOST_TEST(member.found());
    for (const Reference& member : set.notes) BOOST_TEST(member.found());
  }
}
