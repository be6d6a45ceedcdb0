// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/clients.h"

#include "schema/assert.h"
#include "tools/probe/floors.h"

#include <algorithm>

namespace qualog::tools {

std::vector<double> ask_in_turn(Workbench& bench, std::size_t commands) {
  const auto session = bench.study().new_session();
  std::vector<double> times;
  for (std::size_t number = 0; number < commands; ++number) {
    auto command = bench.study().coding(session);
    times.push_back(seconds_of([&] {
      const auto answer = bench.owner().ask(std::move(command), "ada");
      QUALOG_ASSERT(answer.outcome == engine::Outcome::accepted);
    }));
  }
  return times;
}

void fill(Workbench& bench, std::size_t codings, std::size_t in_group) {
  const auto session = bench.study().new_session();
  for (std::size_t made = 0; made < codings; made += in_group) {
    const auto answer = bench.owner().ask(bench.study().codings(session, in_group), "ada");
    QUALOG_ASSERT(answer.outcome == engine::Outcome::accepted);
  }
}

ClosedLoop::ClosedLoop(std::vector<Workbench*> benches, std::size_t sessions, std::size_t commands)
    : unsent_(commands), unanswered_(commands) {
  constexpr std::size_t kUneven = 4;
  const auto supply = std::min(commands, kUneven * (commands / benches.size() + 1));
  for (auto* bench : benches) {
    auto& project = projects_.emplace_back(Project{bench, {}});
    for (std::size_t number = 0; number < supply; ++number)
      project.commands.push_back(bench->study().coding({}));
  }
  for (std::size_t session = 0; session < sessions; ++session)
    sessions_.push_back(benches[session % benches.size()]->study().new_session());
  times_.reserve(commands);
}

std::vector<double> ClosedLoop::run() {
  for (std::size_t session = 0; session < sessions_.size(); ++session) send(session);
  std::unique_lock lock(mutex_);
  done_.wait(lock, [this] { return unanswered_ == 0; });
  return std::move(times_);
}

void ClosedLoop::send(std::size_t session) {
  auto& project = projects_[session % projects_.size()];
  fb::CommandT command;
  {
    const std::lock_guard lock(mutex_);
    if (unsent_ == 0) return;
    --unsent_;
    QUALOG_ASSERT(!project.commands.empty());
    command = std::move(project.commands.back());
    project.commands.pop_back();
  }
  command.session = sessions_[session];
  const Time begin = std::chrono::steady_clock::now();
  project.bench->owner().submit(
      {std::move(command), "ada", false,
       [this, session, begin](const engine::Answer& answer) { got(session, begin, answer); }});
}

void ClosedLoop::got(std::size_t session, Time begin, const engine::Answer& answer) {
  QUALOG_ASSERT(answer.outcome == engine::Outcome::accepted);
  const auto time = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  send(session);
  const std::lock_guard lock(mutex_);
  times_.push_back(time);
  if (--unanswered_ == 0) done_.notify_all();
}

}  // namespace qualog::tools
