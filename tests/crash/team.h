// SPDX-License-Identifier: Apache-2.0
// Team: what the clients of one data directory send and what they are told, over several lives of
// the program: it makes the data directory and the project, sends every command until the program
// takes no more, and ends. What must be true in every later life: what was made is there, what was
// answered is answered alike, every id has one outcome, a reader sees what the owner had.
// The whole engine is under test: directories, keys, log, state, marks, locks.
#pragma once

#include "engine/data_directory.h"
#include "tests/support/actions.h"
#include "tests/support/effects.h"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace qualog::test {

// What may go wrong in a life, and how it ends.
struct ProgramLife {
  bool is_faulty = false;  // operations fail: it may be said so, but nothing that is not so
  bool closes = false;     // it ends with a clean close
};

class Team {
 public:
  using Wrong = std::optional<std::string>;

  // `operations` counts those of the disk so far.
  explicit Team(std::function<std::size_t()> operations, std::uint64_t seed = 1);

  Wrong live(const std::filesystem::path& root, const ProgramLife& life = {});

  // A team that has learned no more than this one had after so many operations.
  Team as_of(std::size_t operations, std::function<std::size_t()> now) const;
  std::size_t answers() const { return known_.size(); }
  // How often it was told this.
  const std::map<engine::Outcome, std::size_t>& told() const { return told_; }

 private:
  struct Known {
    std::size_t operations = 0;
    std::string answer;
  };

  Wrong make_data_directory(const std::filesystem::path& path, bool is_faulty);
  Wrong make_project(const engine::DataDirectory& data, bool is_faulty);
  Wrong send_all(const engine::ProjectPlace& place, const ProgramLife& life);
  Wrong heard(const fb::CommandT& command, const engine::Answer& answer, bool is_faulty);
  Wrong check_reading(const engine::ProjectPlace& place, bool is_faulty) const;
  Wrong check_log(const engine::ProjectPlace& place) const;
  engine::Effects effects() { return {clock_, random_}; }

  std::function<std::size_t()> operations_;
  std::uint64_t seed_;
  FakeClock clock_;
  SeededRandom random_;
  std::optional<std::size_t> data_made_;  // the operations after which it was said to stand
  std::optional<std::size_t> project_made_;
  std::map<CommandId, Known> known_;
  std::map<engine::Outcome, std::size_t> told_;
  std::set<CommandId> denied_;  // not applied, and not sent again since
};

}  // namespace qualog::test
