// SPDX-License-Identifier: Apache-2.0
// The published schema: it is what the program makes, it has all that was ever released, and rows
// of every golden event are of it, with and without text and pseudonyms. The controls spoil rows
// and schemas and expect to be told.
#include "replay/stream/row_schema.h"

#include "replay/stream/lines.h"
#include "schema/actions.h"
#include "schema/codec.h"
#include "tests/replay/stream/json_schema.h"
#include "tests/schema/golden.h"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>

using namespace qualog;
using namespace qualog::stream;
using namespace qualog::test;

namespace {

namespace json = boost::json;

const std::string kFolder = QUALOG_SOURCE_DIR "/docs/schemas/";

std::string content(const std::string& path) {
  std::ifstream file(path);
  std::stringstream all;
  all << file.rdbuf();
  return all.str();
}

json::object released(std::int64_t version) {
  const auto text =
      content(kFolder + fmt::format("released/{}.{}.json", std::string(kRowSchema), version));
  BOOST_REQUIRE_MESSAGE(!text.empty(), "no released schema " << version);
  return json::parse(text).as_object();
}

// (action, row) of every golden event under these options.
std::vector<std::pair<std::string, json::object>> golden_rows(const RowOptions& options) {
  std::vector<std::pair<std::string, json::object>> rows;
  for (const auto& golden : read_goldens(kGoldenFile)) {
    if (!event_view(golden.bytes)) continue;
    const auto row = RowProjector(ProjectId{{9}}, options).row(golden.bytes);
    BOOST_REQUIRE_MESSAGE(row, golden.name << ": " << row.error().message);
    rows.emplace_back(golden.name, json::parse(ndjson(*row)).as_object());
  }
  return rows;
}

bool is_refused(const std::function<void(json::object&)>& spoil) {
  auto row = golden_rows({}).front().second;
  spoil(row);
  return !misfit(row_schema(), row).empty();
}

bool is_noticed(const std::function<void(json::object&)>& spoil) {
  auto now = row_schema();
  spoil(now);
  return !taken_away(released(kRowVersion), now).empty();
}

json::object& properties(json::object& schema) { return schema.at("properties").as_object(); }
json::object& fields(json::object& schema, std::string_view action) {
  return properties(schema.at("$defs").as_object().at(action).as_object());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stream_schema)

BOOST_AUTO_TEST_CASE(the_published_copy_is_what_the_program_makes) {
  BOOST_TEST((content(kFolder + std::string(kRowSchema) + ".json") == row_schema_text()),
             "write it anew: qualog schema --stream > docs/schemas/" << kRowSchema << ".json");
}

BOOST_AUTO_TEST_CASE(fields_are_only_ever_added) {
  for (std::int64_t version = 1; version <= kRowVersion; ++version)
    BOOST_TEST(taken_away(released(version), row_schema()) == "", "released " << version);
}

BOOST_AUTO_TEST_CASE(what_is_added_has_a_higher_version_and_a_released_copy) {
  BOOST_TEST(taken_away(row_schema(), released(kRowVersion)) == "",
             "raise kRowVersion and add the copy to docs/schemas/released");
  BOOST_TEST(released(kRowVersion).at("version") == json::value(kRowVersion));
}

BOOST_AUTO_TEST_CASE(control_what_is_taken_away_or_changed_is_noticed) {
  BOOST_TEST(!is_noticed([](json::object&) {}));
  BOOST_TEST(!is_noticed([](json::object& s) { properties(s)["more"] = {{"type", "string"}}; }));
  BOOST_TEST(!is_noticed([](json::object& s) { fields(s, "code.moved")["x"] = json::object(); }));
  BOOST_TEST(is_noticed([](json::object& s) { properties(s).erase("seq"); }));
  BOOST_TEST(is_noticed([](json::object& s) { properties(s)["seq"] = {{"type", "string"}}; }));
  BOOST_TEST(is_noticed([](json::object& s) { fields(s, "code.merged").erase("from"); }));
  BOOST_TEST(is_noticed([](json::object& s) { s.at("$defs").as_object().erase("code.moved"); }));
  BOOST_TEST(is_noticed([](json::object& s) { s.at("required").as_array().pop_back(); }));
  BOOST_TEST(is_noticed([](json::object& s) { s.at("allOf").as_array().pop_back(); }));
  BOOST_TEST(is_noticed([](json::object& s) { s["additionalProperties"] = false; }));
}

BOOST_AUTO_TEST_CASE(rows_of_every_action_are_of_the_schema) {
  const Pseudonyms pseudonyms(Bytes(32, 7));
  const auto schema = row_schema();
  std::set<std::string> seen;
  for (const RowOptions& options : {RowOptions{}, RowOptions{true, {}},
                                    RowOptions{false, pseudonyms}, RowOptions{true, pseudonyms}})
    for (const auto& [action, row] : golden_rows(options)) {
      BOOST_TEST(misfit(schema, row) == "", action);
      seen.insert(action);
    }
  std::set<std::string> described;
  for (const auto& member : schema.at("$defs").as_object()) described.insert(member.key());
  BOOST_TEST(seen == described, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(with_text_the_golden_rows_have_every_field_of_the_schema) {
  // Golden items have a value in every field; a sealed text has its length alone.
  std::map<std::string, std::set<std::string>> shown;
  for (const auto& [action, row] : golden_rows({true, {}}))
    for (const auto& field : row.at("payload").as_object()) shown[action].insert(field.key());
  auto schema = row_schema();
  for (const auto& [action, there] : shown)
    for (const auto& field : fields(schema, action)) {
      const std::string name(field.key());
      BOOST_TEST((there.contains(name) || there.contains(name + "_length")), action << " " << name);
    }
}

BOOST_AUTO_TEST_CASE(control_a_spoiled_row_is_refused) {
  BOOST_TEST(!is_refused([](json::object&) {}));
  BOOST_TEST(is_refused([](json::object& row) { row.erase("weight"); }));
  BOOST_TEST(is_refused([](json::object& row) { row["seq"] = "7"; }));
  BOOST_TEST(is_refused([](json::object& row) { row["schema"] = "qualog.events.v2"; }));
  BOOST_TEST(is_refused([](json::object& row) { row["more"] = 1; }));
  BOOST_TEST(is_refused([](json::object& row) { row["type"] = "code.dreamt"; }));
  BOOST_TEST(is_refused([](json::object& row) { row["payload"].as_object()["more"] = 1; }));
  BOOST_TEST(is_refused([](json::object& row) { row["payload"].as_object()["origin"] = 1; }));
}

BOOST_AUTO_TEST_SUITE_END()
