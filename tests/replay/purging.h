// SPDX-License-Identifier: Apache-2.0
// What must hold of every purge, whichever backend: only an Owner purges, and only what is deleted;
// killed at any step the project is as it was or gone, and then nothing is left once somebody has
// come by. `Place` has `data()`, a data directory of its own, and `decided()`, the step from which
// on a project there is gone.
#pragma once

#include "engine/keys.h"
#include "projector/fold/fold.h"
#include "replay/purge.h"
#include "replay/restore.h"
#include "tests/replay/workshop.h"

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>

#include <unistd.h>

namespace qualog::test {

using engine::PurgeStep;

inline Act project_deleted() { return {"project.deleted", "{}"}; }
inline Act project_undeleted() { return {"project.undeleted", "{}"}; }

inline LineageId lineage_in(const engine::DataDirectory& data, const ProjectId& id) {
  const auto view = good(engine::View::open(data.place_of(id)));
  return projector::lineage_of(view->state());
}

template <class Place>
ProjectId made_project(Place& place, const std::string& name) {
  const auto session = engine::new_id<SessionId>(place.effects());
  const auto id = good(place.data().create(name, "anna", session, place.effects())).id;
  Working working(place.data().place_of(id), place.effects(), nullptr);
  working.must("anna", {code_created(1, "Stress")});
  working.must("anna", {{"member.added", R"({"principal":"bo","group":"contributor"})"}});
  working.must("anna", long_source(4000));
  return id;
}

template <class Place>
void act_on(Place& place, const ProjectId& id, const Act& act) {
  Working(place.data().place_of(id), place.effects(), nullptr).must("anna", {act});
}

template <class Place>
ProjectId deleted_project(Place& place) {
  const auto id = made_project(place, "Gym");
  act_on(place, id, project_deleted());
  return id;
}

template <class Place>
Result<engine::PurgedKeys> purge_in(Place& place, const ProjectId& id,
                                    const std::string& actor = "anna") {
  return replay::purge({place.data(), id, actor}, place.effects());
}

template <class Place>
bool has_keys(Place& place, const ProjectId& id, const LineageId& lineage) {
  return engine::load_keys(place.data().place_of(id).keys, lineage).has_value();
}

// Whether it is listed as deleted and can be brought back and deleted again.
template <class Place>
bool is_as_it_was(Place& place, const ProjectId& id) {
  const auto listed = good(place.data().projects());
  const bool is_listed = std::any_of(listed.begin(), listed.end(), [&](const auto& info) {
    return info.id == id && info.deleted && !info.problem;
  });
  if (!is_listed || !place.data().find(id.text())) return false;
  act_on(place, id, project_undeleted());
  act_on(place, id, project_deleted());
  return true;
}

// Neither shown nor found, nor made again under its name.
template <class Place>
bool is_gone(Place& place, const ProjectId& id) {
  const auto found = place.data().find(id.text());
  return good(place.data().projects()).empty() && !found && found.error().code == Code::not_found &&
         place.data().check_name_free("Gym").has_value();
}

// Of a project that is gone, what is left on this machine, in the store of keys, and of its log.
template <class Place>
bool is_anything_left(Place& place, const ProjectId& id, const LineageId& lineage) {
  const auto at = place.data().place_of(id);
  bool left = at.log->lineage().has_value();
  for (const auto& directory : {at.directory.parent_path(), at.keys})
    for (const auto& entry : fs::directory_iterator(directory)) {
      const auto name = entry.path().filename().string();
      left = left || (name.starts_with(id.text()) && !name.ends_with(".purged")) ||
             name.starts_with(lineage.text());
    }
  return left;
}

template <class Place>
void PM_10_what_was_deleted_is_purged_and_nothing_is_left() {
  Place place;
  const auto id = deleted_project(place);
  const auto lineage = lineage_in(place.data(), id);
  const auto keys = purge_in(place, id);
  BOOST_REQUIRE_MESSAGE(keys, keys.error().message);
  BOOST_TEST(keys->removed);
  BOOST_TEST(is_gone(place, id));
  BOOST_TEST(!is_anything_left(place, id, lineage));
  const auto again = purge_in(place, id);
  BOOST_REQUIRE(!again);
  BOOST_TEST((again.error().code == Code::not_found));
}

template <class Place>
void PM_10_what_is_not_deleted_or_not_ones_own_stays() {
  Place place;
  const auto id = made_project(place, "Gym");
  const auto living = purge_in(place, id);
  BOOST_REQUIRE(!living);
  BOOST_TEST((living.error().code == Code::invalid));
  act_on(place, id, project_deleted());
  for (const auto* actor : {"bo", "somebody"}) {
    const auto refused = purge_in(place, id, actor);
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().code == Code::forbidden));
  }
  BOOST_TEST(is_as_it_was(place, id));
}

template <class Place>
void what_a_process_of_this_machine_has_open_is_held() {
  Place place;
  const auto id = deleted_project(place);
  {
    Working working(place.data().place_of(id), place.effects(), nullptr);
    const auto held = purge_in(place, id);
    BOOST_REQUIRE(!held);
    BOOST_TEST((held.error().code == Code::held));
    working.must("anna", {project_undeleted()});
    working.must("anna", {project_deleted()});
  }
  BOOST_TEST(is_as_it_was(place, id));
}

// The last of a lineage takes its keys along.
template <class Place>
void keys_stay_while_a_fork_needs_them() {
  Place place;
  const auto id = made_project(place, "Gym");
  const auto lineage = lineage_in(place.data(), id);
  const auto fork = good(replay::restore(
      place.data(), {place.data().place_of(id), "2", "Then", "anna"}, place.effects()));
  act_on(place, id, project_deleted());
  const auto kept = good(purge_in(place, id));
  BOOST_TEST(!kept.removed);
  BOOST_TEST(kept.needed_by.find(fork.id.text()) != std::string::npos);
  act_on(place, fork.id, code_created(9000, "Still at work"));
  act_on(place, fork.id, project_deleted());
  BOOST_TEST(good(purge_in(place, fork.id)).removed);
  BOOST_TEST(!has_keys(place, fork.id, lineage));
  BOOST_TEST(!is_anything_left(place, fork.id, lineage));
}

// A child purges and dies once `last` is durable. No thread is alive when it is made.
template <class Place>
void purge_and_die(Place& place, const ProjectId& id, PurgeStep last) {
  place.let_go();
  const auto child = ::fork();
  BOOST_REQUIRE(child >= 0);
  if (child == 0) {
    const auto die = [&](PurgeStep step) {
      if (step == last) ::kill(::getpid(), SIGKILL);
    };
    (void)replay::purge({place.data(), id, "anna"}, place.effects(), die);
    ::_exit(0);
  }
  int status = 0;
  BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
  BOOST_TEST(WIFSIGNALED(status));
}

template <class Place>
void killed_at_any_step_it_is_as_it_was_or_gone() {
  for (const auto last : {PurgeStep::owned, PurgeStep::asked, PurgeStep::sealed, PurgeStep::decided,
                          PurgeStep::keys_gone, PurgeStep::log_gone, PurgeStep::gone}) {
    const bool on_kafka_only = last == PurgeStep::asked || last == PurgeStep::sealed;
    if (on_kafka_only && Place::decided() != PurgeStep::sealed) continue;
    BOOST_TEST_CONTEXT("killed behind step " << static_cast<int>(last)) {
      Place place;
      const auto id = deleted_project(place);
      const auto lineage = lineage_in(place.data(), id);
      purge_and_die(place, id, last);
      const bool decided = last >= Place::decided();
      BOOST_TEST(is_gone(place, id) == decided);
      if (!decided) BOOST_TEST(is_as_it_was(place, id));
      if (!decided) BOOST_REQUIRE(purge_in(place, id));
      place.data().finish_cut_purges();
      BOOST_TEST(is_gone(place, id));
      BOOST_TEST(!is_anything_left(place, id, lineage));
    }
  }
}

// The control: where the log is taken away before that is decided, something is left for good.
template <class Place>
void taken_away_before_it_is_decided_it_is_half_there() {
  Place place;
  const auto id = deleted_project(place);
  const auto lineage = lineage_in(place.data(), id);
  BOOST_REQUIRE(place.data().place_of(id).log->destroy());
  place.data().finish_cut_purges();
  const auto again = purge_in(place, id);
  BOOST_TEST(!again);
  BOOST_TEST(is_anything_left(place, id, lineage));
}

}  // namespace qualog::test

#define QUALOG_PURGE_RULE_(rule, Place) \
  BOOST_AUTO_TEST_CASE(rule) { qualog::test::rule<Place>(); }

// The whole suite for one backend, as a suite of that name.
#define QUALOG_PURGES(name, Place)                                                \
  BOOST_AUTO_TEST_SUITE(name)                                                     \
  QUALOG_PURGE_RULE_(PM_10_what_was_deleted_is_purged_and_nothing_is_left, Place) \
  QUALOG_PURGE_RULE_(PM_10_what_is_not_deleted_or_not_ones_own_stays, Place)      \
  QUALOG_PURGE_RULE_(what_a_process_of_this_machine_has_open_is_held, Place)      \
  QUALOG_PURGE_RULE_(keys_stay_while_a_fork_needs_them, Place)                    \
  QUALOG_PURGE_RULE_(killed_at_any_step_it_is_as_it_was_or_gone, Place)           \
  QUALOG_PURGE_RULE_(taken_away_before_it_is_decided_it_is_half_there, Place)     \
  BOOST_AUTO_TEST_SUITE_END()
