// SPDX-License-Identifier: Apache-2.0
// What must hold of every move, whichever backends it is between: same events, asides and chains;
// the old place refuses and names the new one; killed at any step exactly one place is open, and
// moving again finishes. `Pair` has `from()` and `to()`, two data directories of its own.
#pragma once

#include "engine/decide.h"
#include "replay/move.h"
#include "tests/engine/blobs/uploading.h"
#include "tests/replay/workshop.h"

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>

#include <unistd.h>

namespace qualog::test {

// Whether somebody who comes to this directory can work on the project.
inline bool is_open(const engine::DataDirectory& data, const ProjectId& id,
                    engine::Effects effects) {
  data.finish_cut_arrivals(effects);
  const auto place = data.find(id.text());
  if (!place) return false;
  auto project = engine::Project::open(*place, effects);
  if (!project) return false;
  BOOST_TEST((*project)->close().has_value());
  return true;
}

inline log::Head head_in(const engine::DataDirectory& data, const ProjectId& id) {
  log::NoSink nothing;
  return data.place_of(id).log->read({}, nothing).value().settled;
}

inline replay::MoveRequest moving(const engine::DataDirectory& from, const ProjectId& id,
                                  const engine::DataDirectory& to) {
  return {from, id, to, "anna"};
}

// A project with groups, refusals and a group of several records.
template <class Pair>
ProjectId busy_project(Pair& pair, engine::Effects effects) {
  const auto session = engine::new_id<SessionId>(effects);
  const auto id = pair.from().create("Gym", "anna", session, effects).value().id;
  Working working(pair.from().place_of(id), effects, nullptr);
  Rng rng(5);
  work(working, rng, 40);
  working.must("anna", long_source(4000));
  return id;
}

template <class Pair>
void a_project_moves_there_and_back() {
  Pair pair;
  const auto effects = pair.effects();
  const auto id = busy_project(pair, effects);
  const auto head = head_in(pair.from(), id);
  const auto moved = replay::move(moving(pair.from(), id, pair.to()), effects);
  BOOST_REQUIRE_MESSAGE(moved, moved.error().message);
  BOOST_TEST(moved->address == pair.to().address());
  BOOST_TEST((head_in(pair.to(), id) == head));
  BOOST_TEST(is_open(pair.to(), id, effects));
  const auto gone = engine::Project::open(pair.from().place_of(id), effects);
  BOOST_REQUIRE(!gone);
  BOOST_TEST((gone.error().code == Code::moved));
  BOOST_TEST(gone.error().message.find(pair.to().address()) != std::string::npos);
  const auto back = replay::move(moving(pair.to(), id, pair.from()), effects);
  BOOST_REQUIRE_MESSAGE(back, back.error().message);
  BOOST_TEST((head_in(pair.from(), id) == head));
  BOOST_TEST(is_open(pair.from(), id, effects));
  BOOST_TEST(!is_open(pair.to(), id, effects));
  Working working(pair.from().place_of(id), effects, nullptr);
  working.must("anna", {code_created(9000, "At home again")});
}

template <class Pair>
void a_project_that_is_no_owners_does_not_move() {
  Pair pair;
  const auto id = busy_project(pair, pair.effects());
  auto request = moving(pair.from(), id, pair.to());
  request.actor = "somebody";
  const auto refused = replay::move(request, pair.effects());
  BOOST_REQUIRE(!refused);
  BOOST_TEST((refused.error().code == Code::forbidden));
  BOOST_TEST(is_open(pair.from(), id, pair.effects()));
  BOOST_TEST(!is_open(pair.to(), id, pair.effects()));
}

template <class Pair>
void keys_that_go_meanwhile_come_again() {
  Pair pair;
  const auto id = busy_project(pair, pair.effects());
  const auto keys = pair.to().place_of(id).keys;
  const auto lose_keys = [&](replay::MoveStep step) {
    if (step != replay::MoveStep::copied) return;
    for (const auto& entry : fs::directory_iterator(keys))
      if (entry.path().extension() == ".keys") fs::remove(entry.path());
  };
  BOOST_REQUIRE(replay::move(moving(pair.from(), id, pair.to()), pair.effects(), {}, lose_keys));
  BOOST_TEST(is_open(pair.to(), id, pair.effects()));
}

// One that nobody has named yet is whole only when the others have been copied.
template <class Pair>
void a_file_that_comes_late_comes_along() {
  Pair pair;
  const auto id = busy_project(pair, pair.effects());
  const Bytes words = {'l', 'a', 't', 'e'};
  const auto late = blob_of(words);
  const auto put_late = [&](replay::MoveStep step) {
    if (step != replay::MoveStep::copied) return;
    BOOST_REQUIRE(put(*pair.from().place_of(id).blobs, words, words.size()));
  };
  BOOST_REQUIRE(replay::move(moving(pair.from(), id, pair.to()), pair.effects(), {}, put_late));
  BOOST_TEST(good(pair.to().place_of(id).blobs->is_complete(late)));
}

// A child moves and dies once `last` is durable. No thread is alive when it is made.
template <class Pair>
void move_and_die(Pair& pair, const ProjectId& id, replay::MoveStep last) {
  const auto child = ::fork();
  BOOST_REQUIRE(child >= 0);
  if (child == 0) {
    pair.after_fork();
    const auto die = [&](replay::MoveStep step) {
      if (step == last) ::kill(::getpid(), SIGKILL);
    };
    (void)replay::move(moving(pair.from(), id, pair.to()), pair.effects(), {}, die);
    ::_exit(0);
  }
  int status = 0;
  BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
  BOOST_TEST(WIFSIGNALED(status));
}

template <class Pair>
void killed_at_any_step_exactly_one_place_is_open() {
  using replay::MoveStep;
  for (const auto last : {MoveStep::copied, MoveStep::sealed, MoveStep::published}) {
    Pair pair;
    const auto id = busy_project(pair, pair.effects());
    pair.let_go();
    move_and_die(pair, id, last);
    const bool behind_seal = last != MoveStep::copied;
    BOOST_TEST(is_open(pair.from(), id, pair.effects()) == !behind_seal);
    BOOST_TEST(is_open(pair.to(), id, pair.effects()) == behind_seal);
    const auto again = replay::move(moving(pair.from(), id, pair.to()), pair.effects());
    BOOST_REQUIRE_MESSAGE(again, again.error().message);
    BOOST_TEST(is_open(pair.to(), id, pair.effects()));
    BOOST_TEST(!is_open(pair.from(), id, pair.effects()));
  }
}

// A copy that does not end where the old log was sealed takes nobody's place.
template <class Pair>
void a_copy_of_something_else_is_not_published() {
  Pair pair;
  const auto effects = pair.effects();
  const auto id = busy_project(pair, effects);
  pair.let_go();
  move_and_die(pair, id, replay::MoveStep::copied);
  auto head = head_in(pair.from(), id);
  head.chain[0] ^= 1;
  const auto finished = pair.to().finish_arrival(
      pair.from(), id, {pair.to().address(), head.sequence(), head.chain}, effects);
  BOOST_REQUIRE(!finished);
  BOOST_TEST((finished.error().code == Code::damaged));
  BOOST_TEST(is_open(pair.from(), id, effects));
  BOOST_TEST(!is_open(pair.to(), id, effects));
}

// The control: what is published before the old log is sealed is open in both places.
template <class Pair>
void published_before_the_seal_two_places_are_open() {
  Pair pair;
  const auto effects = pair.effects();
  const auto id = busy_project(pair, effects);
  pair.let_go();
  move_and_die(pair, id, replay::MoveStep::copied);
  const auto head = head_in(pair.from(), id);
  BOOST_REQUIRE(pair.to().finish_arrival(
      pair.from(), id, {pair.to().address(), head.sequence(), head.chain}, effects));
  BOOST_TEST(is_open(pair.from(), id, effects));
  BOOST_TEST(is_open(pair.to(), id, effects));
}

}  // namespace qualog::test

#define QUALOG_MOVE_RULE_(rule, Pair) \
  BOOST_AUTO_TEST_CASE(rule) { qualog::test::rule<Pair>(); }

// The whole suite for one pair of backends, as a suite of that name.
#define QUALOG_MOVES(name, Pair)                                         \
  BOOST_AUTO_TEST_SUITE(name)                                            \
  QUALOG_MOVE_RULE_(a_project_moves_there_and_back, Pair)                \
  QUALOG_MOVE_RULE_(a_project_that_is_no_owners_does_not_move, Pair)     \
  QUALOG_MOVE_RULE_(keys_that_go_meanwhile_come_again, Pair)             \
  QUALOG_MOVE_RULE_(a_file_that_comes_late_comes_along, Pair)            \
  QUALOG_MOVE_RULE_(killed_at_any_step_exactly_one_place_is_open, Pair)  \
  QUALOG_MOVE_RULE_(a_copy_of_something_else_is_not_published, Pair)     \
  QUALOG_MOVE_RULE_(published_before_the_seal_two_places_are_open, Pair) \
  BOOST_AUTO_TEST_SUITE_END()
