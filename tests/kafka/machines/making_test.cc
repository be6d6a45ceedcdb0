// SPDX-License-Identifier: Apache-2.0
// Making projects whose logs lie on a real cluster, that of $QUALOG_KAFKA_BOOTSTRAP (brokers.py),
// while others look at them; what is lost when the end of the making fails: nothing; and what a
// machine says of a next generation that holds less than it knows.
#include "engine/log/kafka/kafka_store.h"
#include "engine/log/reading.h"
#include "replay/log_copy.h"
#include "tests/kafka/machines/own_namespace.h"

namespace qualog::test {

class OnKafka : public OwnNamespace {
 public:
  OnKafka() {
    make_machine(path("own"));
    data_ = good(engine::DataDirectory::open(path("own")));
  }

  const engine::DataDirectory& data() { return *data_; }
  fs::path directory_of(const ProjectId& id) { return data().path() / "projects" / id.text(); }
  // `at_end` is called before the project is published.
  Result<engine::ProjectInfo> create(const std::function<void(const ProjectId& id)>& at_end) {
    const auto fill = [&](engine::Project& made) -> Result<void> {
      at_end(made.summary().ids.project);
      return {};
    };
    return data().create("Gym", "anna", engine::new_id<SessionId>(effects()), effects(),
                         fb::ProjectOrigin::New, fill);
  }
  // The maker's last Fence has landed, and another machine has sealed the log: the maker's own
  // attempt fails.
  void finish_and_seal(const ProjectId& id) {
    const auto cluster = std::make_shared<log::KafkaCluster>(log::KafkaPlan{address(), {}, {1, 1}});
    log::KafkaStore store(cluster, id, log::Opening::unfinished);
    BOOST_REQUIRE(store.publish(random()));
    log::KafkaStore elsewhere(cluster, id);
    log::NoSink nothing;
    const auto opened = elsewhere.open({}, std::nullopt, random(), nothing);
    BOOST_REQUIRE(opened);
    BOOST_TEST((opened->log->seal({"elsewhere", {}, {}}).outcome == log::Outcome::durable));
  }
  // The next generation of its topic, with its first events alone.
  void make_next(const ProjectId& id, Sequence last) {
    const auto cluster = std::make_shared<log::KafkaCluster>(log::KafkaPlan{address(), {}, {1, 1}});
    log::KafkaStore before(cluster, id);
    log::KafkaStore next(cluster, {id, 2}, log::Opening::unfinished);
    const auto target = good(next.create(good(before.lineage()), random()));
    const replay::Progress nobody;
    replay::EventCopy copy(last, *target, nobody);
    const auto read = before.read({}, copy);
    BOOST_TEST((read || copy.stopped()));
    BOOST_REQUIRE(copy.finish());
    BOOST_REQUIRE(target->close());
    BOOST_REQUIRE(next.publish(random()));
  }
  Sequence head_of(const ProjectId& id) {
    return good(engine::View::open(data().place_of(id)))->head();
  }
  bool works(const ProjectId& id) {
    auto project = engine::Project::open(data().place_of(id), effects());
    if (!project) BOOST_TEST_MESSAGE(project.error().message);
    return project && (*project)->close();
  }

 private:
  std::optional<engine::DataDirectory> data_;
};

BOOST_AUTO_TEST_CASE(who_lists_beside_it_makes_no_directory) {
  OnKafka place;
  const auto made = place.create([&](const ProjectId& id) {
    const auto seen = engine::View::open(place.data().place_of(id));
    BOOST_REQUIRE(!seen);
    BOOST_TEST((seen.error().code == Code::held));
    BOOST_TEST(!engine::Project::open(place.data().place_of(id), place.effects()));
    BOOST_TEST(good(place.data().projects()).size() == 1u);
    BOOST_TEST(!fs::exists(place.directory_of(id)));
  });
  BOOST_REQUIRE_MESSAGE(made, made.error().message);
  BOOST_TEST(place.works(made->id));
}

BOOST_AUTO_TEST_CASE(a_directory_that_is_there_already_stays) {
  OnKafka place;
  const auto made = place.create([&](const ProjectId& id) {
    BOOST_REQUIRE(fs::create_directory(place.directory_of(id)));
    fs::permissions(place.directory_of(id), fs::perms::owner_all);
    BOOST_REQUIRE(fs::create_directory(place.directory_of(id) / "state"));
  });
  BOOST_REQUIRE_MESSAGE(made, made.error().message);
  BOOST_TEST(place.works(made->id));
  BOOST_TEST(!fs::exists(place.directory_of(made->id).string() + ".new"));
}

BOOST_AUTO_TEST_CASE(what_may_be_published_is_not_taken_away) {
  OnKafka place;
  ProjectId which;
  const auto made = place.create([&](const ProjectId& id) {
    which = id;
    place.finish_and_seal(id);
  });
  BOOST_REQUIRE(!made);
  BOOST_TEST((made.error().code == Code::unknown_outcome));
  BOOST_TEST(made.error().message.find("qualog project ls") != std::string::npos);
  const auto seal = log::seal_in(*place.data().place_of(which).log);
  BOOST_REQUIRE_MESSAGE(seal, seal.error().message);
  BOOST_TEST(seal->has_value());
  BOOST_TEST(!fs::exists(place.directory_of(which).string() + ".new"));
}

BOOST_AUTO_TEST_CASE(what_was_not_filled_leaves_nothing) {
  OnKafka place;
  ProjectId which;
  const auto fill = [&](engine::Project& made) -> Result<void> {
    which = made.summary().ids.project;
    return fail(Code::invalid, "no");
  };
  const auto made = place.data().create("Gym", "anna", engine::new_id<SessionId>(place.effects()),
                                        place.effects(), fb::ProjectOrigin::New, fill);
  BOOST_REQUIRE(!made);
  BOOST_TEST((made.error().code == Code::invalid));
  BOOST_TEST(good(place.data().project_ids()).empty());
  BOOST_TEST(!fs::exists(place.directory_of(which).string() + ".new"));
}

// Without a state there is nobody who knows: the control.
BOOST_AUTO_TEST_CASE(a_next_generation_that_has_lost_its_end_is_refused) {
  OnKafka place;
  const auto made = place.create([](const ProjectId&) {});
  BOOST_REQUIRE(made);
  BOOST_TEST((place.head_of(made->id) > Sequence{1}));
  place.make_next(made->id, Sequence{1});
  for (int n = 0; n < 2; ++n) {
    // Whoever opened it before knows the topic that is gone.
    const auto seen = engine::View::open(place.data().place_of(made->id));
    BOOST_REQUIRE(!seen);
    BOOST_TEST((seen.error().code == Code::damaged));
    BOOST_TEST(seen.error().message.find("lost its end") != std::string::npos);
    const auto opened = engine::Project::open(place.data().place_of(made->id), place.effects());
    BOOST_REQUIRE(!opened);
    BOOST_TEST((opened.error().code == Code::damaged));
  }
  BOOST_REQUIRE(engine::rebuild_state(place.data().place_of(made->id), place.effects()));
  BOOST_TEST((place.head_of(made->id) == Sequence{1}));
}

BOOST_AUTO_TEST_CASE(a_next_generation_that_holds_it_is_taken) {
  OnKafka place;
  const auto made = place.create([](const ProjectId&) {});
  BOOST_REQUIRE(made);
  const auto head = place.head_of(made->id);
  place.make_next(made->id, head);
  BOOST_TEST((place.head_of(made->id) == head));
  BOOST_TEST(place.works(made->id));
}

}  // namespace qualog::test
