// SPDX-License-Identifier: Apache-2.0
// Moving between a data directory with logs in files and one with logs on a real cluster, that of
// $QUALOG_KAFKA_BOOTSTRAP (brokers.py): either way, and to the next generation of a topic.
#include "engine/log/kafka/kafka_store.h"
#include "tests/kafka/machines/own_namespace.h"
#include "tests/replay/moving.h"

namespace qualog::test {

class FilesAndKafka : public OwnNamespace {
 public:
  FilesAndKafka() {
    BOOST_REQUIRE(engine::DataDirectory::init(path("files")));
    make_machine(path("kafka"));
  }

  // Another machine of the same namespace.
  engine::DataDirectory second_machine() {
    make_machine(path("second"));
    return good(engine::DataDirectory::open(path("second")));
  }

  const engine::DataDirectory& on_files() { return opened(files_, path("files")); }
  const engine::DataDirectory& on_kafka() { return opened(kafka_, path("kafka")); }
  void let_go() {
    files_.reset();
    kafka_.reset();
  }
  void after_fork() {}

 private:
  std::optional<engine::DataDirectory> files_;
  std::optional<engine::DataDirectory> kafka_;
};

struct ToKafka : FilesAndKafka {
  const engine::DataDirectory& from() { return on_files(); }
  const engine::DataDirectory& to() { return on_kafka(); }
};

struct FromKafka : FilesAndKafka {
  const engine::DataDirectory& from() { return on_kafka(); }
  const engine::DataDirectory& to() { return on_files(); }
};

QUALOG_MOVES(a_move_to_kafka, ToKafka)
QUALOG_MOVES(a_move_from_kafka, FromKafka)

BOOST_AUTO_TEST_CASE(a_project_goes_on_in_the_next_generation_of_its_topic) {
  FromKafka pair;
  const auto effects = pair.effects();
  const auto id = busy_project(pair, effects);
  const auto head = head_in(pair.from(), id);
  const auto before = pair.from().place_of(id).log;
  BOOST_REQUIRE(log::seal_in(*before));
  BOOST_TEST(before->name().ends_with(".g1"));
  const auto moved = replay::move(moving(pair.from(), id, pair.from()), effects);
  BOOST_REQUIRE_MESSAGE(moved, moved.error().message);
  const auto after = pair.from().place_of(id).log;
  BOOST_REQUIRE(log::seal_in(*after));
  BOOST_TEST(after->name().ends_with(".g2"));
  BOOST_TEST((head_in(pair.from(), id) == head));
  BOOST_TEST(is_open(pair.from(), id, effects));
  BOOST_TEST(!log::seal_in(*before), "the old topic is gone");
}

// Another machine begins the same move at any moment of ours: it has a copy of its own, which is
// never taken for ours, and what it gives up is its own.
BOOST_AUTO_TEST_CASE(another_machine_that_moves_the_same_project_takes_nothing_away) {
  for (const auto moment : {replay::MoveStep::copied, replay::MoveStep::sealed}) {
    FromKafka pair;
    const auto effects = pair.effects();
    const auto id = busy_project(pair, effects);
    const auto head = head_in(pair.from(), id);
    const auto other = pair.second_machine();
    const auto lineage = good(pair.from().place_of(id).log->lineage());
    std::optional<engine::ProjectPlace> theirs;
    const auto begin_there = [&](replay::MoveStep step) {
      if (step != moment) return;
      theirs = good(other.begin_arrival(other, id, lineage)).place;
      BOOST_REQUIRE(theirs->log->create(lineage, effects.random));
    };
    const auto moved = replay::move(moving(pair.from(), id, pair.from()), effects, {}, begin_there);
    BOOST_REQUIRE_MESSAGE(moved, moved.error().message);
    BOOST_REQUIRE(theirs.has_value());
    BOOST_TEST((head_in(pair.from(), id) == head));
    other.give_up_arrival(*theirs);
    BOOST_TEST((head_in(pair.from(), id) == head));
    BOOST_TEST(is_open(pair.from(), id, effects));
    BOOST_TEST(is_open(other, id, effects));
  }
}

// A move that was begun elsewhere is not said to be done.
BOOST_AUTO_TEST_CASE(a_move_that_another_machine_has_not_finished_is_no_success) {
  FromKafka pair;
  const auto effects = pair.effects();
  const auto id = busy_project(pair, effects);
  const auto other = pair.second_machine();
  std::optional<Result<replay::Moved>> there;
  const auto moved =
      replay::move(moving(pair.from(), id, pair.from()), effects, {}, [&](replay::MoveStep step) {
        if (step != replay::MoveStep::sealed) return;
        there = replay::move(moving(other, id, other), effects);
      });
  BOOST_REQUIRE_MESSAGE(moved, moved.error().message);
  BOOST_REQUIRE(there.has_value());
  BOOST_TEST(!there->has_value());
  BOOST_TEST(is_open(other, id, effects));
}

// What is there was made by somebody else: it is neither filled nor taken away.
BOOST_AUTO_TEST_CASE(a_topic_that_somebody_else_made_stays) {
  FromKafka pair;
  const auto effects = pair.effects();
  const auto id = busy_project(pair, effects);
  const auto head = head_in(pair.from(), id);
  const auto plan = good(engine::cluster_of(pair.from().path()));
  log::KafkaStore late(std::make_shared<log::KafkaCluster>(*plan), {id, 1},
                       log::Opening::unfinished);
  const auto made = late.create(LineageId{}, effects.random);
  BOOST_REQUIRE(!made);
  BOOST_REQUIRE(late.discard());
  BOOST_TEST((head_in(pair.from(), id) == head));
}

}  // namespace qualog::test
