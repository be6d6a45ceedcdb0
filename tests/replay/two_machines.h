// SPDX-License-Identifier: Apache-2.0
// A project whose log several machines share, as on Kafka: a topic in memory under the protocol of
// topic_log.h, one blob area and one key store, and for each machine a directory of its own.
#pragma once

#include "engine/blobs/directory_blobs.h"
#include "engine/log/memory_log.h"
#include "schema/commands.h"
#include "schema/text.h"
#include "tests/replay/workshop.h"

namespace qualog::test {

class SharedLog final : public log::LogStore {
 public:
  // `records` outlives it.
  explicit SharedLog(log::MemoryRecords& records) : records_(records) {}

  Result<std::unique_ptr<log::Log>> create(const LineageId&, Random& random) override {
    return log::create_topic_log(shared(records_), plan({}), random);
  }
  Result<log::OpenedLog> open(log::Place from, const std::optional<log::Applied>& trusted,
                              Random& random, log::Sink& sink) override {
    auto opening = plan(from);
    opening.trusted = trusted;
    return log::open_topic_log(shared(records_), opening, random, sink);
  }
  Result<log::ReadSummary> read(log::Place from, const std::optional<log::Head>& head,
                                log::Sink& sink) override {
    auto reading = plan(from);
    if (head) reading.trusted = log::Applied{from, *head};
    return log::read_topic_log(records_, reading, sink);
  }
  Result<void> publish(Random&) override { return {}; }
  Result<void> discard() override { return {}; }
  Result<LineageId> lineage() override { return records_.ids().lineage; }
  Result<void> destroy() override { return {}; }
  std::string name() const override { return records_.name(); }
  std::string name_at(const log::Place&) const override { return records_.name(); }
  bool is_shared() const override { return true; }
  std::uint64_t bytes() const override { return 0; }

 private:
  log::TopicPlan plan(log::Place from) const { return {.which = {records_.ids()}, .from = from}; }

  log::MemoryRecords& records_;
};

class TwoMachines {
 public:
  TwoMachines() {
    fs::create_directories(path() / "keys");
    BOOST_REQUIRE(engine::Project::create(here, ids_.lineage, effects()));
    const auto project = good(engine::Project::open(here, effects()));
    BOOST_REQUIRE(project->owner().ask(creation(project->keys().name), "anna").outcome ==
                  engine::Outcome::accepted);
    BOOST_REQUIRE(project->close());
  }

  engine::Effects effects() { return workshop_.effects(); }

 private:
  engine::ProjectPlace place(const std::string& machine) {
    fs::create_directories(path() / machine);
    return {path() / machine / ids_.project.text(), path() / "keys", ids_.project,
            std::make_shared<SharedLog>(records_), engine::blobs_in((path() / "blobs").string())};
  }
  fb::CommandT creation(const NameKey& names) {
    fb::ProjectCreatedT action;
    action.lineage = ids_.lineage;
    action.title = name_text(names, "Gym");
    const auto id = engine::new_id<CommandId>(effects());
    return command_of(id, engine::new_id<SessionId>(effects()), {action_of(std::move(action))});
  }
  const fs::path& path() const { return workshop_.path(); }

  Workshop workshop_;
  SeededRandom random_{11};
  log::LogIds ids_{engine::new_id<ProjectId>(effects()), engine::new_id<LineageId>(effects())};
  log::MemoryRecords records_{ids_, random_};

 public:
  const engine::ProjectPlace here = place("here");
  const engine::ProjectPlace there = place("there");
};

}  // namespace qualog::test
