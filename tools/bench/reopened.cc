// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/reopened.h"

#include "engine/folding.h"
#include "engine/log/file_log.h"
#include "projector/state/open.h"
#include "schema/assert.h"

namespace qualog::tools {

Reopened::Reopened(const std::filesystem::path& directory)
    : directory_(directory),
      state_(std::move(projector::open_state(directory / "state").value().environment)) {
  const auto applied = engine::applied_of(*projector::ReadTransaction::begin(*state_).value());
  engine::StateFolding folding(*state_);
  log_ = log::open_file_log(files_, (directory / "log").string(),
                            applied ? applied->place : log::Place{}, applied, random_, folding)
             .value()
             .log;
  folding.finish().value();
  const auto last_time = projector::clock_of(*projector::ReadTransaction::begin(*state_).value());
  owner_ = std::make_unique<engine::Owner>(*log_, *state_, keys_, clock_, last_time);
}

Reopened::~Reopened() {
  owner_.reset();
  log_->close().value();
  projector::close_state(std::move(state_), directory_ / "state").value();
}

void Reopened::answer(std::size_t commands) {
  const auto session = study_.new_session();
  for (std::size_t number = 0; number < commands; ++number) {
    const auto answer = owner_->ask(study_.code(session), "ada");
    QUALOG_ASSERT(answer.outcome == engine::Outcome::accepted);
  }
}

}  // namespace qualog::tools
