// SPDX-License-Identifier: Apache-2.0
// Clients of workbenches: one session that asks again when it is answered, or many that each have
// one command under way. Every command must be accepted. Times are in seconds.
#pragma once

#include "tools/bench/workbench.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

namespace qualog::tools {

// How long each answer took.
std::vector<double> ask_in_turn(Workbench& bench, std::size_t commands);

// Adds so many codings, in groups.
void fill(Workbench& bench, std::size_t codings, std::size_t in_group);

// Sessions that send the next command as soon as the last is answered, spread evenly over projects.
class ClosedLoop {
 public:
  // The commands are made beforehand: what a client spends on its own command is not the server's.
  ClosedLoop(std::vector<Workbench*> benches, std::size_t sessions, std::size_t commands);
  // Returns when all commands are answered; gives how long each answer took.
  std::vector<double> run();

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct Project {
    Workbench* bench;
    std::vector<fb::CommandT> commands;  // more than its share: projects are not equally fast
  };

  void send(std::size_t session);
  void got(std::size_t session, Time begin, const engine::Answer& answer);

  std::vector<Project> projects_;
  std::vector<SessionId> sessions_;
  std::mutex mutex_;
  std::condition_variable done_;
  std::size_t unsent_;
  std::size_t unanswered_;
  std::vector<double> times_;
};

}  // namespace qualog::tools
