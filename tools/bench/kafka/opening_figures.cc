// SPDX-License-Identifier: Apache-2.0
// Opening on Kafka: a project whose owner was killed, taken over by a machine that has a state of
// it; and the state of a machine that has none, against the same events in an embedded log.
#include "engine/log/file_store.h"
#include "engine/log/kafka/kafka_store.h"
#include "schema/assert.h"
#include "tools/bench/clients.h"
#include "tools/bench/kafka/doomed_owner.h"
#include "tools/bench/kafka/figures.h"
#include "tools/bench/kafka/ground.h"
#include "tools/bench/rebuild.h"
#include "tools/probe/floors.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {

constexpr std::size_t kTakeovers = 6;
constexpr std::size_t kTakeoverEvents = 10'000;
constexpr std::size_t kAnswersBeforeDeath = 100;
constexpr std::size_t kCatchUps = 3;
constexpr std::size_t kCatchUpEvents = 1'000'000;
constexpr std::size_t kInGroup = 50'000;

// Two machines with a namespace and a key store in common, and a project.
class Machines {
 public:
  explicit Machines(const std::filesystem::path& directory) : directory_(directory) {
    random_.fill(project_.bytes);
    random_.fill(lineage_.bytes);
    for (const char* part : {"keys", "ours", "other"})
      std::filesystem::create_directories(directory / part);
  }

  // With clients of its own, as a program has that was just started.
  engine::ProjectPlace place_on(const char* machine) const {
    const auto cluster = std::make_shared<log::KafkaCluster>(kafka_plan());
    return {directory_ / machine / "project", directory_ / "keys", project_,
            std::make_shared<log::KafkaStore>(cluster, project_)};
  }
  engine::Effects effects() { return {clock_, random_}; }
  const LineageId& lineage() const { return lineage_; }

 private:
  std::filesystem::path directory_;
  SystemClock clock_;
  SystemRandom random_;
  ProjectId project_;
  LineageId lineage_;
};

void ask(engine::Project& project, fb::CommandT command) {
  const auto answer = project.owner().ask(std::move(command), "ada");
  QUALOG_ASSERT(answer.outcome == engine::Outcome::accepted);
}

void make_project(Machines& machines, std::size_t events) {
  const auto place = machines.place_on("ours");
  engine::Project::create(place, machines.lineage(), machines.effects()).value();
  const auto project = engine::Project::open(place, machines.effects()).value();
  Study study(project->keys());
  for (auto& command : study.beginning(machines.lineage())) ask(*project, std::move(command));
  ask(*project, study.codings(study.new_session(), events));
  project->close().value();
}

// Seconds from nothing to the first answer.
double take_over(Machines& machines) {
  std::optional<engine::ProjectPlace> place;
  std::unique_ptr<engine::Project> project;
  const double seconds = seconds_of([&] {
    place = machines.place_on("ours");
    project = engine::Project::open(*place, machines.effects()).value();
    Study study(project->keys());
    ask(*project, study.code(study.new_session()));
  });
  project->close().value();
  return seconds;
}

}  // namespace

std::vector<Figure> kafka_takeover_figures(const Extent& extent) {
  constexpr double kMost = 1;
  Machines machines(extent.scratch);
  std::vector<DoomedOwner> owners;
  for (std::size_t run = 0; run < kTakeovers; ++run)
    owners.emplace_back([&] { return machines.place_on("other"); });
  make_project(machines, extent.of(kTakeoverEvents));
  std::vector<double> times;
  for (auto& owner : owners) {
    owner.own_and_die(extent.of(kAnswersBeforeDeath));
    times.push_back(take_over(machines));
  }
  const auto time = spread_of(times);
  return {{"Kafka: takeover of a killed owner's project", time.median, "s", "<= 1",
           time.median <= kMost, time.low, time.high,
           fmt::format("{} events, a state of them here, first answer included",
                       extent.of(kTakeoverEvents))}};
}

std::vector<Figure> kafka_catch_up_figures(const Extent& extent) {
  constexpr double kLeast = 0.6;
  const auto events = extent.of(kCatchUpEvents), in_group = extent.of(kInGroup);
  KafkaGround ground;
  Workbench bench(extent.scratch / "on kafka", ground.make_log());
  Workbench embedded(extent.scratch / "embedded");
  fill(bench, events, in_group);
  fill(embedded, events, in_group);
  std::vector<double> ratios;
  std::string note;
  for (std::size_t run = 0; run < kCatchUps; ++run) {
    log::KafkaStore far(std::make_shared<log::KafkaCluster>(kafka_plan()), bench.project());
    log::FileStore near((embedded.directory() / "log").string(), embedded.project());
    const double ours = rebuild(far, extent.scratch), best = rebuild(near, extent.scratch);
    ratios.push_back(best / ours);
    note = fmt::format("{:.2f} s, embedded {:.2f} s, {} events", ours, best, events);
  }
  const auto ratio = spread_of(ratios);
  return {{"Kafka: catch-up of a new machine", ratio.median, "x rebuild, embedded", ">= 0.6",
           ratio.median >= kLeast, ratio.low, ratio.high, note}};
}

}  // namespace qualog::tools
