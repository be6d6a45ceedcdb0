// SPDX-License-Identifier: Apache-2.0
// Rows of events: what stands where. Rows written by hand, and one row of every golden event that
// stays as it was first made, but for what was added.
#include "replay/stream/rows.h"

#include "replay/stream/lines.h"
#include "schema/actions.h"
#include "schema/codec.h"
#include "schema/fbs/event_generated.h"
#include "tests/replay/stream/told_event.h"
#include "tests/schema/golden.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <map>

using namespace qualog;
using namespace qualog::stream;
using namespace qualog::test;

namespace {

namespace json = boost::json;

constexpr const char* kGoldenRows = QUALOG_SOURCE_DIR "/tests/replay/stream/golden/rows.ndjson";
const ProjectId kProject{{9}};
const std::string kProjectText = "09000000-0000-0000-0000-000000000000";

Row row_of(ByteView event, RowOptions options = {}) {
  auto row = RowProjector(kProject, std::move(options)).row(event);
  BOOST_REQUIRE_MESSAGE(row, row.error().message);
  return std::move(*row);
}

json::object body(const char* text) { return json::parse(text).as_object(); }

std::string text_at(const Row& row, Col col) { return json::serialize(row.at(col)); }

// By type: an action that got new fields has a row for each time.
std::multimap<std::string, json::object> golden_rows() {
  std::multimap<std::string, json::object> rows;
  std::ifstream file(kGoldenRows);
  for (std::string line; std::getline(file, line);) {
    auto row = json::parse(line).as_object();
    const std::string type(row.at("type").as_string());
    rows.emplace(type, std::move(row));
  }
  return rows;
}

// Why a row is not what it was when it was first made; empty: it is, or it has more.
std::string changed(const json::object& before, const json::object& now, const std::string& at) {
  for (const auto& member : before) {
    const auto place = at + std::string(member.key());
    const auto* value = now.if_contains(member.key());
    if (value == nullptr) return place + " is gone";
    if (member.value().is_object() && value->is_object()) {
      if (auto inner = changed(member.value().get_object(), value->get_object(), place + ".");
          !inner.empty())
        return inner;
    } else if (member.key() != "schema_version" && member.value() != *value) {
      return place + " was " + json::serialize(member.value());
    }
  }
  return "";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stream_rows)

BOOST_AUTO_TEST_CASE(a_coding_as_a_row) {
  const auto event = event_of(fb::Action::CodingAdded, body(R"({
      "id": "00000000-0000-7000-8000-000000000001", "code": "00000000-0000-7000-8000-0000000000c1",
      "source": "00000000-0000-7000-8000-0000000000a1", "begin": 0, "end": 7})"));
  BOOST_TEST(ndjson(row_of(event)) ==
             R"({"schema":"qualog.events.v1","schema_version":3,"project_id":")" + kProjectText +
                 R"(","seq":7,"event_id":")" + kProjectText +
                 R"(/7","type":"coding.added","at":"2023-11-14T22:13:20.123456Z",)"
                 R"("actor_id":"<event actor>","on_behalf_of_id":"<event on_behalf_of>",)"
                 R"("session_id":"01000000-0000-0000-0000-000000000000","group":null,)"
                 R"("undo_of":null,"reason":null,"entity_type":"coding",)"
                 R"("entity_id":"00000000-0000-7000-8000-000000000001","kind":null,"name":null,)"
                 R"("code_id":"00000000-0000-7000-8000-0000000000c1",)"
                 R"("source_id":"00000000-0000-7000-8000-0000000000a1",)"
                 R"("coding_id":"00000000-0000-7000-8000-000000000001","parent_id":null,)"
                 R"("folder_id":null,"into_id":null,"coder_id":null,"piece_of_id":null,)"
                 R"("principal_id":null,"begin":0,"end":7,"position":null,"length":null,)"
                 R"("weight":null,"payload":{}})");
}

BOOST_AUTO_TEST_CASE(what_the_schema_has_a_default_for_is_never_null) {
  const auto row = row_of(event_of(fb::Action::CodeCreated, body(R"({
      "id": "00000000-0000-7000-8000-0000000000c1", "name": "Trust"})")));
  BOOST_TEST(text_at(row, Col::Kind) == R"("code")");
  BOOST_TEST(text_at(row, Col::Name) == R"("Trust")");
  BOOST_TEST(text_at(row, Col::ParentId) == "null");
  BOOST_TEST(text_at(row, Col::Payload) == R"({"name_length":5,"aggregate":false,"codable":true})");
}

BOOST_AUTO_TEST_CASE(a_withheld_text_leaves_its_length) {
  const auto event = event_of(fb::Action::SourceCreated, body(R"({
      "id": "00000000-0000-7000-8000-0000000000a1", "name": "Eva", "text": "Äh, I swim.",
      "length": 11})"));
  const auto withheld = row_of(event), told = row_of(event, {true, {}});
  BOOST_TEST(text_at(withheld, Col::Name) == "null");
  BOOST_TEST(text_at(withheld, Col::Length) == "11");
  BOOST_TEST(text_at(withheld, Col::Payload) ==
             R"({"name_length":3,"text_length":11,"text_state":"supplied"})");
  BOOST_TEST(text_at(told, Col::Name) == R"("Eva")");
  BOOST_TEST(text_at(told, Col::Reason) == R"("<event reason>")");
  BOOST_TEST(text_at(told, Col::Payload) ==
             R"({"name_length":3,"text_length":11,"text":"Äh, I swim.","text_state":"supplied"})");
}

BOOST_AUTO_TEST_CASE(the_entity_is_what_was_acted_on) {
  const auto entity = [](fb::Action action, const char* fields) {
    const auto row = row_of(event_of(action, body(fields)));
    return text_at(row, Col::EntityType) + " " + text_at(row, Col::EntityId);
  };
  BOOST_TEST(entity(fb::Action::MemberAdded, R"({"principal": "bo", "group": "reader"})") ==
             R"("member" "bo")");
  BOOST_TEST(entity(fb::Action::ProjectGuestAccessSet, R"({"on": true})") ==
             "\"project\" \"" + kProjectText + "\"");
  BOOST_TEST(
      entity(fb::Action::LeaseAcquired, R"({"item": "00000000-0000-7000-8000-0000000000a1"})") ==
      R"("item" "00000000-0000-7000-8000-0000000000a1")");
  BOOST_TEST(entity(fb::Action::CodingRemoved,
                    R"({"codings": ["00000000-0000-7000-8000-000000000001"]})") ==
             R"("coding" null)");
  BOOST_TEST(entity(fb::Action::UndoApplied, R"({"sequences": [3]})") == R"("event" null)");
}

BOOST_AUTO_TEST_CASE(an_undo_names_the_event_it_takes_back) {
  const auto stored = told_event(fb::Action::UndoApplied);
  auto event = unpack(*event_view(stored).value());
  event->undo_of = 3;
  event->group = 2;
  Bytes bytes;
  pack(*event, bytes);
  const auto row = row_of(bytes);
  BOOST_TEST(text_at(row, Col::UndoOf) == "3");
  BOOST_TEST(text_at(row, Col::Group) == "2");
  BOOST_TEST(text_at(row, Col::EntityId) == "\"" + kProjectText + "/3\"");
}

BOOST_AUTO_TEST_CASE(a_number_is_a_number_whatever_its_size) {
  const auto row = row_of(event_of(
      fb::Action::LeaseReleased,
      body(
          R"({"item": "00000000-0000-7000-8000-0000000000a1", "token": "18446744073709551615"})")));
  BOOST_TEST(text_at(row, Col::Payload) == R"({"token":18446744073709551615})");
}

BOOST_AUTO_TEST_CASE(an_action_that_is_not_known_stops_the_rows) {
  auto event = unpack(*event_view(told_event(fb::Action::CodingAdded)).value());
  event->action.Set(fb::ErasurePerformedT{});
  Bytes bytes;
  pack(*event, bytes);
  const auto row = RowProjector(kProject, {}).row(bytes);
  BOOST_REQUIRE(!row);
  BOOST_TEST((row.error().code == Code::too_new));
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_event_are_damage) {
  Bytes bytes = told_event(fb::Action::CodingAdded);
  bytes[4] ^= 1;
  BOOST_TEST((RowProjector(kProject, {}).row(bytes).error().code == Code::damaged));
  BOOST_TEST((RowProjector(kProject, {}).learn(bytes).error().code == Code::damaged));
}

BOOST_AUTO_TEST_CASE(rows_of_golden_events_stay_as_they_were_first_made) {
  const auto kept = golden_rows();
  for (const auto& golden : read_goldens(kGoldenFile)) {
    if (!event_view(golden.bytes)) continue;
    const auto line = ndjson(row_of(golden.bytes, {true, {}}));
    const auto row = json::parse(line).as_object();
    const auto [first, last] = kept.equal_range(golden.name);
    const bool as_it_was = std::any_of(
        first, last, [&](const auto& before) { return changed(before.second, row, "").empty(); });
    BOOST_TEST(as_it_was, "changed, or add to " << kGoldenRows << ": " << line);
  }
}

BOOST_AUTO_TEST_CASE(control_a_golden_row_that_changed_is_noticed) {
  auto before = golden_rows().find("coding.added")->second;
  auto now = before;
  BOOST_TEST(changed(before, now, "") == "");
  now["more"] = 1;
  now["schema_version"] = 2;
  BOOST_TEST(changed(before, now, "") == "");
  now["end"] = 8;
  BOOST_TEST(changed(before, now, "") != "");
  BOOST_TEST(changed(now, before, "") != "");
}

BOOST_AUTO_TEST_SUITE_END()
