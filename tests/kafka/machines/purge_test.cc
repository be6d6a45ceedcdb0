// SPDX-License-Identifier: Apache-2.0
// Purging projects whose logs lie on a real cluster, that of $QUALOG_KAFKA_BOOTSTRAP (brokers.py):
// on one machine, killed behind every step, and beside a machine that works on the same projects.
#include "engine/kafka_init.h"
#include "engine/log/kafka/cluster.h"
#include "tests/replay/purging.h"

#include <cstdlib>

namespace qualog::test {

// Opens its directories when they are asked for: across a fork nobody may have a connection.
class OnKafka {
 public:
  OnKafka() {
    for (const auto& path : {own_path(), other_path()}) {
      const engine::KafkaRequest request{address(), {}, store("keys"), store("blobs"), 1};
      const auto layout = engine::init_on_kafka(path, request, effects());
      BOOST_REQUIRE_MESSAGE(layout, layout.error().message);
    }
  }

  static PurgeStep decided() { return PurgeStep::sealed; }
  const engine::DataDirectory& data() { return opened(own_, own_path()); }
  // Another machine's.
  const engine::DataDirectory& other() { return opened(other_, other_path()); }
  engine::Effects effects() { return {clock_, random_}; }
  void let_go() {
    own_.reset();
    other_.reset();
  }
  log::KafkaAddress address() const {
    return {std::getenv("QUALOG_KAFKA_BOOTSTRAP"),
            "p" + std::to_string(number_) + "-" + std::to_string(::getpid())};
  }

 private:
  static const engine::DataDirectory& opened(std::optional<engine::DataDirectory>& data,
                                             const fs::path& path) {
    if (!data) data = good(engine::DataDirectory::open(path));
    return *data;
  }
  fs::path own_path() const { return shop_.path() / "own"; }
  fs::path other_path() const { return shop_.path() / "other"; }
  fs::path store(const char* name) const {
    const auto path = shop_.path() / name;
    fs::create_directory(path);
    fs::permissions(path, fs::perms::owner_all);
    return path;
  }

  static inline int made_ = 0;
  int number_ = ++made_;
  Workshop shop_;
  SystemClock clock_;
  SystemRandom random_;
  std::optional<engine::DataDirectory> own_;
  std::optional<engine::DataDirectory> other_;
};

QUALOG_PURGES(a_purge_on_kafka, OnKafka)

bool is_directory_of(const engine::DataDirectory& data, const ProjectId& id) {
  return fs::exists(data.path() / "projects" / id.text());
}

BOOST_AUTO_TEST_CASE(PM_10_the_state_that_another_machine_has_of_it_goes) {
  OnKafka place;
  const auto id = deleted_project(place);
  BOOST_REQUIRE(engine::View::open(place.other().place_of(id)));
  BOOST_REQUIRE(is_directory_of(place.other(), id));
  BOOST_REQUIRE(purge_in(place, id));
  BOOST_TEST(good(place.other().projects()).empty());
  const auto found = place.other().find(id.text());
  BOOST_REQUIRE(!found);
  BOOST_TEST((found.error().code == Code::not_found));
  BOOST_TEST(found.error().message.find("purged") != std::string::npos);
  place.other().finish_cut_purges();
  BOOST_TEST(!is_directory_of(place.other(), id));
}

BOOST_AUTO_TEST_CASE(an_owner_on_another_machine_learns_that_it_lost_and_answers_nothing_more) {
  OnKafka place;
  const auto id = deleted_project(place);
  Working working(place.other().place_of(id), place.effects(), nullptr);
  BOOST_REQUIRE(purge_in(place, id));
  for (int n = 0; n < 3; ++n) {
    const auto answer = working.ask("anna", {project_undeleted()});
    BOOST_TEST((answer.outcome == engine::Outcome::not_applied ||
                answer.outcome == engine::Outcome::unknown ||
                answer.outcome == engine::Outcome::error));
    BOOST_TEST_MESSAGE(answer.message);
  }
  BOOST_TEST(is_gone(place, id));
}

// Between the fence and the seal of whoever purges, somebody elsewhere opens the project.
BOOST_AUTO_TEST_CASE(what_is_undeleted_meanwhile_stays) {
  OnKafka place;
  const auto id = deleted_project(place);
  const auto undelete = [&](PurgeStep step) {
    if (step != PurgeStep::asked) return;
    Working working(place.other().place_of(id), place.effects(), nullptr);
    working.must("anna", {project_undeleted()});
  };
  const auto lost = replay::purge({place.data(), id, "anna"}, place.effects(), undelete);
  BOOST_REQUIRE(!lost);
  BOOST_TEST((lost.error().code == Code::held));
  place.data().finish_cut_purges();
  const auto view = good(engine::View::open(place.data().place_of(id)));
  BOOST_TEST(good(place.data().projects()).size() == 1u);
  BOOST_TEST(good(place.other().projects()).size() == 1u);
}

// A cut purge is finished by whichever machine comes first.
BOOST_AUTO_TEST_CASE(another_machine_finishes_what_was_cut) {
  for (const auto last :
       {PurgeStep::sealed, PurgeStep::decided, PurgeStep::keys_gone, PurgeStep::log_gone}) {
    OnKafka place;
    const auto id = deleted_project(place);
    const auto lineage = lineage_in(place.data(), id);
    purge_and_die(place, id, last);
    place.other().finish_cut_purges();
    place.data().finish_cut_purges();
    BOOST_TEST(is_gone(place, id));
    BOOST_TEST(!is_anything_left(place, id, lineage));
  }
}

BOOST_AUTO_TEST_CASE(every_generation_of_its_topic_goes) {
  OnKafka place;
  const auto id = deleted_project(place);
  const auto lineage = lineage_in(place.data(), id);
  const auto cluster =
      std::make_shared<log::KafkaCluster>(log::KafkaPlan{place.address(), {}, {1, 1}});
  auto admin = good(cluster->admin());
  const auto next = log::topic_name(place.address().space, {id, 2});
  BOOST_REQUIRE(good(admin.make_topic(next, {1, 1}, log::log_topic_settings({1, 1}))));
  BOOST_REQUIRE(purge_in(place, id));
  BOOST_TEST(!is_anything_left(place, id, lineage));
  for (const auto& topic : good(admin.topics()))
    BOOST_TEST(topic.find(id.text()) == std::string::npos);
}

}  // namespace qualog::test
