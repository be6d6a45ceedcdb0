// SPDX-License-Identifier: Apache-2.0
// qualog mirror [PROJECT]: the rows of projects into a topic on Kafka, from where it stopped the
// last time, beside running owners.
#include "replay/mirror/mirror.h"

#include "engine/kafka_settings.h"
#include "replay/mirror/kafka_row_topic.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/stream/row_source.h"
#include "tools/qualog/stream/stop_signal.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/progress.h"
#include "tools/qualog/support/table.h"

#include <chrono>
#include <map>
#include <poll.h>
#include <set>

namespace qualog::tools {

namespace {

using Time = std::chrono::steady_clock;

// Between two looks at logs that had nothing more.
constexpr int kPauseMillisecondsMin = 5;
constexpr int kPauseMillisecondsMax = 100;
constexpr int kBrokersAgainMilliseconds = 1000;
constexpr auto kLookForProjects = std::chrono::seconds(5);

// Where --to points, or the cluster that has the logs.
Result<log::KafkaStreamPlan> plan_of(const Globals& globals, const MirrorOptions& options) {
  const std::string topic(stream::kRowSchema);
  log::KafkaStreamPlan plan{.topic = topic};
  QUALOG_ASSIGN(const auto own, engine::cluster_of(globals.data));
  if (!options.to.empty()) {
    QUALOG_ASSIGN(plan, log::parse_kafka_stream(options.to, topic));
  } else if (own) {
    plan.bootstrap = own->address.bootstrap;
  } else {
    return fail(Code::invalid, "where to? give --to kafka://HOST:PORT; see qualog mirror --help");
  }
  QUALOG_ASSIGN(auto file, engine::read_kafka_settings(options.settings));
  plan.settings = std::move(file.settings);
  if (own && options.settings.empty() && plan.bootstrap == own->address.bootstrap)
    plan.settings = own->settings;
  if (own && plan.bootstrap == own->address.bootstrap) plan.replicas = own->replication.replicas;
  plan.replicas = options.replicas.value_or(plan.replicas);
  plan.partitions = options.partitions.value_or(plan.partitions);
  return plan;
}

std::string counted(std::uint64_t count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

class Mirroring {
 public:
  Mirroring(const Globals& globals, const MirrorOptions& options)
      : globals_(globals), options_(options), kind_{options.with_text, options.pseudonyms} {}

  Result<Exit> run() {
    QUALOG_ASSIGN(plan_, plan_of(globals_, options_));
    QUALOG_ASSIGN(directory_, globals_.directory());
    if (!options_.project.empty()) {
      QUALOG_ASSIGN(const auto place, directory_->find(options_.project));
      named_ = place.id;
    }
    QUALOG_TRY(begin());
    QUALOG_TRY(options_.follow ? follow() : catch_up());
    report_how_far();
    return options_.follow ? Exit::interrupted : worst_;
  }

 private:
  Result<void> catch_up() {
    for (bool more = true; more;) {
      QUALOG_ASSIGN(more, turn());
    }
    return mirror_->finish();
  }

  // Brokers come back: what they had not taken is sent again.
  Result<void> follow() {
    stop_on_signal();
    while (!stopped()) {
      auto went = mirror_ ? go_on() : begin();
      if (went) continue;
      if (went.error().code != Code::unreachable) return went;
      say("{}; trying again", one_line(went.error().message));
      mirror_.reset();
      ::poll(nullptr, 0, kBrokersAgainMilliseconds);
    }
    return mirror_ ? mirror_->finish() : Result<void>{};
  }

  Result<void> go_on() {
    auto look = Time::now() + kLookForProjects;
    int pause = kPauseMillisecondsMin;
    while (!stopped()) {
      const auto before = rows_;
      QUALOG_ASSIGN(const bool more, turn());
      pause = rows_ > before ? kPauseMillisecondsMin : std::min(2 * pause, kPauseMillisecondsMax);
      if (!more) rest(pause);
      if (Time::now() < look) continue;
      QUALOG_TRY(take_up_all());
      look = Time::now() + kLookForProjects;
    }
    return {};
  }

  void rest(int milliseconds) {
    if (!std::exchange(caught_up_, true)) {
      report_how_far();
      std::fflush(stdout);
    }
    ::poll(nullptr, 0, milliseconds);
  }

  Result<void> begin() {
    failed_.reset();
    QUALOG_ASSIGN(topic_, mirror::KafkaRowTopic::open(*plan_));
    mirror_.emplace(
        *topic_, kind_, [this](const auto& place) { return rows_of(place); },
        [this](const auto& place, const auto& why) { befall(place, why); });
    QUALOG_TRY(mirror_->begin());
    return take_up_all();
  }

  Result<void> take_up_all() {
    QUALOG_ASSIGN(const auto places, places_wanted());
    for (const auto& place : places) mirror_->take_up(place);
    return failed_ ? Result<void>(*failed_) : Result<void>{};
  }

  Result<std::vector<ProjectId>> wanted_ids() const {
    if (named_) return std::vector{*named_};
    return directory_->project_ids();
  }

  Result<std::vector<engine::ProjectPlace>> places_wanted() const {
    std::vector<engine::ProjectPlace> places;
    QUALOG_ASSIGN(const auto ids, wanted_ids());
    for (const auto& id : ids)
      if (!damaged_.contains(id)) places.push_back(directory_->place_of(id));
    return places;
  }

  // One look at the state tells who may read, and what its events have said.
  Result<stream::RowProjector> rows_of(const engine::ProjectPlace& place) {
    QUALOG_ASSIGN(const auto view, globals_.view(place));
    QUALOG_ASSIGN(auto wanted, row_options(place, projector::lineage_of(view->state()), kind_));
    left_out_.erase(place.id);
    return stream::RowProjector(place.id, std::move(wanted), stream::Known::of(view->state()));
  }

  // False: nothing more for now.
  Result<bool> turn() {
    QUALOG_ASSIGN(const auto turn, mirror_->turn());
    if (failed_) return *failed_;
    rows_ += turn.rows;
    progress_(rows_, 0);
    return turn.more && !stopped();
  }

  // One project that was named must do. Of all, those that are not open to the actor and that went
  // elsewhere are left out; any other trouble is told once, and the others go on. What is damaged
  // is not read again and again.
  void befall(const engine::ProjectPlace& place, const Error& why) {
    if (named_) {
      failed_ = why;
    } else if (why.code == Code::forbidden || why.code == Code::moved) {
      left_out_.insert(place.id);
    } else if (std::exchange(told_[place.id], why.message) != why.message) {
      if (why.code == Code::damaged) damaged_.insert(place.id);
      const auto words = fmt::format("project {}: {}", place.id.text(), why.message);
      worst_ = std::max(worst_, report(globals_, fail(why.code, words)));
    }
  }

  void report_how_far() const {
    if (globals_.json)
      return print_line({{"topic", plan_->topic},
                         {"rows", rows_},
                         {"projects", mirror_ ? mirror_->projects() : 0},
                         {"left_out", left_out_.size()}});
    print("sent to topic {}: {}, of {}\n", plan_->topic, counted(rows_, "row"),
          counted(mirror_ ? mirror_->projects() : 0, "project"));
    if (!left_out_.empty())
      say("left out: {}, which {} may not read or which went elsewhere",
          counted(left_out_.size(), "project"), globals_.actor);
  }

  const Globals& globals_;
  const MirrorOptions& options_;
  mirror::RowKind kind_;
  std::optional<engine::DataDirectory> directory_;
  std::optional<log::KafkaStreamPlan> plan_;
  std::optional<ProjectId> named_;
  std::unique_ptr<mirror::KafkaRowTopic> topic_;
  std::optional<mirror::Mirror> mirror_;
  std::uint64_t rows_ = 0;
  bool caught_up_ = false;
  std::set<ProjectId> left_out_;
  std::set<ProjectId> damaged_;
  std::map<ProjectId, std::string> told_;  // of each the last trouble
  std::optional<Error> failed_;
  Exit worst_ = Exit::done;
  ProgressLine progress_{"mirroring"};
};

}  // namespace

Exit mirror(const Globals& globals, const MirrorOptions& options) {
  return finish(globals, Mirroring(globals, options).run());
}

}  // namespace qualog::tools
