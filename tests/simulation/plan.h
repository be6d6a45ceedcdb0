// SPDX-License-Identifier: Apache-2.0
// Plan: what a seed decides before anything happens: how many people with which habits, which
// actions they like, what their network, their clock and their disk do to them. Every seed is
// another world (swarm testing): what is never sent in one is half of another. Pure.
#pragma once

#include "schema/fbs/action_generated.h"
#include "tests/simulation/dice.h"

#include <array>
#include <set>
#include <string>
#include <vector>

namespace qualog::simulation {

// Chances in percent of one step, unless said otherwise.
struct Habits {
  unsigned several_actions = 0;  // in one command
  unsigned old_look = 0;         // `seen` lies behind
  unsigned no_look = 0;
  unsigned newest_look = 0;
  unsigned builds_on = 0;  // `after`
  unsigned repeats = 0;    // sends a command again that has its answer
  unsigned other_bytes = 0;
  unsigned new_session = 0;
  unsigned pauses = 0;
  unsigned nonsense = 0;  // items of another kind, numbers out of range
};

struct NetworkHabits {
  unsigned loses = 0;  // a message
  unsigned loses_answer = 0;
  unsigned reorders = 0;
  unsigned copies_max = 1;  // of one message
  unsigned waits = 0;       // a message stays under way for another step
};

// Chances in a thousand steps.
struct Faults {
  unsigned crash = 0;
  unsigned power_cut = 0;
  unsigned failing_sync = 0;
  unsigned failing_write = 0;
  unsigned second_owner = 0;  // while the first is held up
  unsigned clock_jump = 0;
  unsigned reopen = 0;  // an orderly close
};

struct Plan {
  std::uint64_t seed = 0;
  bool on_files = false;
  std::size_t clients = 1;
  std::size_t people = 1;
  std::size_t steps = 0;
  std::int64_t lease_timeout_us = 0;
  std::uint64_t step_us_max = 0;
  std::size_t record_bytes = 0;              // a larger group takes several records
  std::array<std::uint32_t, 256> weights{};  // by action
  bool common_only = false;                  // of the actions that the model knows
  Habits habits;
  NetworkHabits network;
  Faults faults;
  std::array<unsigned, 4> topic_odds{};  // unanswered, late, drop, twice
  std::set<std::size_t> left_out;        // steps that a shortened history does not take
};

// Of these the model speaks, and beside them it may speak.
bool is_common(fb::Action action);

Plan plan_of(std::uint64_t seed);

// "person-3"; the founder is person 0.
std::string person(std::size_t number);

}  // namespace qualog::simulation
