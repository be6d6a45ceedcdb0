// SPDX-License-Identifier: Apache-2.0
// A generated project is opened at every one of its sequences and times, and compared with what was
// recorded while it was written. Groups, discarded groups, and what lies outside are asked for too.
#include "replay/point_in_time.h"

#include "schema/time.h"
#include "tests/replay/discarded_group.h"
#include "tests/replay/workshop.h"

#include <cstdlib>

namespace qualog::test {

namespace {

// Compares a moment with the record.
void check_moment(const engine::ProjectPlace& place, const Record& record, const std::string& at,
                  std::uint64_t sequence) {
  BOOST_TEST_CONTEXT("at " << at) {
    const auto then = good(replay::open_at(place, at));
    const auto& recorded = record.at(sequence);
    BOOST_TEST(then->sequence().value == sequence);
    BOOST_TEST(then->time() == recorded.time);
    BOOST_TEST((sequence == 0 || then->chain() == recorded.chain));
    BOOST_TEST((projector::content_digest(then->state()) == recorded.digests.content));
    BOOST_TEST((projector::state_digest(then->state()) == recorded.digests.state));
  }
}

// The last event whose time is not after this one.
std::uint64_t last_until(const Record& record, std::int64_t time) {
  std::uint64_t last = 0;
  for (std::uint64_t n = 1; n <= record.head(); ++n)
    if (record.at(n).time <= time) last = n;
  return last;
}

std::size_t entries(const fs::path& directory) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(point_in_time)

BOOST_AUTO_TEST_CASE(every_prefix_is_what_was_true_then) {
  for_seeds(1, [](Rng& rng, std::uint64_t seed) {
    BOOST_TEST_CONTEXT("QUALOG_SEED=" << seed) {
      Workshop workshop;
      const auto place = workshop.create("Gym");
      auto record = workshop.record(place);
      {
        Working working(place, workshop.effects(), &record);
        work(working, rng, 150);
      }
      BOOST_REQUIRE_GT(record.head(), 150u);
      std::size_t inside = 0;
      for (std::uint64_t n = 0; n <= record.head(); ++n) {
        check_moment(place, record, std::to_string(n), record.cut(n));
        inside += record.cut(n) != n ? 1 : 0;
        // Else a neighbour could stand for this one.
        if (n > 0) BOOST_TEST((record.at(n).digests.state != record.at(n - 1).digests.state));
      }
      BOOST_TEST(inside > 20u);
    }
  });
}

BOOST_AUTO_TEST_CASE(a_time_means_the_last_event_until_then) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  auto record = workshop.record(place);
  {
    Working working(place, workshop.effects(), &record);
    Rng rng(3);
    work(working, rng, 10);
  }
  for (std::uint64_t n = 1; n <= record.head(); ++n) {
    const auto time = record.at(n).time;
    check_moment(place, record, rfc3339(time), last_until(record, time));
    check_moment(place, record, rfc3339(time - 1), last_until(record, time - 1));
  }
  check_moment(place, record, "1999-12-31", 0);
  check_moment(place, record, "2999-12-31T23:59:59Z", record.head());
}

BOOST_AUTO_TEST_CASE(what_was_discarded_never_was) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  auto record = workshop.record(place);
  for (std::uint64_t n = 0; n < 5; ++n) {
    Working working(place, workshop.effects(), &record);
    working.must("anna", {code_created(10 + n, "Code " + std::to_string(n))});
  }
  const auto before = record.head();
  discard_group(place, workshop.effects(), 5);
  {
    Working working(place, workshop.effects(), &record);
    for (std::uint64_t n = 5; n < 12; ++n)
      working.must("anna", {code_created(10 + n, "Code " + std::to_string(n))});
  }
  for (auto n = before - 1; n <= record.head(); ++n)
    check_moment(place, record, std::to_string(n), n);
}

BOOST_AUTO_TEST_CASE(a_long_log_is_folded_in_a_temporary_directory_that_goes) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  auto record = workshop.record(place);
  {
    Working working(place, workshop.effects(), &record);
    for (std::uint64_t id = 1; id <= 9; ++id) working.must("anna", long_source(id));
    working.must("anna", {code_created(90, "Stress")});
  }
  const auto temporary = workshop.path() / "temporary";
  fs::create_directory(temporary);
  BOOST_REQUIRE(::setenv("TMPDIR", temporary.c_str(), 1) == 0);
  {
    const auto then = good(replay::open_at(place, std::to_string(record.head() - 1)));
    BOOST_TEST(entries(temporary) == 1u);
    for (const auto& entry : fs::directory_iterator(temporary))
      BOOST_TEST((entry.status().permissions() == fs::perms::owner_all));
    BOOST_TEST(
        (projector::state_digest(then->state()) == record.at(record.head() - 1).digests.state));
  }
  BOOST_TEST(entries(temporary) == 0u);
  ::unsetenv("TMPDIR");
}

BOOST_AUTO_TEST_CASE(a_sequence_beyond_the_head_is_refused_and_the_head_named) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  const auto record = workshop.record(place);
  for (const auto* at : {"3", "4000000000", "99999999999999999999999"}) {
    const auto then = replay::open_at(place, at);
    BOOST_REQUIRE(!then);
    BOOST_TEST((then.error().code == Code::not_found));
    BOOST_TEST(then.error().message.ends_with(std::to_string(record.head())));
  }
}

BOOST_AUTO_TEST_CASE(what_is_neither_a_sequence_nor_a_time_is_refused) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  for (const auto* at : {"", "-1", "1.5", "yesterday", "2026-13-01", "12a"}) {
    const auto then = replay::open_at(place, at);
    BOOST_TEST_CONTEXT(at) BOOST_TEST((!then && then.error().code == Code::invalid));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
