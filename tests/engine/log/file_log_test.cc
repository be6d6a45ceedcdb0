// SPDX-License-Identifier: Apache-2.0
// Method: single failures of the file log, each brought about on the simulated disk at every n-th
// operation: failed syncs and writes, a full disk, an unwritable witness, a second writer, missing
// files. What was answered must be what the next opening finds.
#include "engine/log/file_log.h"

#include "tests/engine/log/file_backend.h"
#include "tests/engine/log/log_conformance.h"

#include <boost/test/unit_test.hpp>

#include <utility>

namespace qualog::test {

namespace {

// Appends `count` events and groups of two; gives what was acknowledged, and stops when it must.
struct Told {
  Texts durable;
  Texts never;
  int unknown = 0;
};

void tell(const log::Appended& appended, const Texts& events, Told& told) {
  if (appended.outcome == log::Outcome::unknown) ++told.unknown;
  if (appended.outcome == log::Outcome::not_applied) {
    told.never.insert(told.never.end(), events.begin(), events.end());
  }
  if (appended.outcome == log::Outcome::durable) {
    told.durable.insert(told.durable.end(), events.begin(), events.end());
  }
}

Told append_some(log::Log& log, int count) {
  Told told;
  for (int n = 0; n < count && log.writable(); ++n) {
    const auto text = std::to_string(n) + std::string(static_cast<std::size_t>(n * 97 % 600), '.');
    if (n % 3 == 2) {
      const auto opening = log.append(batch_of({"g" + text}, {}, true));
      if (opening.outcome != log::Outcome::durable) {
        tell(opening, {"g" + text}, told);
      } else {
        tell(log.append(batch_of({"h" + text})), {"g" + text, "h" + text}, told);
      }
    } else {
      tell(log.append(batch_of({text})), {text}, told);
    }
    if (n % 4 == 0) log.maintain();
  }
  return told;
}

bool without(const Texts& all, const Texts& never) {
  return std::none_of(never.begin(), never.end(), [&](const std::string& text) {
    return std::find(all.begin(), all.end(), text) != all.end();
  });
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_failed_sync_is_not_applied_and_the_log_goes_on) {
  int not_applied = 0;
  for (std::uint64_t nth = 1; nth <= 60; ++nth) {
    SimBackend backend;
    RecordingSink first;
    auto log = opened(backend, first);
    backend.disk.fail_sync(nth);
    const auto told = append_some(*log, 20);
    BOOST_TEST(told.unknown == 0, "sync " << nth);
    not_applied += static_cast<int>(told.never.size());
    log.reset();
    backend.disk.heal();
    const auto sink = contents(backend);
    BOOST_TEST(sink.texts() == told.durable, boost::test_tools::per_element());
    BOOST_TEST(without(sink.texts(), told.never));
  }
  BOOST_TEST(not_applied > 20);
}

BOOST_AUTO_TEST_CASE(a_failed_write_is_not_applied_or_ends_the_log) {
  for (std::uint64_t nth = 1; nth <= 80; ++nth) {
    SimBackend backend;
    RecordingSink first;
    auto log = opened(backend, first);
    backend.disk.fail_write(nth);
    const auto told = append_some(*log, 20);
    BOOST_TEST(told.unknown == 0, "write " << nth);
    log.reset();
    backend.disk.heal();
    const auto sink = contents(backend);
    BOOST_TEST(sink.texts() == told.durable, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(when_the_new_segment_fails_too_the_outcome_is_unknown_and_nothing_follows) {
  SimBackend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  durable(log->append(batch_of({"one"})));
  backend.disk.fail_sync(1, 100);
  const auto appended = log->append(batch_of({"two"}));
  BOOST_TEST((appended.outcome == log::Outcome::unknown));
  BOOST_TEST(!log->writable());
  BOOST_TEST((log->append(batch_of({"three"})).code == Code::read_only));
  BOOST_TEST(log->close().has_error());
  log.reset();
  backend.disk.heal();
  const auto texts = contents(backend).texts();
  BOOST_TEST((texts == Texts{"one"} || texts == (Texts{"one", "two"})));
  BOOST_TEST((contents(backend).texts() == texts), "the outcome is settled by the first opening");
}

BOOST_AUTO_TEST_CASE(an_unwritable_witness_lets_the_answer_out_and_ends_the_writing) {
  SimBackend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  backend.disk.fail_write(2);
  const auto appended = log->append(batch_of({"one"}));
  BOOST_TEST((appended.outcome == log::Outcome::durable));
  BOOST_TEST(!appended.cause.empty());
  BOOST_TEST(!log->writable());
  log.reset();
  BOOST_TEST(contents(backend).texts() == Texts{"one"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_unsyncable_witness_ends_the_writing) {
  SimBackend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  durable(log->append(batch_of({"one"})));
  backend.disk.fail_sync(1);
  log->maintain();
  BOOST_TEST(!log->writable());
}

BOOST_AUTO_TEST_CASE(a_full_disk_refuses_and_takes_records_again_when_there_is_room) {
  SimBackend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  backend.disk.set_space(0);
  Texts expected;
  log::Appended appended{};
  for (int n = 0; n < 100; ++n) {
    const auto text = std::to_string(n) + std::string(200, '.');
    durable(log->append(batch_of({}, {"opening"}, true)));
    appended = log->append(batch_of({text}));
    if (appended.outcome != log::Outcome::durable) break;
    expected.push_back(text);
  }
  BOOST_TEST((appended.outcome == log::Outcome::not_applied));
  BOOST_TEST((appended.code == Code::no_space));
  BOOST_TEST((log->head() == log->settled()), "the open group is given up in the room kept for it");
  BOOST_TEST(log->writable());
  for (int n = 0; n < 3; ++n) {
    BOOST_TEST((log->append(batch_of({"later"})).code == Code::no_space));
  }
  backend.disk.set_space(std::nullopt);
  durable(log->append(batch_of({"after"})));
  expected.push_back("after");
  log.reset();
  const auto sink = contents(backend);
  BOOST_TEST(sink.texts() == expected, boost::test_tools::per_element());
  BOOST_TEST(sink.asides.size() == expected.size() - 1);
}

BOOST_AUTO_TEST_CASE(a_log_rolls_over_many_segments) {
  SimBackend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  const auto told = append_some(*log, 200);
  BOOST_TEST(told.durable.size() > 200U);
  BOOST_TEST(log->settled_place().segment > 5U);
  const auto head = log->head();
  BOOST_TEST(!log->close().has_error());
  log.reset();
  RecordingSink sink;
  log = opened(backend, sink);
  BOOST_TEST(sink.texts() == told.durable, boost::test_tools::per_element());
  BOOST_TEST((log->head() == head));
}

BOOST_AUTO_TEST_CASE(a_second_writer_is_refused_until_the_first_lets_go) {
  PosixBackend backend;
  RecordingSink sink;
  auto log = opened(backend, sink);
  const auto second = backend.open(sink, {});
  BOOST_REQUIRE(!second);
  BOOST_TEST((second.error().code == Code::held));
  const auto ids = test_ids();
  SeededRandom random(1);
  const auto third =
      log::create_file_log(backend.files, backend.directory(), ids.project, ids.lineage, random);
  BOOST_REQUIRE(!third);
  BOOST_TEST((third.error().code == Code::held));
  BOOST_TEST(!log->close().has_error());
  BOOST_TEST(!backend.open(sink, {}).has_error(), "a closed log is let go before it is destroyed");
}

BOOST_AUTO_TEST_CASE(a_log_is_not_made_where_one_is_and_not_opened_where_none_is) {
  SimBackend backend;
  RecordingSink sink;
  const auto none = backend.open_from(sink, {}, {});
  BOOST_REQUIRE(!none);
  BOOST_TEST((none.error().code == Code::not_found));
  BOOST_TEST((backend.read(sink).error().code == Code::not_found));
  opened(backend, sink);
  SeededRandom random(1);
  const auto ids = test_ids();
  const auto second = log::create_file_log(backend.disk, "/log", ids.project, ids.lineage, random);
  BOOST_REQUIRE(!second);
  BOOST_TEST((second.error().code == Code::invalid));
}

BOOST_AUTO_TEST_CASE(missing_files_are_damage) {
  for (const char* name : {"/log/witness", "/log/00000001.segment", "/log/00000002.segment"}) {
    SimBackend backend;
    RecordingSink sink;
    auto log = opened(backend, sink);
    append_some(*log, 40);
    log.reset();
    BOOST_TEST(!backend.disk.remove(name).has_error());
    const auto refused = backend.open(sink, {});
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().code == Code::damaged), name << ": " << refused.error().message);
  }
}

BOOST_AUTO_TEST_CASE(opening_with_a_trusted_state_reads_two_segments_and_not_the_log) {
  SimDisk disk(1);
  SeededRandom random(1);
  const auto ids = test_ids();
  constexpr log::SegmentSizes kSizes{.first = 64 * 1024, .last = 64 * 1024};
  auto created = log::create_file_log(disk, "/log", ids.project, ids.lineage, random, kSizes);
  BOOST_REQUIRE(created);
  auto& log = *created;
  std::optional<log::Applied> applied;
  for (int n = 0; n < 3000; ++n) {
    const auto appended = log->append(batch_of({std::string(600, 'x')}));
    if (n == 2990) applied = {appended.place, log->settled()};
  }
  log.reset();
  const auto before = disk.bytes_read();
  RecordingSink sink;
  auto opened = log::open_file_log(disk, "/log", applied->place, applied, random, sink, kSizes);
  BOOST_REQUIRE(opened);
  BOOST_TEST(sink.events.size() == 9U);
  BOOST_TEST(sink.events.front().number == 2992U);
  BOOST_TEST(opened->log->head().sequence().value == 3000U);
  BOOST_TEST(disk.bytes_read() - before < 6 * kSizes.last);
}

BOOST_AUTO_TEST_CASE(a_trusted_state_above_the_end_or_beside_the_log_is_refused) {
  SimBackend backend;
  RecordingSink sink;
  auto log = opened(backend, sink);
  const auto one = log->append(batch_of({"one"}));
  const log::Applied at_one{one.place, log->settled()};
  durable(log->append(batch_of({"two"})));
  log.reset();

  auto other = at_one;
  other.head.chain[0] ^= 1;
  auto behind = at_one;
  behind.place.offset += 100'000;
  auto in_between = at_one;
  in_between.place.offset += 8;
  auto later_segment = at_one;
  later_segment.place.segment = 9;
  for (const auto& applied : {other, behind, in_between, later_segment}) {
    const auto refused = backend.open_from(sink, applied.place, applied);
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().code == Code::damaged), refused.error().message);
  }
  RecordingSink rest;
  BOOST_TEST(!backend.open_from(rest, at_one.place, at_one).has_error());
  BOOST_TEST(rest.texts() == Texts{"two"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(segments_double_up_to_their_largest) {
  const log::SegmentSizes sizes;
  BOOST_TEST(sizes.of(1) == 256U * 1024);
  BOOST_TEST(sizes.of(2) == 512U * 1024);
  BOOST_TEST(sizes.of(7) == 16U * 1024 * 1024);
  BOOST_TEST(sizes.of(1'000'000) == 16U * 1024 * 1024);
}

BOOST_AUTO_TEST_CASE(a_prepared_segment_is_used_and_an_unused_one_removed) {
  SimBackend backend;
  RecordingSink sink;
  auto log = opened(backend, sink);
  durable(log->append(batch_of({std::string(900, 'x')})));
  log->maintain();
  BOOST_TEST(!backend.disk.content("/log/00000002.segment").empty());
  log.reset();
  log = opened(backend, sink);
  BOOST_TEST((backend.disk.open("/log/00000002.segment", log::Access::Read).has_error()));
  log->maintain();
  const auto operations = backend.disk.operations();
  durable(log->append(batch_of({std::string(900, 'x')})));
  BOOST_TEST(log->settled_place().segment == 2U);
  BOOST_TEST(backend.disk.operations() - operations == 5U,
             "header, its sync, record, its sync, witness");
}

// What does not fit the prepared segment replaces it by a larger one. When that fails behind the
// new name, the next segment is another file than the prepared one.
BOOST_AUTO_TEST_CASE(P12_a_prepared_segment_that_lost_its_name_is_not_written_to) {
  for (std::uint64_t nth = 1; nth <= 3; ++nth) {
    SimBackend backend;
    RecordingSink first;
    auto log = opened(backend, first);
    durable(log->append(batch_of({std::string(900, 'x')})));
    log->maintain();
    const std::string large(6000, 'l');
    backend.disk.fail_sync(nth);
    const auto appended = log->append(batch_of({large}));
    // 1: of the larger segment's zeros, 2: of its name, 3: of its header, which is written again.
    BOOST_TEST((appended.outcome == log::Outcome::durable) == (nth == 3), "sync " << nth);
    backend.disk.fail_sync(1);
    BOOST_TEST((log->append(batch_of({"ends the segment"})).outcome == log::Outcome::not_applied));
    durable(log->append(batch_of({"answered"})));
    log.reset();
    Texts expected = {std::string(900, 'x')};
    if (nth == 3) expected.push_back(large);
    expected.emplace_back("answered");
    BOOST_TEST(contents(backend).texts() == expected, boost::test_tools::per_element());
  }
}

namespace {

using Fail = void (SimDisk::*)(std::uint64_t, std::uint64_t);

// Small records, and where the next segment is prepared one that it does not hold. The `first`
// operation fails, and the `second` behind the record that it befell.
Told append_through_two_failures(SimDisk& disk, log::Log& log, Fail fail, std::uint64_t first,
                                 std::uint64_t second) {
  Told told;
  (disk.*fail)(first, 0);
  bool once = true;
  for (int n = 0; n < 24 && log.writable(); ++n) {
    const auto text = std::to_string(n) + std::string(n % 8 == 6 ? 12'000 : 300, '.');
    const auto appended = log.append(batch_of({text}));
    tell(appended, {text}, told);
    if (appended.outcome != log::Outcome::durable && std::exchange(once, false))
      (disk.*fail)(second, 0);
    log.maintain();
  }
  return told;
}

// Only the last one can be unknown: then the log ends.
void check_told(const Told& told, const Texts& texts) {
  BOOST_REQUIRE(texts.size() >= told.durable.size());
  BOOST_REQUIRE(texts.size() <= told.durable.size() + static_cast<std::size_t>(told.unknown));
  const Texts known(texts.begin(), texts.begin() + static_cast<int>(told.durable.size()));
  BOOST_TEST(known == told.durable, boost::test_tools::per_element());
  BOOST_TEST(without(texts, told.never));
}

}  // namespace

BOOST_AUTO_TEST_CASE(P12_two_failures_close_to_each_other_lose_nothing) {
  for (const auto fail : {&SimDisk::fail_sync, &SimDisk::fail_write})
    for (std::uint64_t first = 1; first <= 50; ++first)
      for (std::uint64_t second = 1; second <= 6; ++second) {
        SimBackend backend;
        RecordingSink nothing;
        auto log = opened(backend, nothing);
        BOOST_TEST_CONTEXT("operations " << first << " and " << second) {
          const auto told = append_through_two_failures(backend.disk, *log, fail, first, second);
          log.reset();
          backend.disk.heal();
          check_told(told, contents(backend).texts());
        }
      }
}

}  // namespace qualog::test
