// SPDX-License-Identifier: Apache-2.0
// The meaning checks: what random sound items are made of is accepted, and each single thing that
// the FlatBuffers verifier lets pass is refused by the name of its field.
#include "schema/validate.h"

#include "schema/actions.h"
#include "schema/commands.h"
#include "schema/limits.h"
#include "schema/reflection.h"
#include "schema/text_check.h"
#include "schema/time.h"
#include "tests/schema/random_item.h"

#include <boost/test/unit_test.hpp>

#include <functional>

using namespace qualog;
using namespace qualog::test;

namespace {

std::string told(const std::optional<Flaw>& flaw) {
  return flaw ? flaw->field + " " + flaw->problem : "";
}

std::string flaw_of(const Bytes& bytes) {
  const auto view = command_view(bytes);
  BOOST_REQUIRE(view);
  return told(flaw_in(**view, bytes.size()));
}

std::string flaw_of(const fb::CommandT& command) {
  Bytes bytes;
  pack(command, bytes);
  return flaw_of(bytes);
}

std::string flaw_of_event(const Bytes& bytes) {
  const auto view = event_view(bytes);
  BOOST_REQUIRE(view);
  return told(flaw_in(**view, bytes));
}

ItemId item(std::uint8_t last) {
  ItemId id;
  id.bytes[15] = last;
  return id;
}

fb::CommandT command_with(fb::ActionUnion action) {
  return command_of(CommandId{item(1).bytes}, SessionId{item(1).bytes}, {std::move(action)});
}

fb::CodeCreatedT sound_code() {
  fb::CodeCreatedT code;
  code.id = item(1);
  code.name = name_text(test_name_key(), "Hope");
  return code;
}

fb::CodingAddedT sound_coding() {
  fb::CodingAddedT coding;
  coding.id = item(1);
  coding.code = item(2);
  coding.source = item(3);
  return coding;
}

// The flaw of a command whose one action was sound before `change`.
template <class Action>
std::string after(Action action, const std::function<void(Action&)>& change) {
  change(action);
  return flaw_of(command_with(action_of(std::move(action))));
}
std::string after_code(const std::function<void(fb::CodeCreatedT&)>& change) {
  return after<fb::CodeCreatedT>(sound_code(), change);
}
std::string after_coding(const std::function<void(fb::CodingAddedT&)>& change) {
  return after<fb::CodingAddedT>(sound_coding(), change);
}

// The bytes of a sound command around an action that was built by hand.
Bytes finished(flatbuffers::FlatBufferBuilder& fbb, fb::Action kind,
               flatbuffers::Offset<void> body) {
  const auto proposal = fb::CreateProposal(fbb, kind, body);
  const auto actions = fbb.CreateVector(&proposal, 1);
  const auto id = flatbuffers::Pack(CommandId{item(1).bytes});
  const auto session = flatbuffers::Pack(SessionId{item(1).bytes});
  fb::CommandBuilder command(fbb);
  command.add_command_id(&id);
  command.add_session(&session);
  command.add_actions(actions);
  fbb.Finish(command.Finish(), fb::CommandIdentifier());
  return Bytes(fbb.GetBufferPointer(), fbb.GetBufferPointer() + fbb.GetSize());
}

std::unique_ptr<fb::TextT> sealed(std::uint32_t length) {
  auto text = std::make_unique<fb::TextT>();
  text->length = length;
  text->seal = std::make_unique<fb::SealT>();
  text->seal->subject = item(7);
  text->seal->key = item(8);
  text->seal->nonce = Bytes(24, 1);
  text->seal->bytes = Bytes(40, 1);
  return text;
}

constexpr const char* kText = "actions[0].body.description";
constexpr const char* kName = "actions[0].body.name";

// A text of these raw bytes, as long as its lead bytes say.
std::string after_raw(std::string raw) {
  return after_code([&](fb::CodeCreatedT& code) { code.description = plain_text(raw); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(validate)

BOOST_AUTO_TEST_CASE(random_sound_commands_are_accepted) {
  for_seeds(300, [](Rng& rng, std::uint64_t seed) {
    const Bytes bytes = ItemMaker(rng, {.sealed = true}).command(1 + below(rng, 4));
    BOOST_TEST(flaw_of(bytes) == "", "seed " << seed << ": " << flaw_of(bytes));
  });
}

BOOST_AUTO_TEST_CASE(random_sound_events_are_accepted) {
  for_seeds(20, [](Rng& rng, std::uint64_t seed) {
    for (const fb::Action action : served_actions()) {
      ItemMaker maker(rng, {.sealed = true, .computed = true});
      BOOST_TEST(flaw_of_event(maker.event(action)) == "", action_name(action) << " seed " << seed);
    }
  });
}

BOOST_AUTO_TEST_CASE(random_sound_asides_are_accepted) {
  for_seeds(20, [](Rng& rng, std::uint64_t seed) {
    for (const fb::AsideBody body : served_asides()) {
      const Bytes bytes = ItemMaker(rng, {.sealed = true}).aside(body);
      BOOST_TEST(told(flaw_in(*aside_view(bytes).value(), bytes)) == "", "seed " << seed);
    }
  });
}

BOOST_AUTO_TEST_CASE(what_must_be_given_must_be_given) {
  std::size_t checked = 0;
  for (const fb::Action action : served_actions())
    for (const Slot& missing : layout_of(action)->slots) {
      if (!missing.must) continue;
      flatbuffers::FlatBufferBuilder fbb;
      const auto start = fbb.StartTable();
      fbb.Finish(flatbuffers::Offset<flatbuffers::Table>(fbb.EndTable(start)));
      const auto& empty = *flatbuffers::GetRoot<flatbuffers::Table>(fbb.GetBufferPointer());
      const auto flaw = flaw_in(action, empty);
      BOOST_REQUIRE(flaw);
      BOOST_TEST(flaw->problem == "must be given");
      ++checked;
    }
  BOOST_TEST(checked > 40u);
  BOOST_TEST(after_coding([](auto& coding) { coding.code = {}; }) ==
             "actions[0].body.code must be given");
  BOOST_TEST(after_code([](auto& code) { code.name.reset(); }) ==
             "actions[0].body.name must be given");
  BOOST_TEST(after_code([](auto& code) { code.name = plain_text(""); }) ==
             "actions[0].body.name must be given");
  fb::MemberAddedT member;
  member.principal = "ola";
  member.group = fb::Group::Reader;
  BOOST_TEST(after<fb::MemberAddedT>(member, [](auto&) {}) == "");
  BOOST_TEST(after<fb::MemberAddedT>(member, [](auto& m) { m.group = fb::Group::None; }) ==
             "actions[0].body.group must be given");
  BOOST_TEST(after<fb::MemberAddedT>(member, [](auto& m) { m.principal = ""; }) ==
             "actions[0].body.principal must be given");
}

BOOST_AUTO_TEST_CASE(a_command_names_itself_and_its_session_and_acts) {
  fb::ActionUnion action;
  action.Set(sound_code());
  auto command = command_with(action);
  BOOST_TEST(flaw_of(command) == "");
  command.command_id = {};
  BOOST_TEST(flaw_of(command) == "command_id must be given");
  command = command_with(action);
  command.session = {};
  BOOST_TEST(flaw_of(command) == "session must be given");
  command = command_with(action);
  command.actions.clear();
  BOOST_TEST(flaw_of(command) == "actions must be given");
}

BOOST_AUTO_TEST_CASE(text_must_be_utf8_without_nul) {
  for (const char* good : {"", "a", "\x7F", "\xC2\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                           "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF"})
    BOOST_TEST(after_raw(good) == "", good);
  for (const std::string& bad :
       {std::string("a\0b", 3), std::string("\x80"), std::string("\xC0\x80"),
        std::string("\xC1\xBF"), std::string("\xE0\x9F\xBF"), std::string("\xED\xA0\x80"),
        std::string("\xF0\x8F\xBF\xBF"), std::string("\xF4\x90\x80\x80"),
        std::string("\xF5\x80\x80\x80"), std::string("\xE2\x82"), std::string("\xFF"),
        std::string("abc\xE6")})
    BOOST_TEST(after_raw(bad) == std::string(kText) + " is not valid UTF-8 without U+0000");
}

BOOST_AUTO_TEST_CASE(a_text_tells_its_length_truly) {
  for (const std::uint32_t length : {0u, 1u, 3u, 5u})
    BOOST_TEST(after_code([&](auto& code) {
                 code.description = plain_text("a😀");
                 code.description->length = length;
               }) == std::string(kText) + " has a length that is not its number of code points");
  BOOST_TEST(after_code([](auto& code) {
               code.description = plain_text("");
               code.description->length = 1;
             }) == std::string(kText) + " has a length that is not its number of code points");
}

BOOST_AUTO_TEST_CASE(a_text_has_at_most_one_chunk) {
  const auto with = [](std::size_t bytes) { return after_raw(std::string(bytes, 'x')); };
  BOOST_TEST(with(limits::kTextChunkBytesMax) == "");
  BOOST_TEST(with(limits::kTextChunkBytesMax + 1) ==
             std::string(kText) + " is longer than 49152 bytes");
}

BOOST_AUTO_TEST_CASE(a_text_is_plain_or_sealed) {
  const auto with = [](const std::function<void(fb::TextT&)>& change) {
    return after_code([&](auto& code) {
      code.description = sealed(3);
      change(*code.description);
    });
  };
  BOOST_TEST(with([](auto&) {}) == "");
  BOOST_TEST(with([](auto& text) { text.plain = "abc"; }) ==
             std::string(kText) + " is both plain and sealed");
  BOOST_TEST(with([](auto& text) { text.seal->subject = {}; }) ==
             std::string(kText) + ".seal.subject must be given");
  BOOST_TEST(with([](auto& text) { text.seal->key = {}; }) ==
             std::string(kText) + ".seal.key must be given");
  BOOST_TEST(with([](auto& text) { text.seal->nonce.clear(); }) ==
             std::string(kText) + ".seal.nonce must have 1 to 64 bytes");
  BOOST_TEST(with([](auto& text) { text.seal->nonce = Bytes(65, 1); }) ==
             std::string(kText) + ".seal.nonce must have 1 to 64 bytes");
  BOOST_TEST(with([](auto& text) { text.seal->bytes.clear(); }) ==
             std::string(kText) + ".seal.bytes must be given");
  BOOST_TEST(with([](auto& text) { text.length = 41; }) ==
             std::string(kText) + " has a length that its sealed bytes cannot hold");
  BOOST_TEST(with([](auto& text) { text.seal->bytes = Bytes(limits::kTextChunkBytesMax + 257); }) ==
             std::string(kText) + " is longer than 49408 bytes");
}

BOOST_AUTO_TEST_CASE(a_name_is_one_short_line_with_its_match) {
  const auto with = [](const std::string& name) {
    return after_code([&](auto& code) { code.name = name_text(test_name_key(), name); });
  };
  const std::string control = std::string(kName) + " has a control character or a line break";
  std::string longest;
  for (std::size_t i = 0; i < limits::kNameCodePointsMax; ++i) longest += "漢";
  BOOST_TEST(with(longest) == "");
  BOOST_TEST(with(longest + "x") == std::string(kName) + " is longer than 1000 code points");
  BOOST_TEST(with("   ") == std::string(kName) + " must not be blank");
  for (const char* bad :
       {"a\nb", "a\tb", "\x1F", "a\x7F", "a\u0085", "\u009F", "a\u2028", "\u2029"})
    BOOST_TEST(with(bad) == control);
  for (const char* good : {"\u00A0x", "é\u2027", "\u202Ax"}) BOOST_TEST(with(good) == "");
  BOOST_TEST(after_code([](auto& code) { code.name->match.pop_back(); }) ==
             std::string(kName) + " must carry a match of 16 bytes");
  BOOST_TEST(after_code([](auto& code) { code.name->match.clear(); }) ==
             std::string(kName) + " must carry a match of 16 bytes");
  BOOST_TEST(after_code([](auto& code) { code.description = name_text(test_name_key(), "x"); }) ==
             std::string(kText) + " carries a match, but is not compared");
}

BOOST_AUTO_TEST_CASE(a_name_outside_a_command_is_judged_alike) {
  const auto flaw = [](const std::string& name) { return told(flaw_in_name(name)); };
  for (const char* bad : {"", "  ", "a\nb", "a\u0085", "\u2028", "a\xFF"}) {
    BOOST_TEST(flaw(bad) != "");
    BOOST_TEST(after_code([&](auto& code) { code.name = name_text(test_name_key(), bad); }) != "");
  }
  BOOST_TEST(flaw(std::string(limits::kNameCodePointsMax + 1, 'x')) ==
             " is longer than 1000 code points");
  BOOST_TEST(flaw("a\nb") == " has a control character or a line break");
  BOOST_TEST(flaw("Gym in change") == "");
}

BOOST_AUTO_TEST_CASE(an_optional_name_that_is_given_is_not_empty) {
  fb::CodePropsChangedT change;
  change.code = item(1);
  BOOST_TEST(after<fb::CodePropsChangedT>(change, [](auto&) {}) == "");
  BOOST_TEST(after<fb::CodePropsChangedT>(change, [](auto& c) { c.name = plain_text(""); }) ==
             std::string(kName) + " must not be empty");
  BOOST_TEST(
      after<fb::CodePropsChangedT>(change, [](auto& c) { c.description = plain_text(""); }) == "");
}

BOOST_AUTO_TEST_CASE(a_machine_string_is_short_and_printable) {
  const auto with = [](const std::string& principal) {
    fb::MemberRemovedT member;
    return after<fb::MemberRemovedT>(member, [&](auto& m) { m.principal = principal; });
  };
  const std::string field = "actions[0].body.principal ";
  BOOST_TEST(with(std::string(limits::kMachineStringBytesMax, 'x')) == "");
  BOOST_TEST(with(std::string(limits::kMachineStringBytesMax + 1, 'x')) ==
             field + "is longer than 512 bytes");
  BOOST_TEST(with("a\nb") == field + "has a control character");
  BOOST_TEST(with("a\xFF") == field + "is not valid UTF-8 without U+0000");
  fb::CodingRemovedT removed;
  removed.codings = {item(1)};
  removed.coders = {"ola", "k\x01ri"};
  BOOST_TEST(after<fb::CodingRemovedT>(removed, [](auto&) {}) ==
             "actions[0].body.coders[1] has a control character");
}

BOOST_AUTO_TEST_CASE(a_colour_is_a_colour) {
  for (const char* good : {"#09f", "#ABCdef", "none"}) BOOST_TEST(is_colour(good), good);
  for (const char* bad :
       {"#", "#12", "#1234", "#12345", "#1234567", "#xyz", "red", "None", "09f"}) {
    BOOST_TEST(!is_colour(bad), bad);
    BOOST_TEST(after_code([&](auto& code) { code.color = bad; }) ==
               "actions[0].body.color must be #RGB, #RRGGBB or none");
  }
}

BOOST_AUTO_TEST_CASE(a_range_has_both_ends_in_order) {
  const auto with = [](flatbuffers::Optional<std::uint32_t> begin,
                       flatbuffers::Optional<std::uint32_t> end) {
    return after_coding([&](auto& coding) {
      coding.begin = begin;
      coding.end = end;
    });
  };
  BOOST_TEST(with(3, 3) == "");
  BOOST_TEST(with(0, 4'294'967'295u) == "");
  BOOST_TEST(with(4, 3) == "actions[0].body.begin must not lie after its end");
  BOOST_TEST(with(3, flatbuffers::nullopt) ==
             "actions[0].body.begin and its end must be given together");
  BOOST_TEST(with(flatbuffers::nullopt, 3) ==
             "actions[0].body.begin and its end must be given together");
  fb::SeealsoCreatedT link;
  link.id = item(1);
  link.from = item(2);
  BOOST_TEST(after<fb::SeealsoCreatedT>(link, [](auto& l) { l.to_end = 3; }) ==
             "actions[0].body.to_begin and its end must be given together");
}

BOOST_AUTO_TEST_CASE(what_the_server_fills_in_is_refused_from_clients_only) {
  BOOST_TEST(after_coding([](auto& coding) { coding.piece_of = item(9); }) ==
             "actions[0].body.piece_of is filled in by the server; leave it out");
}

BOOST_AUTO_TEST_CASE(an_unknown_enum_value_is_refused) {
  BOOST_TEST(after_code([](auto& code) { code.kind = static_cast<fb::CodeKind>(99); }) ==
             "actions[0].body.kind is none of the known values");
}

BOOST_AUTO_TEST_CASE(a_list_is_limited_and_holds_no_zero_id) {
  const auto with = [](std::size_t count) {
    fb::CodingRemovedT removed;
    removed.codings.assign(count, item(1));
    return after<fb::CodingRemovedT>(removed, [](auto&) {});
  };
  BOOST_TEST(with(limits::kListItemsMax - 6000) == "");
  BOOST_TEST(with(limits::kListItemsMax + 1) ==
             "actions[0].body.codings has more than 10000 elements");
  fb::CodingRemovedT removed;
  removed.codings = {item(1), {}};
  BOOST_TEST(after<fb::CodingRemovedT>(removed, [](auto&) {}) ==
             "actions[0].body.codings[1] must not be zero");
}

// One of two neighbouring places of the list is not aligned; the verifier accepts both.
BOOST_AUTO_TEST_CASE(a_list_of_numbers_that_is_not_aligned_is_refused) {
  std::size_t refused = 0;
  for (const bool shifted : {false, true}) {
    flatbuffers::FlatBufferBuilder fbb;
    fbb.StartVector(2, 4);
    for (int i = 0; i < 2; ++i) fbb.PushElement<std::uint32_t>(0);
    const flatbuffers::Offset<flatbuffers::Vector<std::uint64_t>> sequences(fbb.EndVector(1));
    if (shifted) fbb.CreateVector(std::vector<std::uint32_t>());
    const auto body = fb::CreateUndoApplied(fbb, sequences).Union();
    const std::string flaw = flaw_of(finished(fbb, fb::Action::UndoApplied, body));
    if (flaw.empty()) continue;
    BOOST_TEST(flaw == "actions[0].body.sequences is not aligned");
    ++refused;
  }
  BOOST_TEST(refused == 1u);
}

BOOST_AUTO_TEST_CASE(an_unknown_or_absent_action_is_refused) {
  for (const int tag : {0, 26, 176, 254, 255}) {
    flatbuffers::FlatBufferBuilder fbb;
    const auto body = fb::CreateProjectDeleted(fbb).Union();
    BOOST_TEST(flaw_of(finished(fbb, static_cast<fb::Action>(tag), body)) ==
               "actions[0].body is of a kind that this version does not know");
  }
  flatbuffers::FlatBufferBuilder fbb;
  BOOST_TEST(flaw_of(finished(fbb, fb::Action::ProjectDeleted, 0)) ==
             "actions[0].body is of a kind that this version does not know");
}

BOOST_AUTO_TEST_CASE(ten_thousand_offsets_to_one_string_are_refused) {
  flatbuffers::FlatBufferBuilder fbb;
  const auto one = fbb.CreateString(std::string(500, 'x'));
  const std::vector<flatbuffers::Offset<flatbuffers::String>> all(10'000, one);
  const auto coders = fbb.CreateVector(all);
  fb::CodingRemovedBuilder removed(fbb);
  removed.add_coders(coders);
  const auto body = removed.Finish().Union();
  const Bytes bytes = finished(fbb, fb::Action::CodingRemoved, body);
  const auto view = command_view(bytes);
  BOOST_REQUIRE(view);
  const auto flaw = flaw_in(**view, bytes.size());
  BOOST_REQUIRE(flaw);
  BOOST_TEST(flaw->too_large);
  BOOST_TEST(flaw->problem == "unfolds to more bytes than are allowed");
}

BOOST_AUTO_TEST_CASE(an_event_with_bytes_behind_it_is_refused) {
  Rng rng(1);
  const Bytes sound = ItemMaker(rng).event(fb::Action::CodingAdded);
  for (const std::size_t more : {1U, 8U, 1000U}) {
    Bytes longer = sound;
    longer.resize(sound.size() + more);
    BOOST_TEST(flaw_of_event(longer) == "the item is not in its canonical encoding");
  }
}

BOOST_AUTO_TEST_CASE(an_event_in_another_encoding_is_refused) {
  flatbuffers::FlatBufferBuilder fbb;
  fbb.ForceDefaults(true);
  const auto body = fb::CreateProjectGuestAccessSet(fbb, false).Union();
  fb::EventBuilder event(fbb);
  event.add_action_type(fb::Action::ProjectGuestAccessSet);
  event.add_action(body);
  fbb.Finish(event.Finish(), fb::EventIdentifier());
  const Bytes bytes(fbb.GetBufferPointer(), fbb.GetBufferPointer() + fbb.GetSize());
  BOOST_TEST(flaw_of_event(bytes) == "the item is not in its canonical encoding");
}

// The verifier asks of a vtable only that its own length is within the buffer.
BOOST_AUTO_TEST_CASE(a_table_with_the_shortest_vtable_is_not_read_past_its_end) {
  const Bytes bytes = {8, 0, 0, 0, 'Q', 'L', 'E', 'V', 0xFC, 0xFF, 0xFF, 0xFF, 2, 0};
  BOOST_TEST(flaw_of_event(bytes) == "body is of a kind that this version does not know");
}

BOOST_AUTO_TEST_CASE(an_event_outside_the_calendar_is_refused) {
  fb::EventT event;
  event.action.Set(fb::ProjectDeletedT{});
  const auto at = [&](std::int64_t time) {
    event.time = time;
    Bytes bytes;
    pack(event, bytes);
    return flaw_of_event(bytes);
  };
  BOOST_TEST(at(kTimeMax) == "");
  BOOST_TEST(at(kTimeMax + 1) == "time lies outside the years 0000 to 9999");
}

BOOST_AUTO_TEST_CASE(an_event_is_no_larger_than_an_item) {
  fb::EventT event;
  fb::ImportStartedT import;
  import.file = plain_text(std::string(40'000, 'x'));
  import.report = plain_text(std::string(40'000, 'y'));
  event.action = action_of(std::move(import));
  Bytes bytes;
  pack(event, bytes);
  const fb::Event& view = *event_view(bytes).value();
  const auto flaw = flaw_in(view, bytes);
  BOOST_REQUIRE(flaw);
  BOOST_TEST(flaw->too_large);
  const auto action =
      flaw_in(fb::Action::ImportStarted, *static_cast<const flatbuffers::Table*>(view.action()));
  BOOST_REQUIRE(action);
  BOOST_TEST(action->too_large);
}

BOOST_AUTO_TEST_SUITE_END()
