// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/host/storage.h"

#include "engine/log/reading.h"

namespace qualog::simulation {

namespace {

const std::string kDirectory = "/log";
// Small, so that a short history has several segments.
constexpr log::SegmentSizes kSizes{.first = 16 * 1024, .last = 64 * 1024};

}  // namespace

Storage::Storage(const Plan& plan, const HostBugs& bugs)
    : on_files_(plan.on_files),
      bugs_(bugs),
      ids_(test::test_ids()),
      random_(plan.seed),
      adversary_(plan.seed + 1),
      disk_(plan.seed + 2),
      files_(disk_, bugs.disk),
      records_(ids_, adversary_) {
  const auto& odds = plan.topic_odds;
  records_.set_odds({.unanswered = odds[0],
                     .late = odds[1],
                     .drop = odds[2],
                     .twice = odds[3],
                     .retried = odds[3],
                     .unplaced = odds[0],
                     .land_held = 20});
}

Result<std::unique_ptr<log::Log>> Storage::open(log::Place from,
                                                const std::optional<log::Applied>& trusted,
                                                log::Sink& sink) {
  if (!on_files_) {
    const log::TopicPlan plan{
        .which = {ids_}, .from = from, .trusted = trusted, .obligations = bugs_.obligations};
    if (records_.landed().empty())
      return log::create_topic_log(log::shared(records_), plan, random_);
    QUALOG_ASSIGN(auto opened, log::open_topic_log(log::shared(records_), plan, random_, sink));
    return std::move(opened.log);
  }
  auto opened = log::open_file_log(files_, kDirectory, from, trusted, random_, sink, kSizes);
  if (opened) return std::move(opened->log);
  if (opened.error().code != Code::not_found || made_) return opened.error();
  auto made = log::create_file_log(files_, kDirectory, ids_.project, ids_.lineage, random_, kSizes);
  made_ = made_ || made.has_value();
  return made;
}

Result<log::ReadSummary> Storage::read(log::Sink& sink) {
  if (on_files_) return log::read_file_log(files_, kDirectory, {}, sink);
  const log::TopicPlan plan{.which = {ids_}};
  return log::read_topic_log(records_, plan, sink);
}

void Storage::fail_sync(Dice& dice) {
  if (!on_files_) return;
  faulty_ = true;
  const auto again = dice.one_in(4) ? dice.from_to(1, 2) : 0;
  disk_.fail_sync(dice.from_to(1, 3), again);
}

void Storage::fail_write(Dice& dice) {
  if (!on_files_) return;
  faulty_ = true;
  const std::uint64_t again = dice.one_in(4) ? 1 : 0;
  disk_.fail_write(dice.from_to(1, 3), again);
}

void Storage::die_soon(Dice& dice) {
  if (on_files_) disk_.die_in(dice.from_to(1, 6));
}

void Storage::end_process() {
  if (on_files_) disk_.restart_process();
  faulty_ = false;
}

void Storage::cut_power() {
  if (on_files_) disk_.cut_power();
  faulty_ = false;
}

void Storage::calm() {
  records_.set_odds({});
  records_.land_held(~std::size_t{0});
  faulty_ = false;
  if (!on_files_) return;
  disk_.heal();
  // Not even the death that was to come: who died now would be opened by nobody.
  disk_.die_in(0);
}

}  // namespace qualog::simulation
