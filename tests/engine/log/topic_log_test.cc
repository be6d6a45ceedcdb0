// SPDX-License-Identifier: Apache-2.0
// The log on a topic. Method: scripted fates of its records, one case for each branch of the
// protocol; random ones are in topic_world_test.cc.
#include "engine/log/memory_log.h"
#include "tests/engine/log/log_support.h"

#include <boost/test/unit_test.hpp>

namespace qualog::log {

namespace {

using test::batch_of;
using test::RecordingSink;
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

BOOST_AUTO_TEST_CASE(a_state_that_ends_with_a_lost_answer_is_evidence_for_the_next_open) {
  World world;
  RecordingSink sink;
  auto log = world.open(sink);
  world.records.script({Fate::Unanswered});
  BOOST_TEST((log->append(batch_of({"one"})).outcome == Outcome::durable));
  const Applied state{log->settled_place(), log->settled()};
  const TopicPlan plan{.which = {test::test_ids()}, .from = state.place, .trusted = state};
  auto opened = open_topic_log(shared(world.records), plan, world.random, sink);
  BOOST_REQUIRE_MESSAGE(opened, opened.error().message);
  BOOST_TEST((opened->log->settled() == state.head));
  BOOST_TEST((opened->log->append(batch_of({"two"})).outcome == Outcome::durable));
  BOOST_TEST(world.texts() == (Texts{"one", "two"}), boost::test_tools::per_element());
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

BOOST_AUTO_TEST_CASE(the_place_told_is_that_of_the_copy_that_counts) {
  for (const auto fate : {Fate::Retried, Fate::Unplaced}) {
    World world;
    RecordingSink sink;
    auto log = world.open(sink);
    world.records.script({fate});
    const auto appended = log->append(batch_of({"one"}));
    BOOST_TEST((appended.outcome == Outcome::durable));
    BOOST_TEST(appended.place.offset == 2U);  // behind the fence and the first copy
    BOOST_TEST((log->append(batch_of({"two"})).outcome == Outcome::durable));
    BOOST_TEST(world.texts() == (Texts{"one", "two"}), boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(a_log_that_is_being_made_is_open_to_its_maker_alone) {
  World world;
  RecordingSink sink;
  TopicPlan plan{.which = {world.records.ids()}, .opening = Opening::unfinished};
  auto making = create_topic_log(shared(world.records), plan, world.random);
  BOOST_REQUIRE(making);
  BOOST_TEST(((*making)->append(batch_of({"one"})).outcome == Outcome::durable));
  const auto others = open_memory_log(world.records, {}, world.random, sink);
  BOOST_TEST((!others && others.error().code == Code::held));
  BOOST_TEST(!create_topic_log(shared(world.records), plan, world.random));
  RecordingSink again;
  BOOST_REQUIRE(open_topic_log(shared(world.records), plan, world.random, again));
  BOOST_TEST(again.texts() == Texts{"one"}, boost::test_tools::per_element());
  plan.opening = Opening::finishing;
  BOOST_REQUIRE(open_topic_log(shared(world.records), plan, world.random, again));
  BOOST_TEST(world.texts() == Texts{"one"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_strangers_write_is_counted_and_passed_over) {
  World world;
  RecordingSink sink;
  auto log = world.open(sink);
  world.records.send(test::bytes_of("hello"));
  BOOST_TEST((log->append(batch_of({"one"})).outcome == Outcome::durable));
  world.records.send(ByteView(world.records.landed().back()).first(100));
  const auto summary = read_topic_log(world.records, {.which = {test::test_ids()}}, sink);
  BOOST_REQUIRE(summary);
  BOOST_TEST(summary->foreign == 2U);
  BOOST_TEST(summary->events == 1U);
  BOOST_TEST(summary->damage.empty());
}

BOOST_AUTO_TEST_CASE(an_owner_whose_topic_loses_its_end_says_so) {
  for (std::size_t lost = 1; lost <= 3; ++lost) {
    World world;
    RecordingSink sink;
    auto log = world.open(sink);
    for (const auto* text : {"one", "two", "three"}) log->append(batch_of({text}));
    world.records.lose_end(lost);
    const auto appended = log->append(batch_of({"four"}));
    BOOST_TEST((appended.outcome == Outcome::unknown));
    BOOST_TEST((appended.code == Code::damaged), appended.cause);
    BOOST_TEST(!log->writable());
  }
}

BOOST_AUTO_TEST_CASE(an_opening_without_answers_ends_soon) {
  World world;
  RecordingSink sink;
  world.open(sink);
  const auto before = world.records.landed().size();
  world.records.set_odds({.unanswered = 100});
  const auto opened = open_memory_log(world.records, {}, world.random, sink);
  BOOST_TEST((opened.error().code == Code::unknown_outcome));
  BOOST_TEST(world.records.landed().size() - before <= 3u);
}

BOOST_AUTO_TEST_CASE(a_state_that_is_ahead_of_its_topic_finds_a_lost_end) {
  World world;
  RecordingSink sink;
  auto log = world.open(sink);
  const auto appended = log->append(batch_of({"one"}));
  Applied applied{appended.place, log->settled()};
  TopicPlan plan{.which = {world.records.ids()}, .from = applied.place, .trusted = applied};
  BOOST_REQUIRE(open_topic_log(shared(world.records), plan, world.random, sink));
  plan.trusted->head.chain[0] ^= 1;
  const auto diverged = open_topic_log(shared(world.records), plan, world.random, sink);
  BOOST_TEST((!diverged && diverged.error().code == Code::damaged));
  plan.from.offset = plan.trusted->place.offset = 99;
  const auto lost = open_topic_log(shared(world.records), plan, world.random, sink);
  BOOST_TEST((!lost && lost.error().code == Code::damaged));
  BOOST_TEST(lost.error().message.find("offset 99") != std::string::npos);
}

}  // namespace qualog::log
