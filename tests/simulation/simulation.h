// SPDX-License-Identifier: Apache-2.0
// Simulation: one history of one project, from its first event to the last answer, decided by its
// seed alone. People act, messages travel, owners decide on the product's own code, machines fail;
// what must hold is checked as it happens (tests/simulation/README.md says what). Then all faults
// stop: everybody gets an answer, and everything is read and folded once more. One thread.
#pragma once

#include "tests/simulation/audit.h"
#include "tests/simulation/check/answers.h"
#include "tests/simulation/check/functions.h"
#include "tests/simulation/check/model.h"
#include "tests/simulation/check/rows.h"
#include "tests/simulation/crowd.h"
#include "tests/simulation/host/blob_area.h"
#include "tests/simulation/host/host.h"
#include "tests/simulation/network.h"

#include <memory>

namespace qualog::simulation {

class Simulation {
 public:
  // `bugs` is read throughout.
  Simulation(Plan plan, const HostBugs& bugs);

  std::optional<Violation> run();
  const Audit& audit() const { return audit_; }
  const Truth& truth() const { return truth_; }
  const Plan& plan() const { return plan_; }

 private:
  void begin();
  void step(std::size_t number);
  void submit(const Message& message, bool lossy, Dice dice);
  void answered(const Message& message, const engine::Answer& answer, bool newest, bool arrives);
  void came_to_be(const fb::CommandId* id);
  void count(const Message& message, const engine::Answer& answer);
  void pass_time(Dice& dice);
  void compare_states();
  // After the last step.
  void finish();
  void answer_everybody();
  void check_end();
  Truth::Witness witness();
  Rows::Looks looks() const;
  engine::OwnerOptions options() const;
  std::function<const fb::Command*(const CommandId&, const Digest&)> commands() const;
  Digest digest() const;
  bool failed() const { return verdicts_.first().has_value(); }

  const Plan plan_;
  const HostBugs& bugs_;
  engine::LineageKeys keys_;
  test::FakeClock clock_;
  Audit audit_;
  Verdicts verdicts_;
  Known known_;
  const std::shared_ptr<BlobArea> blobs_ = std::make_shared<BlobArea>();
  Truth truth_;
  Rows rows_;
  Functions functions_;
  Model model_;
  Answers answers_;
  Storage storage_;
  Host host_;
  Crowd crowd_;
  Network network_;
};

}  // namespace qualog::simulation
