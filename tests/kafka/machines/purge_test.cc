// SPDX-License-Identifier: Apache-2.0
// Purging projects whose logs lie on a real cluster, that of $QUALOG_KAFKA_BOOTSTRAP (brokers.py):
// on one machine, killed behind every step, beside a machine that works on the same projects, and
// beside a namespace that has the same key store.
// Rows: PM-10.
#include "engine/log/kafka/cluster.h"
#include "tests/kafka/machines/own_namespace.h"
#include "tests/replay/purging.h"

namespace qualog::test {

class OnKafka : public OwnNamespace {
 public:
  OnKafka() {
    for (const auto* machine : {"own", "other"}) make_machine(path(machine));
  }

  static PurgeStep decided() { return PurgeStep::sealed; }
  const engine::DataDirectory& data() { return opened(own_, path("own")); }
  // Another machine's.
  const engine::DataDirectory& other() { return opened(other_, path("other")); }
  // Another namespace's, with the same stores.
  engine::DataDirectory neighbour() {
    make_machine(path("neighbour"), neighbours());
    return good(engine::DataDirectory::open(path("neighbour")));
  }
  void let_go() {
    own_.reset();
    other_.reset();
  }
  log::KafkaAddress neighbours() const {
    return {address().bootstrap, address().space + "-beside"};
  }

 private:
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

std::shared_ptr<log::KafkaCluster> cluster_at(const log::KafkaAddress& address) {
  return std::make_shared<log::KafkaCluster>(log::KafkaPlan{address, {}, {1, 1}});
}

// Without a record.
std::string made_topic(log::KafkaCluster& cluster, const log::KafkaTopicName& of) {
  const auto name = log::topic_name(cluster.plan().address.space, of);
  auto admin = good(cluster.admin());
  BOOST_REQUIRE(good(admin.make_topic(name, {1, 1}, log::log_topic_settings({1, 1}))));
  return name;
}

BOOST_AUTO_TEST_CASE(every_generation_of_its_topic_goes) {
  OnKafka place;
  const auto id = deleted_project(place);
  const auto lineage = lineage_in(place.data(), id);
  const auto cluster = cluster_at(place.address());
  made_topic(*cluster, {id, 2});
  BOOST_REQUIRE(purge_in(place, id));
  BOOST_TEST(!is_anything_left(place, id, lineage));
  for (const auto& topic : good(good(cluster->admin()).topics()))
    BOOST_TEST(topic.find(id.text()) == std::string::npos);
}

// As it is while a broker does not know yet what is in a topic that another one lists.
BOOST_AUTO_TEST_CASE(keys_stay_while_a_topic_is_listed_and_shows_no_log) {
  OnKafka place;
  const auto id = deleted_project(place);
  const auto other = engine::new_id<ProjectId>(place.effects());
  made_topic(*cluster_at(place.address()), {other, 1});
  const auto kept = good(purge_in(place, id));
  BOOST_TEST(!kept.removed);
  BOOST_TEST(kept.needed_by.find(other.text()) != std::string::npos);
}

// As its owner on another machine.
std::unique_ptr<log::Log> taken_by_another(OnKafka& place, const ProjectId& id) {
  log::NoSink nothing;
  return good(place.other().place_of(id).log->open({}, std::nullopt, place.effects().random,
                                                   nothing))
      .log;
}

// All that a purge there has done when it is killed behind its Seal, but for its note.
void seal_as_purged(log::Log& log) {
  const auto head = log.settled();
  const auto sealed = log.seal({std::string(log::kPurged), head.sequence(), head.chain});
  BOOST_REQUIRE((sealed.outcome == log::Outcome::durable));
}

BOOST_AUTO_TEST_CASE(whoever_loses_to_a_purge_that_dies_behind_its_seal_goes_on_with_it) {
  OnKafka place;
  const auto id = deleted_project(place);
  const auto lineage = lineage_in(place.data(), id);
  const auto beside = [&](PurgeStep step) {
    if (step == PurgeStep::asked) seal_as_purged(*taken_by_another(place, id));
  };
  const auto purged = replay::purge({place.data(), id, "anna"}, place.effects(), beside);
  BOOST_REQUIRE_MESSAGE(purged, purged.error().message);
  BOOST_TEST(is_gone(place, id));
  BOOST_TEST(!is_anything_left(place, id, lineage));
}

BOOST_AUTO_TEST_CASE(whoever_loses_to_a_purge_that_is_not_sealed_yet_leaves_its_note) {
  OnKafka place;
  const auto id = deleted_project(place);
  const auto lineage = lineage_in(place.data(), id);
  std::unique_ptr<log::Log> taken;
  const auto beside = [&](PurgeStep step) {
    if (step != PurgeStep::asked) return;
    taken = taken_by_another(place, id);
    BOOST_REQUIRE(place.other().ask_purge(id, lineage, "another"));
  };
  const auto lost = replay::purge({place.data(), id, "anna"}, place.effects(), beside);
  BOOST_REQUIRE(!lost);
  BOOST_TEST((lost.error().code == Code::held));
  seal_as_purged(*taken);
  place.data().finish_cut_purges();
  BOOST_TEST(is_gone(place, id));
  BOOST_TEST(!is_anything_left(place, id, lineage));
}

BOOST_AUTO_TEST_CASE(a_purge_that_left_its_seal_alone_is_finished_by_the_next) {
  OnKafka place;
  const auto id = deleted_project(place);
  const auto lineage = lineage_in(place.data(), id);
  seal_as_purged(*taken_by_another(place, id));
  const auto purged = purge_in(place, id);
  BOOST_REQUIRE_MESSAGE(purged, purged.error().message);
  BOOST_TEST(is_gone(place, id));
  BOOST_TEST(!is_anything_left(place, id, lineage));
}

// Record by record, with its Seal where it has one.
void copy_log(const log::KafkaAddress& from, const log::KafkaAddress& to, const ProjectId& id) {
  log::KafkaTopic source(cluster_at(from), log::topic_name(from.space, {id, 1}));
  const auto cluster = cluster_at(to);
  log::KafkaTopic copy(cluster, made_topic(*cluster, {id, 1}));
  const auto send = [&](const log::TopicRecord& record) -> Result<bool> {
    return copy.send(record.bytes).sent == log::Sent::delivered;
  };
  BOOST_REQUIRE(source.read(0, std::nullopt, send));
}

BOOST_AUTO_TEST_CASE(a_purge_in_a_namespace_beside_takes_nothing_here) {
  for (const auto last : {PurgeStep::sealed, PurgeStep::keys_gone, PurgeStep::gone}) {
    OnKafka place;
    const auto id = deleted_project(place);
    const auto beside = place.neighbour();
    copy_log(place.address(), place.neighbours(), id);
    act_on(place, id, project_undeleted());
    struct Stop {};
    const auto stop = [&](PurgeStep step) {
      if (step == last) throw Stop();
    };
    BOOST_CHECK_THROW((void)replay::purge({beside, id, "anna"}, place.effects(), stop), Stop);
    place.data().finish_cut_purges();
    beside.finish_cut_purges();
    BOOST_TEST(good(beside.projects()).empty());
    BOOST_TEST(!beside.place_of(id).log->lineage().has_value());
    BOOST_TEST(good(place.data().projects()).size() == 1u);
    BOOST_TEST(place.data().find(id.text()).has_value());
    act_on(place, id, project_deleted());
    BOOST_TEST(is_as_it_was(place, id));
  }
}

BOOST_AUTO_TEST_CASE(a_namespace_beside_finishes_no_purge_of_this_one) {
  OnKafka place;
  const auto id = deleted_project(place);
  const auto beside_path = place.neighbour().path();
  purge_and_die(place, id, PurgeStep::decided);
  good(engine::DataDirectory::open(beside_path)).finish_cut_purges();
  place.data().finish_cut_purges();
  BOOST_TEST(is_gone(place, id));
  BOOST_TEST(!place.data().place_of(id).log->lineage().has_value());
}

// Notes of a cluster whose namespace has the same name, or of before the topic was shown.
BOOST_AUTO_TEST_CASE(a_note_alone_takes_no_log_away_and_hides_none) {
  for (const bool is_finished : {false, true}) {
    OnKafka place;
    const auto id = deleted_project(place);
    const auto lineage = lineage_in(place.data(), id);
    const engine::PurgeNotes notes(place.data().place_of(id).keys, place.address().space);
    BOOST_REQUIRE(is_finished ? notes.finish(id, lineage, true) : notes.decide(id, lineage));
    place.data().finish_cut_purges();
    place.other().finish_cut_purges();
    BOOST_TEST(is_as_it_was(place, id));
    BOOST_TEST(has_keys(place, id, lineage));
    seal_as_purged(*taken_by_another(place, id));
    place.other().finish_cut_purges();
    place.data().finish_cut_purges();
    BOOST_TEST(is_gone(place, id));
    BOOST_TEST(!is_anything_left(place, id, lineage));
  }
}

}  // namespace qualog::test
