// SPDX-License-Identifier: Apache-2.0
// What may leave with a row. Every string of every action has a line in the table; then events that
// speak in each of their fields become rows, and the rows are searched for what they said. The
// control is the same search with text, which must find all of it.
#include "replay/stream/telling.h"

#include "replay/stream/lines.h"
#include "schema/actions.h"
#include "schema/codec.h"
#include "schema/fbs/event_generated.h"
#include "schema/layout.h"
#include "tests/replay/stream/told_event.h"
#include "tests/schema/golden.h"
#include "tests/schema/random_item.h"

#include <boost/test/unit_test.hpp>

#include <regex>
#include <set>

using namespace qualog;
using namespace qualog::stream;
using namespace qualog::test;

namespace {

const ProjectId kToldProject{{9}};
const Bytes kKey(32, 7);

std::string row_of(const Bytes& event, RowOptions options, const Known& known = {}) {
  const auto row = RowProjector(kToldProject, std::move(options), known).row(event);
  BOOST_REQUIRE_MESSAGE(row, row.error().message);
  return ndjson(*row);
}

// The fields of an action that speak in its row.
std::set<std::string> heard(std::string_view action, const std::string& row) {
  std::set<std::string> found;
  for (const auto& worded : worded_fields()) {
    if (worded.action != action && worded.action != "event") continue;
    if (row.find(spoken(worded.action, worded.field)) != std::string::npos)
      found.insert(worded.action + " " + worded.field);
  }
  return found;
}

std::set<std::string> of_telling(std::string_view action, const std::set<Telling>& tellings) {
  std::set<std::string> found;
  for (const auto& told : all_told())
    if ((told.action == action || told.action == "event") && tellings.contains(told.telling))
      found.insert(std::string(told.action) + " " + std::string(told.field));
  return found;
}

RowOptions pseudonymous(bool with_text) { return {with_text, Pseudonyms(kKey)}; }

boost::json::object code_of_kind(const char* kind) {
  auto body = told_body(fb::Action::CodeCreated);
  body["kind"] = kind;
  return body;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stream_telling)

BOOST_AUTO_TEST_CASE(P13_every_text_and_string_of_every_action_has_its_line) {
  std::set<std::pair<std::string, std::string>> wanted, listed;
  for (const auto& worded : worded_fields()) {
    wanted.emplace(worded.action, worded.field);
    BOOST_TEST((telling_of(worded.action, worded.field) != Telling::Nothing),
               worded.action << " " << worded.field
                             << ": a new field needs its line in replay/stream/telling.cc");
  }
  for (const auto& told : all_told()) {
    const std::pair line{std::string(told.action), std::string(told.field)};
    BOOST_TEST(listed.insert(line).second, line.first << " " << line.second << " is there twice");
    if (told.telling != Telling::Profile)
      BOOST_TEST(wanted.contains(line), line.first << " " << line.second << " is no field");
  }
}

BOOST_AUTO_TEST_CASE(a_text_is_never_plain) {
  for (const auto& worded : worded_fields()) {
    if (!worded.is_text) continue;
    const auto telling = telling_of(worded.action, worded.field);
    BOOST_TEST(
        (telling == Telling::Words || telling == Telling::Codebook || telling == Telling::Person),
        worded.action << " " << worded.field);
  }
}

BOOST_AUTO_TEST_CASE(what_has_no_line_tells_nothing) {
  BOOST_TEST((telling_of("code.created", "motto") == Telling::Nothing));
}

BOOST_AUTO_TEST_CASE(P13_without_text_only_accounts_and_words_of_the_codebook_leave) {
  for (const fb::Action action : golden_actions()) {
    const auto name = action_name(action);
    BOOST_TEST(heard(name, row_of(told_event(action), {})) == of_telling(name, {Telling::Account}),
               boost::test_tools::per_element());
  }
  const auto code = row_of(event_of(fb::Action::CodeCreated, code_of_kind("code")), {});
  BOOST_TEST(heard("code.created", code) ==
                 of_telling("code.created", {Telling::Account, Telling::Codebook}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(P13_the_words_of_a_case_stay_also_when_it_is_renamed) {
  const auto created = event_of(fb::Action::CodeCreated, code_of_kind("case"));
  auto body = told_body(fb::Action::CodePropsChanged);
  body["code"] = code_of_kind("case").at("id");
  const auto renamed = event_of(fb::Action::CodePropsChanged, body);
  const auto accounts = of_telling("", {Telling::Account});
  RowProjector rows(kToldProject, {});
  for (const auto& event : {created, renamed}) {
    const auto line = ndjson(rows.row(event).value());
    for (const auto* action : {"code.created", "code.props_changed"})
      BOOST_TEST(heard(action, line) == accounts, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(a_code_that_was_never_met_keeps_its_new_name_to_itself) {
  auto body = told_body(fb::Action::CodePropsChanged);
  body["code"] = code_of_kind("code").at("id");
  const auto created = event_of(fb::Action::CodeCreated, code_of_kind("code"));
  const auto renamed = event_of(fb::Action::CodePropsChanged, body);
  const auto name = spoken("code.props_changed", "name");
  RowProjector rows(kToldProject, {});
  BOOST_TEST((ndjson(rows.row(renamed).value()).find(name) == std::string::npos));
  BOOST_REQUIRE(rows.learn(created));
  BOOST_TEST((ndjson(rows.row(renamed).value()).find(name) != std::string::npos));
}

BOOST_AUTO_TEST_CASE(with_text_every_word_leaves) {
  for (const fb::Action action : golden_actions()) {
    const auto name = action_name(action);
    const std::set<Telling> all = {Telling::Account, Telling::Codebook, Telling::Words,
                                   Telling::Person, Telling::Date};
    BOOST_TEST(heard(name, row_of(told_event(action), {true, {}})) == of_telling(name, all),
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(pseudonyms_name_nobody_also_with_text) {
  const std::set<Telling> left = {Telling::Codebook, Telling::Words, Telling::Date};
  for (const fb::Action action : golden_actions()) {
    const auto name = action_name(action);
    BOOST_TEST(
        heard(name, row_of(told_event(action), pseudonymous(true))) == of_telling(name, left),
        boost::test_tools::per_element());
    BOOST_TEST(heard(name, row_of(told_event(action), pseudonymous(false))).empty(), name);
  }
}

BOOST_AUTO_TEST_CASE(pseudonyms_stand_for_profiles_wherever_they_are_named) {
  // The id of a profile is a hash of its account that anybody can compute.
  const auto made = told_event(fb::Action::UserProfileCreated);
  const auto profile = told_body(fb::Action::UserProfileCreated).at("id");
  auto coding = told_body(fb::Action::CodingAdded);
  coding["coder"] = profile;
  coding["claim"].as_object()["author"] = profile;
  auto link = told_body(fb::Action::SeealsoCreated);
  link["from"] = link["to"] = profile;
  RowProjector rows(kToldProject, pseudonymous(true));
  const auto pseudonym = Pseudonyms(kKey).profile(*ItemId::parse(std::string(profile.as_string())));
  for (const auto& event : {made, event_of(fb::Action::CodingAdded, coding),
                            event_of(fb::Action::SeealsoCreated, link)}) {
    const auto line = ndjson(rows.row(event).value());
    BOOST_TEST((line.find(std::string(profile.as_string())) == std::string::npos), line);
    BOOST_TEST((line.find(pseudonym) != std::string::npos), line);
  }
}

BOOST_AUTO_TEST_CASE(a_claimed_time_leaves_where_it_is_one) {
  auto body = told_body(fb::Action::CodingAdded);
  const auto row_with = [&](const char* time) {
    body["claim"].as_object()["time"] = time;
    return row_of(event_of(fb::Action::CodingAdded, body), {});
  };
  BOOST_TEST((row_with("2024-02-03T04:05:06Z").find("2024-02-03T04:05:06Z") != std::string::npos));
  BOOST_TEST((row_with("when Eva was ill").find("Eva") == std::string::npos));
}

BOOST_AUTO_TEST_CASE(P13_digests_matches_keys_and_sealed_bytes_never_leave) {
  const std::regex long_hex("[0-9a-f]{32}");
  std::size_t seals = 0;
  for (const auto& golden : read_goldens(kGoldenFile)) {
    const auto event = event_view(golden.bytes);
    if (!event) continue;
    const auto line = row_of(golden.bytes, {true, {}});
    BOOST_TEST(!std::regex_search(line, long_hex), line);
    const auto* reason = (*event)->reason();
    if (reason == nullptr || reason->seal() == nullptr) continue;
    const auto& seal = *reason->seal();
    BOOST_TEST((line.find(flatbuffers::UnPack(*seal.key()).text()) == std::string::npos), line);
    BOOST_TEST((line.find("\"reason\":null") != std::string::npos), line);
    ++seals;
  }
  BOOST_TEST(seals > 5u);
}

BOOST_AUTO_TEST_CASE(pseudonyms_differ_by_key_and_kind_and_stay) {
  const Pseudonyms mine(kKey), same(kKey), others(Bytes(32, 8));
  BOOST_TEST(mine.account("ada") == same.account("ada"));
  BOOST_TEST(mine.account("ada") != others.account("ada"));
  BOOST_TEST(mine.account("ada") != mine.account("Ada"));
  BOOST_TEST(std::regex_match(mine.account("ada"), std::regex("person-[0-9a-f]{16}")));
  BOOST_TEST(std::regex_match(mine.profile(ItemId{{1}}), std::regex("profile-[0-9a-f]{16}")));
  // What was given out once is given out for ever.
  BOOST_TEST(mine.account("ada") == "person-d1793e5dcadb11bc");
}

BOOST_AUTO_TEST_SUITE_END()
