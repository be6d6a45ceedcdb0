// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/host/watched_log.h"

namespace qualog::simulation {

log::Appended WatchedLog::append(const log::Batch& batch) {
  if (breaks(bugs_.skips_record)) return {log::Outcome::durable, settled_place(), {}, {}};
  log::Batch sent = batch;
  if (bugs_.splits_groups) sent.more = false;
  if (group_.empty()) before_group_ = inner_->head();
  auto appended = inner_->append(sent);
  if (appended.outcome != log::Outcome::durable) {
    group_.clear();
    return as_told(std::move(appended));
  }
  if (breaks(bugs_.appends_twice)) (void)inner_->append(sent);
  group_.push_back(batch);
  if (sent.more) return appended;
  truth_.appended(before_group_, group_);
  group_.clear();
  return appended;
}

log::Appended WatchedLog::as_told(log::Appended appended) const {
  const bool unknown = appended.outcome == log::Outcome::unknown;
  if (bugs_.answers_early) appended.outcome = log::Outcome::durable;
  if (bugs_.affirms_unknown && unknown) appended.outcome = log::Outcome::durable;
  if (bugs_.denies_unknown && unknown) appended.outcome = log::Outcome::not_applied;
  return appended;
}

Result<void> WatchedLog::abandon_group() {
  group_.clear();
  return inner_->abandon_group();
}

}  // namespace qualog::simulation
