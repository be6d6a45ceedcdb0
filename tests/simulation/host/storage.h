// SPDX-License-Identifier: Apache-2.0
// Storage: where a simulated project's log lies: the file log on a disk that can lose power and
// fail, or the topic log on records that land late, twice or never. What it does to whom is said by
// the plan. One thread.
#pragma once

#include "engine/log/file_log.h"
#include "engine/log/memory_log.h"
#include "tests/crash/sim_disk.h"
#include "tests/simulation/host/faults.h"
#include "tests/simulation/plan.h"
#include "tests/support/effects.h"

#include <memory>

namespace qualog::simulation {

class Storage {
 public:
  Storage(const Plan& plan, const HostBugs& bugs);

  bool on_files() const { return on_files_; }
  const log::LogIds& ids() const { return ids_; }
  // Makes the log where there is none. Errors: those of the backend.
  Result<std::unique_ptr<log::Log>> open(log::Place from,
                                         const std::optional<log::Applied>& trusted,
                                         log::Sink& sink);
  // As a reader beside whoever owns it.
  Result<log::ReadSummary> read(log::Sink& sink);

  // One fault, by chance; gives whether the process dies of it.
  void fail_sync(Dice& dice);
  void fail_write(Dice& dice);
  void die_soon(Dice& dice);
  bool dead() const { return disk_.dead(); }
  void end_process();
  void cut_power();
  // From now on nothing fails any more; what is under way lands.
  void calm();
  // Whether a fault may still explain a failure.
  bool faulty() const { return faulty_; }

 private:
  bool on_files_;
  const HostBugs& bugs_;
  log::LogIds ids_;
  test::SeededRandom random_;
  test::SeededRandom adversary_;
  test::SimDisk disk_;
  test::WeakFiles files_;
  log::MemoryRecords records_;
  bool faulty_ = false;
  bool made_ = false;
};

}  // namespace qualog::simulation
