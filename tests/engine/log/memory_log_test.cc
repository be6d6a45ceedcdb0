// SPDX-License-Identifier: Apache-2.0
// Method: scripted fates, then random ones by seed, against what the log may answer: durable only
// what every later reader finds, not applied only what none finds.
#include "engine/log/memory_log.h"

#include "tests/engine/log/log_support.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

namespace qualog::log {

namespace {

using test::batch_of;
using test::below;
using test::RecordingSink;
using test::Rng;
using test::SeededRandom;

using Texts = std::vector<std::string>;

struct World {
  explicit World(std::uint64_t seed = 1) : random(seed) {}
  SeededRandom random;
  MemoryRecords records{test::test_ids(), random};

  std::unique_ptr<Log> open(Sink& sink) {
    auto opened = open_memory_log(records, {}, random, sink);
    BOOST_REQUIRE_MESSAGE(opened, opened.error().message);
    return std::move(*opened);
  }
  Texts texts() {
    records.set_odds({});
    RecordingSink sink;
    open(sink);
    return sink.texts();
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_lost_answer_is_read_back) {
  World world;
  RecordingSink sink;
  auto log = world.open(sink);
  world.records.script({Fate::Unanswered});
  BOOST_TEST((log->append(batch_of({"one"})).outcome == Outcome::durable));
  BOOST_TEST(log->writable());
  BOOST_TEST(world.texts() == Texts{"one"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_dropped_record_is_not_applied_after_a_fence) {
  World world;
  RecordingSink sink;
  auto log = world.open(sink);
  world.records.script({Fate::Drop});
  BOOST_TEST((log->append(batch_of({"one"})).outcome == Outcome::not_applied));
  BOOST_TEST((log->append(batch_of({"two"})).outcome == Outcome::durable));
  BOOST_TEST(world.texts() == Texts{"two"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_record_that_lands_late_stays_not_applied) {
  World world;
  RecordingSink sink;
  auto log = world.open(sink);
  world.records.script({Fate::Late});
  BOOST_TEST((log->append(batch_of({"one"})).outcome == Outcome::not_applied));
  BOOST_TEST(world.records.land_held(1) == 1U);
  BOOST_TEST((log->append(batch_of({"two"})).outcome == Outcome::durable));
  BOOST_TEST(world.texts() == Texts{"two"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_record_that_lands_twice_counts_once) {
  World world;
  RecordingSink sink;
  auto log = world.open(sink);
  world.records.script({Fate::Twice});
  BOOST_TEST((log->append(batch_of({"one"}, {"aside"})).outcome == Outcome::durable));
  world.records.land_held(1);
  BOOST_TEST((log->append(batch_of({"two"})).outcome == Outcome::durable));
  BOOST_TEST(world.texts() == (Texts{"one", "two"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(without_an_answer_to_the_fence_the_outcome_is_unknown) {
  World world;
  RecordingSink sink;
  auto log = world.open(sink);
  world.records.script({Fate::Unanswered, Fate::Drop});
  BOOST_TEST((log->append(batch_of({"one"})).outcome == Outcome::unknown));
  BOOST_TEST(!log->writable());
  BOOST_TEST((log->append(batch_of({"two"})).code == Code::read_only));
  BOOST_TEST(world.texts() == Texts{"one"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_owner_that_was_replaced_learns_it_from_its_next_record) {
  World world;
  RecordingSink first_sink, second_sink;
  auto first = world.open(first_sink);
  auto second = world.open(second_sink);
  const auto refused = first->append(batch_of({"one"}));
  BOOST_TEST((refused.outcome == Outcome::not_applied));
  BOOST_TEST((refused.code == Code::held));
  BOOST_TEST(!first->writable());
  BOOST_TEST((second->append(batch_of({"two"})).outcome == Outcome::durable));
  BOOST_TEST(world.texts() == Texts{"two"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_lost_group_record_takes_the_group_with_it) {
  World world;
  RecordingSink sink;
  auto log = world.open(sink);
  BOOST_TEST((log->append(batch_of({"a"}, {}, true)).outcome == Outcome::durable));
  world.records.script({Fate::Unanswered});
  BOOST_TEST((log->append(batch_of({"b"}, {}, true)).outcome == Outcome::not_applied));
  BOOST_TEST((log->head() == log->settled()));
  BOOST_TEST(world.texts().empty());
}

namespace {

// Two owners at a time, everything at random; what was told must be what is read at the end.
void random_world(Rng& rng, std::uint64_t seed) {
  World world(seed);
  world.records.set_odds({.unanswered = 10, .late = 10, .drop = 10, .twice = 10, .land_held = 20});
  std::array<std::unique_ptr<Log>, 2> logs;
  std::set<std::string> durable, never;
  int words = 0;
  for (int step = 0; step < 60; ++step) {
    auto& log = logs[below(rng, 2)];
    if (!log || below(rng, 8) == 0) {
      RecordingSink sink;
      auto opened = open_memory_log(world.records, {}, world.random, sink);
      log = opened ? std::move(*opened) : nullptr;
      continue;
    }
    const auto event = std::to_string(++words);
    const auto appended = log->append(batch_of({event}));
    if (appended.outcome == Outcome::durable) durable.insert(event);
    if (appended.outcome == Outcome::not_applied) never.insert(event);
    if (!log->writable()) log.reset();
  }
  world.records.land_held(1000);
  const auto texts = world.texts();
  const std::set<std::string> there(texts.begin(), texts.end());
  BOOST_TEST(there.size() == texts.size(), "twice, seed " << seed);
  BOOST_TEST(std::includes(there.begin(), there.end(), durable.begin(), durable.end()),
             "lost, seed " << seed);
  for (const auto& event : never) BOOST_TEST(there.count(event) == 0U, "resurrected " << seed);
}

}  // namespace

BOOST_AUTO_TEST_CASE(no_adversary_breaks_what_was_told) {
  test::for_seeds(1'000, [](Rng& rng, std::uint64_t seed) { random_world(rng, seed); });
}

}  // namespace qualog::log
