// SPDX-License-Identifier: Apache-2.0
// A story: several lives of one file log on a simulated disk, each ended by a crash, a power cut or
// a close, and what must be true when the next one opens it: nothing that was acknowledged is lost
// or out of order, nothing that was called not applied is there, nothing is there twice, groups are
// whole, and no good log is refused.
#pragma once

#include "engine/log/log.h"
#include "tests/crash/sim_disk.h"
#include "tests/crash/weak_files.h"
#include "tests/engine/log/log_support.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace qualog::test {

// How one life goes. Operations are counted from its beginning; 0: never.
struct Life {
  std::uint64_t dies_in = 0;
  std::uint64_t sync_fails_in = 0;
  std::uint64_t syncs_fail_again = 0;
  std::uint64_t write_fails_in = 0;
  std::uint64_t acts = 6;
  bool power_cut = false;  // at its end; otherwise the process ends and the machine lives
};

class Story {
 public:
  Story(std::uint64_t acts_seed, std::uint64_t disk_seed, Weakness weakness);

  // Opens the log (creates it the first time), checks it, appends, and ends. What is wrong, if so.
  std::optional<std::string> live(const Life& life);
  SimDisk& disk() { return disk_; }
  std::uint64_t power_cuts() const { return power_cuts_; }
  std::size_t certain() const { return certain_.size(); }

 private:
  using Wrong = std::optional<std::string>;

  Wrong open();
  Wrong create();
  Wrong open_failed(const Error& error) const;
  Wrong read_as_reader();
  Wrong check(std::vector<std::string> events, std::vector<std::string> asides);
  Wrong check_groups(const std::vector<std::string>& events) const;
  void act();
  void append_one();
  void append_aside();
  void append_group();
  std::string word(char kind);
  void told(const log::Appended& appended, const std::vector<std::string>& events,
            const std::vector<std::string>& asides);
  bool faulty() const { return disk_.dead() || faults_; }

  SeededRandom random_;
  Rng rng_;
  SimDisk disk_;
  WeakFiles files_;
  std::unique_ptr<log::Log> log_;
  bool created_ = false;
  bool faults_ = false;
  std::uint64_t words_ = 0;
  std::uint64_t power_cuts_ = 0;
  std::vector<std::string> certain_;  // acknowledged or read after an open, in order
  std::vector<std::string> certain_asides_;
  std::set<std::string> never_;  // called not applied
  // A state that was folded up to a place: evidence for an open, and where to read from.
  struct Folded {
    log::Applied applied;
    std::size_t events = 0;
    std::size_t asides = 0;
  };
  std::optional<Folded> folded_;
  std::optional<std::vector<std::string>> read_before_;  // by a reader, before this open
};

}  // namespace qualog::test
