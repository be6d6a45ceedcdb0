// SPDX-License-Identifier: Apache-2.0
// Rows as lines: NDJSON reads back as the row; CSV is read by a reader of RFC 4180 written here and
// gives the row again, and no cell of it begins as a formula does.
#include "replay/stream/lines.h"

#include "replay/stream/message.h"
#include "tests/replay/stream/told_event.h"
#include "tests/support/seed.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <map>

using namespace qualog;
using namespace qualog::stream;
using namespace qualog::test;

namespace {

namespace json = boost::json;

Row told_row(fb::Action action) {
  return RowProjector(ProjectId{{9}}, {true, {}}).row(told_event(action)).value();
}

// The cells of one record; the record ends with CRLF and nothing follows.
std::vector<std::string> cells_of(std::string_view record) {
  std::vector<std::string> cells(1);
  BOOST_REQUIRE(record.ends_with("\r\n"));
  record.remove_suffix(2);
  bool quoted = false;
  for (std::size_t i = 0; i < record.size(); ++i) {
    const char c = record[i];
    if (quoted && c == '"' && i + 1 < record.size() && record[i + 1] == '"') {
      cells.back() += '"';
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else {
      BOOST_TEST((quoted || (c != '\r' && c != '\n')));
      cells.back() += c;
    }
  }
  return cells;
}

std::string undefused(const std::string& cell) {
  return cell.starts_with('\'') ? cell.substr(1) : cell;
}

std::string plain(const json::value& value) {
  if (value.is_null()) return "";
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

Row row_with_name(const std::string& name) {
  auto row = told_row(fb::Action::CodingAdded);
  row.at(Col::Name) = json::string(name);
  return row;
}

std::string name_cell(const std::string& name) {
  return cells_of(csv(row_with_name(name))).at(static_cast<std::size_t>(Col::Name));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stream_lines)

BOOST_AUTO_TEST_CASE(a_line_of_ndjson_is_the_row_with_every_column_in_order) {
  for (const fb::Action action : golden_actions()) {
    const auto row = told_row(action);
    const auto line = ndjson(row);
    BOOST_TEST((line.find_first_of("\r\n") == std::string::npos));
    const auto read = json::parse(line).as_object();
    BOOST_REQUIRE(read.size() == kColumns);
    std::size_t at = 0;
    for (const auto& member : read) {
      BOOST_TEST(member.key() == columns()[at].name);
      // A reader of JSON has no unsigned kind of number.
      BOOST_TEST(json::serialize(member.value()) == json::serialize(row.values[at]));
      ++at;
    }
  }
}

BOOST_AUTO_TEST_CASE(a_record_of_csv_is_the_row) {
  BOOST_TEST(cells_of(csv_header()).size() == kColumns);
  BOOST_TEST(cells_of(csv_header()).front() == "schema");
  for (const fb::Action action : golden_actions()) {
    const auto row = told_row(action);
    const auto cells = cells_of(csv(row));
    BOOST_REQUIRE(cells.size() == kColumns);
    for (std::size_t i = 0; i < kColumns; ++i)
      BOOST_TEST(undefused(cells[i]) == plain(row.values[i]), columns()[i].name);
  }
}

BOOST_AUTO_TEST_CASE(no_cell_of_text_begins_as_a_formula_and_its_text_can_be_had_back) {
  for (const char* name : {"=HYPERLINK(\"http://x\",\"y\")", "+1", "-2+3", "@SUM(A1)", "\t=1",
                           "\r=1", "\n=1", "'quoted'", "'", "="}) {
    const auto cell = name_cell(name);
    BOOST_TEST(cell.front() == '\'', name);
    BOOST_TEST(undefused(cell) == name);
  }
  for (const char* name : {"Trust", "a=b", " -", "\"quoted\", and so on\r\nto the end", ""})
    BOOST_TEST(name_cell(name) == name);
}

BOOST_AUTO_TEST_CASE(a_number_may_begin_with_a_minus) {
  auto row = told_row(fb::Action::CodingAdded);
  row.at(Col::Weight) = -5;
  BOOST_TEST(cells_of(csv(row)).at(static_cast<std::size_t>(Col::Weight)) == "-5");
}

BOOST_AUTO_TEST_CASE(any_text_comes_back_from_both) {
  const std::vector<std::string> signs = {"=",  "+",        "-",  "@",      "'",      "\"",
                                          "\\", ",",        "\r", "\n",     "\t",     "\x01",
                                          "a",  "\xC3\xA9", ";",  "\u0085", "\u2028", "\u2029"};
  for_seeds(500, [&](Rng& rng, std::uint64_t seed) {
    std::string name;
    for (auto n = below(rng, 6); n > 0; --n) name += signs[below(rng, signs.size())];
    BOOST_TEST(undefused(name_cell(name)) == name, "seed " << seed);
    const auto line = ndjson(row_with_name(name));
    BOOST_TEST(json::parse(line).at("name").as_string() == name, "seed " << seed);
    for (const char* end : {"\n", "\r", "\u0085", "\u2028", "\u2029"})
      BOOST_TEST((line.find(end) == std::string::npos), "seed " << seed);
  });
}

BOOST_AUTO_TEST_CASE(a_message_has_the_key_and_the_headers_of_a_cloud_event) {
  const auto row = told_row(fb::Action::CodingAdded);
  const auto message = message_of(row);
  const auto project = ProjectId{{9}}.text();
  BOOST_TEST(message.key == project);
  BOOST_TEST(message.value == ndjson(row));
  const std::map<std::string, std::string> headers(message.headers.begin(), message.headers.end());
  BOOST_TEST(headers.size() == message.headers.size());
  BOOST_TEST(headers.at("ce_specversion") == "1.0");
  BOOST_TEST(headers.at("ce_id") == project + "/7");
  BOOST_TEST(headers.at("ce_source") == "/qualog/projects/" + project);
  BOOST_TEST(headers.at("ce_type") == "qualog.coding.added.v1");
  BOOST_TEST(headers.at("ce_time") == "2023-11-14T22:13:20.123456Z");
  BOOST_TEST(headers.at("ce_subject") ==
             "coding/" + std::string(row.at(Col::EntityId).as_string()));
  BOOST_TEST(headers.at("content-type") == "application/json");
}

BOOST_AUTO_TEST_SUITE_END()
