// SPDX-License-Identifier: Apache-2.0
// Sound projects, copies and damaged ones are verified; every kind of damage is made by hand and
// must be named. The controls: a check without the chain misses what verify finds, and a history
// that was rewritten whole is missed by verify alone and found by what somebody kept.
#include "replay/verify.h"

#include "engine/log/segment.h"
#include "projector/lmdb/environment.h"
#include "replay/reading/log_reading.h"
#include "schema/codec.h"
#include "tests/replay/crafted_log.h"
#include "tests/replay/discarded_group.h"
#include "tests/replay/workshop.h"

#include <fstream>

namespace qualog::test {

namespace {

struct Small {
  Workshop workshop;
  engine::ProjectPlace place = workshop.create("Gym");
  Record record = workshop.record(place);

  explicit Small(int codes = 8) {
    Working working(place, workshop.effects(), &record);
    for (int n = 0; n < codes; ++n)
      working.must("anna",
                   {code_created(static_cast<std::uint64_t>(10 + n), "Code " + std::to_string(n))});
    working.ask("anna", {code_created(10, "Code again")});  // refused: an aside
  }
  fs::path segment() const { return place.directory / "log" / log::segment_name(1); }
  fs::path state() const { return place.directory / "state"; }
};

void check_sound(const replay::VerifyReport& report, const Record& record) {
  for (const auto& damage : report.damage) BOOST_ERROR(damage.reason);
  BOOST_REQUIRE(report.ok());
  const auto& last = record.at(record.head());
  BOOST_TEST(report.head.sequence().value == record.head());
  BOOST_TEST((report.head.chain == last.chain));
  BOOST_TEST((report.digests.content == last.digests.content));
  BOOST_TEST((report.digests.state == last.digests.state));
}

replay::VerifyOptions rebuilding() {
  replay::VerifyOptions options;
  options.rebuild = true;
  return options;
}

replay::VerifyOptions expecting(std::uint64_t sequence, const Digest& chain) {
  replay::VerifyOptions options;
  options.expect.push_back({Sequence{sequence}, chain});
  return options;
}

std::map<fs::path, std::string> contents(const fs::path& directory) {
  std::map<fs::path, std::string> found;
  for (const auto& entry : fs::directory_iterator(directory)) {
    std::ifstream in(entry.path(), std::ios::binary);
    found[entry.path()] = std::string(std::istreambuf_iterator<char>(in), {});
  }
  return found;
}

// In place: every file keeps its identity.
void put_back(const std::map<fs::path, std::string>& contents) {
  for (const auto& [file, content] : contents) {
    std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(verify)

BOOST_AUTO_TEST_CASE(a_sound_project_is_sound_with_and_without_its_state) {
  Small small;
  const auto report = small.workshop.verify(small.place);
  check_sound(report, small.record);
  BOOST_TEST(report.asides == 1u);
  check_sound(small.workshop.verify(small.place, rebuilding()), small.record);
  fs::remove_all(small.state());
  const auto without = small.workshop.verify(small.place);
  check_sound(without, small.record);
  BOOST_TEST((without.digests.aside == report.digests.aside));
  BOOST_TEST(!fs::exists(small.state()));
}

BOOST_AUTO_TEST_CASE(a_generated_project_is_sound) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  auto record = workshop.record(place);
  Rng rng(11);
  {
    Working working(place, workshop.effects(), &record);
    work(working, rng, 120);
  }
  discard_group(place, workshop.effects(), 4);
  {
    Working working(place, workshop.effects(), &record);
    working.must("bo", {code_created(5000, "Last")});
  }
  check_sound(workshop.verify(place), record);
  BOOST_TEST(!workshop.verify(place, rebuilding()).state_replaced);
}

BOOST_AUTO_TEST_CASE(a_flip_of_any_byte_is_found_with_file_and_offset) {
  Small small;
  const auto end = used_bytes(small.place);
  BOOST_REQUIRE_GT(end, 3000u);
  std::size_t flips = 0;
  for (std::uint64_t at = 0; at < end; at += at < 700 ? 13 : 29, ++flips) {
    flip(small.segment(), at);
    BOOST_TEST_CONTEXT("byte " << at) {
      const auto report = small.workshop.verify(small.place);
      BOOST_REQUIRE(!report.ok());
      BOOST_TEST(report.damage.front().file == small.segment().string());
      BOOST_TEST(report.damage.front().offset <= at);
      BOOST_TEST(at - report.damage.front().offset < 2000u);
      BOOST_TEST(!report.damage.front().reason.empty());
    }
    flip(small.segment(), at);
  }
  BOOST_TEST(flips > 100u);
  check_sound(small.workshop.verify(small.place), small.record);
}

// Control: without the chain the same log looks whole.
BOOST_AUTO_TEST_CASE(a_replaced_event_is_found_by_the_chain_alone) {
  Small small;
  BOOST_TEST(passes_without_chain(small.place));
  replace_name(small.place, "Code 3", "Code X", false);
  BOOST_TEST(passes_without_chain(small.place));
  const auto report = small.workshop.verify(small.place);
  BOOST_REQUIRE(!report.ok());
  BOOST_TEST(report.damage.front().file == small.segment().string());
  BOOST_TEST(report.damage.front().sequence.value == 6u);
}

BOOST_AUTO_TEST_CASE(a_replaced_last_event_is_found_by_the_witness) {
  Small small;
  replace_name(small.place, "Code 7", "Code X", false);
  BOOST_TEST(passes_without_chain(small.place));
  BOOST_TEST(!small.workshop.verify(small.place).ok());
}

BOOST_AUTO_TEST_CASE(a_history_rewritten_whole_is_found_by_what_was_kept) {
  Small small;
  const auto kept = expecting(7, small.record.at(7).chain);
  BOOST_TEST(small.workshop.verify(small.place, kept).ok());
  replace_name(small.place, "Code 3", "Code X", true);
  fs::remove_all(small.state());
  BOOST_TEST(small.workshop.verify(small.place).ok());
  const auto report = small.workshop.verify(small.place, kept);
  BOOST_REQUIRE(!report.ok());
  BOOST_TEST(report.damage.front().reason.find("expected") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(expected_chains_are_met_anywhere_and_nothing_else_is) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  auto record = workshop.record(place);
  Rng rng(5);
  {
    Working working(place, workshop.effects(), &record);
    work(working, rng, 30);
  }
  replay::VerifyOptions all;
  for (std::uint64_t n = 0; n <= record.head(); ++n) {
    all.expect.push_back({Sequence{n}, record.at(n).chain});
    const auto other = record.at((n + 1) % (record.head() + 1)).chain;
    if (n % 10 != 0) continue;
    const auto report = workshop.verify(place, expecting(n, other));
    BOOST_REQUIRE(!report.ok());
    const auto named = "the chain of event " + std::to_string(n) + " is not";
    BOOST_TEST(report.damage.front().reason.find(named) != std::string::npos);
  }
  BOOST_TEST(workshop.verify(place, all).ok());
  const auto beyond = expecting(record.head() + 1, record.at(record.head()).chain);
  const auto earlier = workshop.verify(place, beyond);
  BOOST_REQUIRE(!earlier.ok());
  BOOST_TEST(earlier.damage.front().reason.find("a copy made earlier") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_project_without_its_keys_is_not_sound) {
  Small small;
  BOOST_TEST(small.workshop.verify(small.place).ok());
  auto elsewhere = small.place;
  elsewhere.keys /= "none";
  const auto report = small.workshop.verify(elsewhere);
  BOOST_REQUIRE(!report.ok());
  BOOST_TEST(report.damage.front().reason.find("copy them back") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_expectation_is_a_sequence_and_a_chain) {
  const std::string chain(64, 'a');
  BOOST_TEST(good(replay::parse_expectation("120:" + chain)).sequence.value == 120u);
  for (const auto& text :
       {"120" + chain, ":" + chain, "x:" + chain, "1 :" + chain, "1:" + chain + "aa",
        "1:" + chain.substr(1), std::string("1:"), std::string()})
    BOOST_TEST(!replay::parse_expectation(text), text);
}

// ---- state --------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(a_missing_state_is_folded_and_put_in_place_on_demand) {
  Small small;
  fs::remove_all(small.state());
  const auto report = small.workshop.verify(small.place, rebuilding());
  check_sound(report, small.record);
  BOOST_TEST(report.state_replaced);
  BOOST_TEST(fs::exists(small.state()));
  BOOST_TEST(!small.workshop.verify(small.place, rebuilding()).state_replaced);
}

namespace {

void spoil_state(const Small& small, projector::Table table = projector::Table::Sessions,
                 ByteView key = view("0123456789abcdef")) {
  const auto environment =
      good(projector::Environment::open(small.state(), projector::Environment::Mode::ReadWrite));
  const auto txn = good(projector::WriteTransaction::begin(*environment));
  txn->put(table, key, view("nobody's"));
  BOOST_REQUIRE(txn->commit());
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_state_that_differs_is_named) {
  Small small;
  spoil_state(small);
  const auto report = small.workshop.verify(small.place);
  BOOST_REQUIRE(report.damage.size() == 1u);
  BOOST_TEST(report.damage.front().file == small.state().string());
}

// Its own fault, not the log's, which is folded beside it.
BOOST_AUTO_TEST_CASE(a_state_that_cannot_take_the_rest_of_the_log_is_named) {
  Small small;
  auto behind = contents(small.state());
  behind.erase(small.state() / "untouched");  // else it would pass for a copy
  {
    Working working(small.place, small.workshop.effects(), &small.record);
    working.must("anna", {code_renamed(10, "Other")});
  }
  put_back(behind);
  spoil_state(small, projector::Table::Items, ItemId::parse(item(10))->view());
  const auto report = small.workshop.verify(small.place);
  BOOST_REQUIRE(report.damage.size() == 1u);
  BOOST_TEST(report.damage.front().file == small.state().string());
  check_sound(small.workshop.verify(small.place, rebuilding()), small.record);
}

BOOST_AUTO_TEST_CASE(a_state_that_differs_is_replaced) {
  Small small;
  spoil_state(small);
  const auto report = small.workshop.verify(small.place, rebuilding());
  check_sound(report, small.record);
  BOOST_TEST(report.state_replaced);
  check_sound(small.workshop.verify(small.place), small.record);
}

BOOST_AUTO_TEST_CASE(a_state_that_differs_is_left_to_its_owner) {
  Small small;
  spoil_state(small);
  log::PosixFiles files;
  const auto lock = good(files.lock((small.place.directory / "owner.lock").string()));
  const auto report = small.workshop.verify(small.place, rebuilding());
  BOOST_REQUIRE(!report.ok());
  BOOST_TEST(report.damage.front().file == small.state().string());
}

// The log of an earlier day under the state of a later one: acknowledged work is missing.
BOOST_AUTO_TEST_CASE(a_log_that_was_set_back_is_found_by_its_state) {
  Small small;
  const auto earlier = contents(small.place.directory / "log");
  {
    Working working(small.place, small.workshop.effects(), &small.record);
    working.must("anna", {code_created(99, "Later")});
  }
  put_back(earlier);
  const auto report = small.workshop.verify(small.place);
  BOOST_REQUIRE(!report.ok());
  BOOST_TEST(report.damage.front().file == small.state().string());
}

// ---- copies -------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(a_copy_of_a_closed_project_is_whole) {
  Small small;
  const auto copy = small.workshop.path() / "copy";
  fs::copy(small.place.directory, copy, fs::copy_options::recursive);
  const auto place = engine::place_in_files(copy, small.place.keys, small.place.id);
  check_sound(small.workshop.verify(place), small.record);
  const auto report = small.workshop.verify(place, rebuilding());
  check_sound(report, small.record);
  BOOST_TEST(report.state_replaced);
  BOOST_TEST(!report.copy_ends);
  Working opened(place, small.workshop.effects(), nullptr);
  opened.must("anna", {code_created(99, "In the copy")});
}

BOOST_AUTO_TEST_CASE(a_copy_of_a_running_project_says_where_it_ends) {
  Small small;
  const auto copy = small.workshop.path() / "copy";
  {
    Working working(small.place, small.workshop.effects(), &small.record);
    working.must("anna", {code_created(99, "While it ran")});
    fs::copy(small.place.directory, copy, fs::copy_options::recursive);
  }
  const auto place = engine::place_in_files(copy, small.place.keys, small.place.id);
  const auto report = small.workshop.verify(place, rebuilding());
  check_sound(report, small.record);
  BOOST_REQUIRE(report.copy_ends);
  BOOST_TEST(report.copy_ends->value == small.record.head());
}

BOOST_AUTO_TEST_CASE(a_flipped_bit_of_a_copy_is_found) {
  Small small;
  const auto copy = small.workshop.path() / "copy";
  fs::copy(small.place.directory, copy, fs::copy_options::recursive);
  flip(copy / "log" / log::segment_name(1), 1500);
  const auto report = small.workshop.verify(
      engine::place_in_files(copy, small.place.keys, small.place.id), rebuilding());
  BOOST_REQUIRE(!report.ok());
  BOOST_TEST(report.damage.front().file == (copy / "log" / log::segment_name(1)).string());
  BOOST_TEST(report.damage.front().sequence.value > 0u);
  BOOST_TEST(!report.state_replaced);
}

BOOST_AUTO_TEST_CASE(where_no_log_is_there_is_nothing_to_verify) {
  Small small;
  const auto nowhere =
      engine::place_in_files(small.workshop.path() / "nowhere", small.place.keys, {});
  const auto report = replay::verify(nowhere, small.workshop.effects());
  BOOST_TEST((!report && report.error().code == Code::not_found));
}

BOOST_AUTO_TEST_CASE(a_lost_witness_is_damage) {
  Small small;
  for (const auto& [file, content] : contents(small.place.directory / "log"))
    if (file.filename().string().find("witness") != std::string::npos) fs::remove(file);
  BOOST_TEST(!small.workshop.verify(small.place).ok());
}

// ---- meaning ------------------------------------------------------------------------------------

namespace {

struct Flawed {
  const char* what;
  void (*spoil)(fb::EventT& event, const fb::EventT& last);
  const char* reason;
};

const Flawed kFlawed[] = {
    {"another number", [](fb::EventT& event, const fb::EventT&) { event.sequence += 7; },
     "another number"},
    {"time goes back",
     [](fb::EventT& event, const fb::EventT& last) { event.time = last.time - 1; },
     "before that of the event before it"},
    {"a command id again",
     [](fb::EventT& event, const fb::EventT&) { event.command_id = CommandId{UuidBytes{0xAA}}; },
     "used before"},
    {"a group from nowhere", [](fb::EventT& event, const fb::EventT&) { event.group = 2; },
     "does not stand before it"},
    {"not UTF-8", [](fb::EventT& event, const fb::EventT&) { event.actor = "\xFF\xFE"; }, "UTF-8"},
};

// A sound event that follows `last`: a code with a fresh command id.
fb::EventT following(const fb::EventT& last, std::uint64_t after) {
  fb::EventT event(last);
  event.sequence = last.sequence + after;
  event.group = 0;
  event.command_id = CommandId{UuidBytes{static_cast<std::uint8_t>(0xA9 + after)}};
  event.action.AsCodeCreated()->id.bytes[15] = static_cast<std::uint8_t>(0xF0 + after);
  return event;
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_cannot_mean_anything_is_found_in_a_log_whose_bytes_are_right) {
  for (const auto& flawed : kFlawed) BOOST_TEST_CONTEXT(flawed.what) {
      Small small(3);
      append_past_the_engine(small.place, small.workshop.effects(), [&](const fb::EventT& last) {
        log::Batch batch;
        pack(following(last, 1), batch.events.emplace_back());
        auto event = following(last, 2);
        flawed.spoil(event, last);
        pack(event, batch.events.emplace_back());
        return batch;
      });
      const auto report = small.workshop.verify(small.place);
      BOOST_REQUIRE(!report.ok());
      const auto& damage = report.damage.front();
      BOOST_TEST(damage.reason.find(flawed.reason) != std::string::npos, damage.reason);
      BOOST_TEST(damage.file == small.segment().string());
      BOOST_TEST(damage.sequence.value == small.record.head() + 1);
    }
}

BOOST_AUTO_TEST_CASE(a_group_that_goes_on_after_its_end_is_found) {
  Small small(3);
  for (std::uint64_t part = 0; part < 2; ++part)
    append_past_the_engine(small.place, small.workshop.effects(), [&](const fb::EventT& last) {
      log::Batch batch;
      auto event = following(last, 1);
      event.group = small.record.head() + 1;
      pack(event, batch.events.emplace_back());
      return batch;
    });
  const auto report = small.workshop.verify(small.place);
  BOOST_REQUIRE(!report.ok());
  BOOST_TEST(report.damage.front().reason.find("closed") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_event_that_is_no_flatbuffer_is_found) {
  Small small(3);
  append_past_the_engine(small.place, small.workshop.effects(), [&](const fb::EventT&) {
    log::Batch batch;
    batch.events.push_back(Bytes(40, 0x7F));
    return batch;
  });
  const auto report = small.workshop.verify(small.place);
  BOOST_REQUIRE(!report.ok());
  BOOST_TEST(report.damage.front().reason.find("not sound") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
