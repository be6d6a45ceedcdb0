// SPDX-License-Identifier: Apache-2.0
// JSON in and out. Shapes are checked on written examples; that nothing is lost is checked on
// random actions of every kind that has fields, made by a generator which knows only the schema.
#include "schema/json.h"

#include "schema/actions.h"
#include "schema/commands.h"
#include "schema/reflection.h"
#include "schema/validate.h"
#include "tests/schema/random_item.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

using namespace qualog;
using namespace qualog::test;

namespace json = boost::json;

namespace {

constexpr const char* kA = "018f0000-0000-7000-8000-00000000000a";
constexpr const char* kB = "018f0000-0000-7000-8000-00000000000b";

json::object parsed(std::string_view text) {
  return json::parse({text.data(), text.size()}).as_object();
}

Result<fb::ActionUnion> read(std::string_view name, std::string_view body) {
  return action_from_json(name, parsed(body), test_name_key());
}

std::string refusal(std::string_view name, std::string_view body) {
  const auto action = read(name, body);
  if (action) return "";
  BOOST_TEST((action.error().code == Code::invalid));
  return action.error().message;
}

json::array shown(fb::ActionUnion action) {
  std::vector<std::unique_ptr<fb::ProposalT>> actions;
  actions.push_back(proposal_of(std::move(action)));
  return actions_json(actions);
}

Bytes packed(const fb::ProposalT& proposal) {
  Bytes bytes;
  pack(proposal, bytes);
  return bytes;
}

// A field whose value `wrong` breaks, and what the message must say.
struct Refused {
  const char* action;
  std::string body;
  std::string message;
};

std::string with_id(const std::string& rest) {
  return std::string(R"({"id":")") + kA + "\"," + rest + "}";
}

// Every action that is served, made with these options, is read back as it was.
void check_survival(ItemOptions options, decltype(action_from_json)& read_back) {
  const auto served = served_actions();
  BOOST_REQUIRE(served.size() > 30);
  for_seeds(40, [&](Rng& rng, std::uint64_t seed) {
    for (const fb::Action action : served) {
      std::vector<std::unique_ptr<fb::ProposalT>> actions;
      actions.push_back(ItemMaker(rng, options).proposal(action));
      const json::array shown = actions_json(actions);
      const json::object& item = shown.front().as_object();
      BOOST_TEST_CONTEXT("seed " << seed << " " << json::serialize(item)) {
        BOOST_TEST(std::string_view(item.at("action").as_string()) == action_name(action));
        const auto back =
            read_back(action_name(action), item.at("body").as_object(), test_name_key());
        BOOST_REQUIRE_MESSAGE(back, back.error().message);
        BOOST_TEST((packed(*proposal_of(*back)) == packed(*actions.front())));
      }
    }
  });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_text)

BOOST_AUTO_TEST_CASE(every_served_action_survives_json) { check_survival({}, action_from_json); }

BOOST_AUTO_TEST_CASE(what_the_server_filled_in_survives_json_too) {
  check_survival({.full = true, .computed = true}, recorded_action_from_json);
}

BOOST_AUTO_TEST_CASE(every_served_action_survives_the_line_parser) {
  for_seeds(20, [&](Rng& rng, std::uint64_t seed) {
    for (const fb::Action action : served_actions()) {
      std::vector<std::unique_ptr<fb::ProposalT>> actions;
      actions.push_back(ItemMaker(rng).proposal(action));
      const json::value item = actions_json(actions).front();
      const auto line = parse_json_line(json::serialize(item));
      BOOST_REQUIRE_MESSAGE(line, "seed " << seed << " " << line.error().message);
      BOOST_TEST((json::value(*line) == item), "seed " << seed);
    }
  });
}

BOOST_AUTO_TEST_CASE(an_action_is_shown_as_people_say_it) {
  const auto action =
      read("code.created", with_id(R"("name":"Håp \"x\"","color":"#0f0","kind":"case",
      "parent":"{018F0000-0000-7000-8000-00000000000B}","codable":false,"aggregate":true,
      "claim":{"time":"around 1990"})"));
  BOOST_REQUIRE_MESSAGE(action, action.error().message);
  BOOST_TEST(
      json::serialize(shown(*action)) ==
      R"([{"action":"code.created","body":{"id":")" + std::string(kA) +
          R"(","name":"Håp \"x\"","color":"#0f0","parent":")" + kB +
          R"(","kind":"case","aggregate":true,"codable":false,"claim":{"time":"around 1990"}}}])");
}

BOOST_AUTO_TEST_CASE(a_name_gets_its_length_and_match) {
  const auto action = read("code.created", with_id(R"("name":"Håp","description":"a😀")"));
  BOOST_REQUIRE(action);
  const auto& code = *action->AsCodeCreated();
  BOOST_TEST(code.name->length == 3u);
  BOOST_TEST((code.name->match == name_match(test_name_key(), "håp")));
  BOOST_TEST(code.description->length == 2u);
  BOOST_TEST(code.description->match.empty());
}

BOOST_AUTO_TEST_CASE(an_optional_number_is_shown_only_where_it_is_given) {
  const std::string coding = std::string(R"("code":")") + kA + R"(","source":")" + kB + "\"";
  const auto whole = shown(*read("coding.added", with_id(coding)));
  BOOST_TEST(!whole.at(0).at("body").as_object().contains("begin"));
  const auto part = shown(*read("coding.added", with_id(coding + R"(,"begin":0,"end":0)")));
  BOOST_TEST(part.at(0).at("body").at("begin").as_int64() == 0);
}

BOOST_AUTO_TEST_CASE(a_number_past_exact_doubles_is_a_string_and_only_there) {
  const auto token = [](const char* written) {
    return read("lease.released",
                std::string(R"({"item":")") + kA + R"(","token":)" + written + "}");
  };
  const auto back = [&](const char* written) {
    return json::serialize(shown(*token(written)).at(0).at("body").at("token"));
  };
  BOOST_TEST(back("9007199254740992") == "9007199254740992");
  BOOST_TEST(back("9007199254740993") == "\"9007199254740993\"");
  BOOST_TEST(back("\"18446744073709551615\"") == "\"18446744073709551615\"");
  for (const char* wrong :
       {"\"7\"", "\"9007199254740992\"", "\"09007199254740993\"", "\"18446744073709551616\"",
        "\"9007199254740993 \"", "\"+9007199254740993\"", "18446744073709551616", "1.0", "1e2",
        "-1", "true", "null"})
    BOOST_TEST(!token(wrong), wrong);
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_refused_by_its_path) {
  const std::string source = std::string(R"({"source":")") + kA + "\",";
  const Refused examples[] = {
      {"code.created", with_id(R"("nane":"x")"),
       "code.created: nane is no field of this; did you mean name?"},
      {"code.created", with_id(R"("Secret of Ola":1)"), "code.created: a key is no field of this"},
      {"code.created", with_id(R"("name":7)"), "name must be a string"},
      {"code.created", with_id(R"("name":{"sealed":true,"length":3})"), "name must be a string"},
      {"code.created", with_id(R"("name":"a\u0000b")"), "name must be valid UTF-8 without U+0000"},
      {"code.created", with_id(R"("kind":"cases")"),
       "kind must be one of code, case, relationship or matrix_result"},
      {"code.created", with_id(R"("kind":1)"), "kind must be one of"},
      {"code.created", with_id(R"("aggregate":"true")"), "aggregate must be true or false"},
      {"code.created", with_id(R"("aggregate":1)"), "aggregate must be true or false"},
      {"code.created", with_id(R"("parent":"018f")"), "parent must be a UUID"},
      {"code.created", with_id(R"("parent":7)"), "parent must be a UUID"},
      {"code.created", with_id(R"("claim":"x")"), "claim must be an object"},
      {"code.created", with_id(R"("claim":{"author":"x"})"), "claim.author must be a UUID"},
      {"coding.added", with_id(R"("begin":4294967296)"),
       "begin must be a whole number from 0 to 4294967295"},
      {"coding.added", with_id(R"("begin":-1)"),
       "begin must be a whole number from 0 to 4294967295"},
      {"coding.added", with_id(R"("begin":1.5)"), "begin must be a whole number"},
      {"coding.added", with_id(R"("begin":"7")"), "begin must be a whole number"},
      {"coding.added", with_id(R"("begin":null)"), "begin must be a whole number"},
      {"coding.added", with_id(std::string(R"("piece_of":")") + kB + "\""),
       "piece_of is filled in by the server"},
      {"coding.weight_or_comment_set", R"({"weight":2147483648})",
       "weight must be a whole number from -2147483648"},
      {"coding.removed", R"({"codings":"x"})", "codings must be a list"},
      {"coding.removed", std::string(R"({"codings":[")") + kA + R"(","x"]})",
       "codings[1] must be a UUID"},
      {"undo.applied", R"({"sequences":[1,"2"]})", "sequences[1] must be a whole number"},
      {"source.text_edited", source + R"("splices":[{"position":1},{"insert":5}]})",
       "splices[1].insert must be a string"},
      {"source.text_edited", source + R"("splices":[{"text":"x"}]})",
       "splices[0].text is no field of this"},
      {"source.text_edited", source + R"("splices":[7]})", "splices[0] must be an object"},
      {"import.started", R"({"file_hash":"00"})", "file_hash must be 64 hexadecimal digits"},
  };
  for (const Refused& example : examples) {
    const std::string message = refusal(example.action, example.body);
    BOOST_TEST((message.find(example.message) != std::string::npos),
               example.body << " -> " << message);
  }
}

BOOST_AUTO_TEST_CASE(a_list_that_is_too_long_is_refused) {
  json::array sequences(10'001, 1);
  const auto action = action_from_json("undo.applied", {{"sequences", sequences}}, test_name_key());
  BOOST_REQUIRE(!action);
  BOOST_TEST(action.error().message == "undo.applied: sequences must have at most 10000 elements");
  sequences.pop_back();
  BOOST_TEST(bool(action_from_json("undo.applied", {{"sequences", sequences}}, test_name_key())));
}

BOOST_AUTO_TEST_CASE(an_unknown_action_names_the_near_ones) {
  BOOST_TEST(refusal("coding.add", "{}") ==
             "coding.add is no action; did you mean coding.added or coding.moved?");
  BOOST_TEST(refusal("Ola Nordmann said", "{}") == "what was given is no action");
  BOOST_TEST(refusal("", "{}") == "what was given is no action");
}

BOOST_AUTO_TEST_CASE(no_message_quotes_what_was_written) {
  const std::string secret = "zqsecret";
  for (const fb::Action action : served_actions())
    for (const Slot& slot : layout_of(action)->slots)
      for (const json::value& value : {json::value(secret), json::value(json::array{secret}),
                                       json::value(json::object{{secret + " ", secret}})}) {
        const auto read =
            action_from_json(action_name(action), {{slot.name, value}}, test_name_key());
        if (!read)
          BOOST_TEST((read.error().message.find(secret) == std::string::npos),
                     read.error().message);
      }
}

BOOST_AUTO_TEST_CASE(an_event_is_shown_with_its_header) {
  fb::EventT event;
  event.sequence = 7;
  event.time = 1'772'000'000'123'456;
  event.actor = "ola";
  event.session = *SessionId::parse(kA);
  event.command_id = *CommandId::parse(kB);
  event.seen = 6;
  event.action = *read("folder.renamed", std::string(R"({"folder":")") + kB + R"(","name":"N"})");
  Bytes bytes;
  pack(event, bytes);
  const std::string head = R"({"sequence":7,"time":"2026-02-25T06:13:20.123456Z","actor":"ola",)";
  BOOST_TEST(json::serialize(event_json(trusted_event(bytes))) ==
             head + R"("session":")" + kA + R"(","action":"folder.renamed","target":")" + kB +
                 R"(","command_id":")" + kB + R"(","seen":6,"body":{"folder":")" + kB +
                 R"(","name":"N"}})");
  event.on_behalf_of = "kari";
  event.reason = plain_text("because");
  event.group = 5;
  event.undo_of = 3;
  pack(event, bytes);
  const json::object full = event_json(trusted_event(bytes));
  BOOST_TEST(full.at("on_behalf_of") == "kari");
  BOOST_TEST(full.at("reason") == "because");
  BOOST_TEST(full.at("group") == 5);
  BOOST_TEST(full.at("undo_of") == 3);
}

BOOST_AUTO_TEST_CASE(the_keys_that_are_promised_are_always_there) {
  Bytes bytes;
  pack(fb::EventT{}, bytes);
  BOOST_TEST(json::serialize(event_json(trusted_event(bytes))) ==
             R"({"sequence":0,"time":"1970-01-01T00:00:00.000000Z","actor":"",)"
             R"("session":"00000000-0000-0000-0000-000000000000","action":"unknown",)"
             R"("command_id":"00000000-0000-0000-0000-000000000000","seen":0,"body":{}})");
}

BOOST_AUTO_TEST_CASE(only_an_item_is_a_target) {
  fb::EventT event;
  event.action =
      *read("project.created", std::string(R"({"lineage":")") + kA + R"(","title":"T"})");
  Bytes bytes;
  pack(event, bytes);
  BOOST_TEST(!event_json(trusted_event(bytes)).contains("target"));
  event.action =
      *read("annotation.created", std::string(R"({"source":")") + kA + R"(","id":")" + kB + "\"}");
  pack(event, bytes);
  BOOST_TEST(event_json(trusted_event(bytes)).at("target") == kB);
}

BOOST_AUTO_TEST_CASE(a_sealed_text_shows_its_length_only) {
  fb::EventT event;
  fb::CodePropsChangedT change;
  change.description = plain_text("");
  change.description->length = 12;
  change.description->seal = std::make_unique<fb::SealT>();
  change.description->seal->bytes = Bytes(28, 0x61);
  event.action = action_of(std::move(change));
  Bytes bytes;
  pack(event, bytes);
  BOOST_TEST(json::serialize(event_json(trusted_event(bytes)).at("body")) ==
             R"({"description":{"sealed":true,"length":12}})");
}

BOOST_AUTO_TEST_CASE(an_aside_is_shown_with_its_number) {
  fb::ConflictRefusedT refused;
  refused.code = fb::RefusalCode::Stale;
  refused.facets = {"annotation:9.text"};
  refused.winner = std::make_unique<fb::WinnerT>();
  refused.winner->actor = "kari";
  refused.winner->time = 1;
  refused.draft = plain_text("[]");
  fb::AsideT aside;
  aside.number = 3;
  aside.after_sequence = 9;
  aside.actor = "ola";
  aside.body.Set(std::move(refused));
  Bytes bytes;
  pack(aside, bytes);
  const json::object shown = aside_json(*aside_view(bytes).value());
  BOOST_TEST(shown.at("aside") == 3);
  BOOST_TEST(shown.at("after_sequence") == 9);
  BOOST_TEST(shown.at("action") == "conflict.refused");
  BOOST_TEST(json::serialize(shown.at("body")) ==
             R"({"code":"stale","facets":["annotation:9.text"],)"
             R"("winner":{"actor":"kari","time":"1970-01-01T00:00:00.000001Z"},"draft":"[]"})");
}

BOOST_AUTO_TEST_SUITE_END()
