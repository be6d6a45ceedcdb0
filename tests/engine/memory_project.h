// SPDX-License-Identifier: Apache-2.0
// MemoryProject: an owner over the adversarial memory log and a real state environment, to be
// stopped, opened again and folded anew at will. Wrappers stand between owner and log where a test
// wants to hold, see or break what is appended. The test's thread and the owner's take turns.
#pragma once

#include "engine/folding.h"
#include "engine/log/memory_log.h"
#include "engine/owner/owner.h"
#include "projector/digest.h"
#include "tests/engine/log/temporary_directory.h"
#include "tests/support/actions.h"
#include "tests/support/effects.h"

#include <filesystem>
#include <map>

namespace qualog::test {

// Controls: one promise broken between owner and log. A harness that does not notice any one of
// these proves nothing.
enum class Breach {
  None,
  AnswersEarly,    // `durable` before the record is: the append's answer is not waited for
  DeniesUnknown,   // `unknown` is called `not_applied`
  AffirmsUnknown,  // `unknown` is called `durable`
  SplitsGroups,    // each record of a group settles by itself
  ForgetsIds,      // who opens again knows no command id: a retry has no id check
};

// Holds append() until it is let through; breaks what it is told to break.
class GatedLog final : public log::Log {
 public:
  GatedLog(std::unique_ptr<log::Log> inner, Breach breach)
      : inner_(std::move(inner)), breach_(breach) {}

  void close_gate();
  void open_gate();
  // Returns once the owner waits at the closed gate.
  void wait_for_append();
  std::size_t appends() const { return appends_; }
  // From now on this is settled: another owner has written behind what the owner appends next.
  void pretend_settled(const log::Applied& settled) { pretended_ = settled; }

  log::Appended append(const log::Batch& batch) override;
  log::Appended seal(const log::Seal& seal) override { return inner_->seal(seal); }
  Result<void> abandon_group() override { return inner_->abandon_group(); }
  log::Head head() const override { return inner_->head(); }
  log::Head settled() const override { return pretended_ ? pretended_->head : inner_->settled(); }
  log::Place settled_place() const override {
    return pretended_ ? pretended_->place : inner_->settled_place();
  }
  bool writable() const override { return inner_->writable(); }
  void maintain() override { inner_->maintain(); }
  Result<void> close() override { return inner_->close(); }

 private:
  std::unique_ptr<log::Log> inner_;
  Breach breach_;
  std::optional<log::Applied> pretended_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool closed_ = false;
  bool waiting_ = false;
  std::atomic<std::size_t> appends_{0};
};

class MemoryProject {
 public:
  explicit MemoryProject(std::uint64_t seed = 1, Breach breach = Breach::None);
  ~MemoryProject() { close(); }

  // Opens as owner; `from_nothing`: with an empty state. False: the log could not be opened.
  bool open(bool from_nothing = false);
  void close();

  engine::Owner& owner() { return *owner_; }
  GatedLog& log() { return *log_; }
  log::MemoryRecords& records() { return records_; }
  projector::Environment& state() { return *state_; }
  FakeClock& clock() { return clock_; }
  const engine::LineageKeys& keys() const { return keys_; }

  engine::Answer ask(const fb::CommandT& command, std::string_view principal = "ann") {
    return owner_->ask(copy(command), std::string(principal));
  }
  // Queues it; the answer comes later.
  std::future<engine::Answer> send(const fb::CommandT& command, std::string_view principal = "ann");
  // A command with a number as its id; the same number gives the same id.
  static fb::CommandT command(std::uint64_t number, const Actions& actions);
  static ItemId item(std::uint64_t number);

  projector::Digests digests();
  // Of what the state shows at this moment, while a round may wait at the gate.
  projector::Digests digests_shown();
  std::unique_ptr<projector::ReadTransaction> read();
  // The log folded from its beginning into memory.
  projector::Digests folded();
  // Command id -> how many outcomes the log holds: lone events, groups and first asides; also
  // after all that is still held by the adversary has landed.
  std::map<CommandId, std::size_t> outcomes();

 private:
  log::MemoryRecords records_of_a_fair_log() const;
  void forget_ids();

  FakeClock clock_;
  SeededRandom random_;
  SeededRandom adversary_;
  engine::LineageKeys keys_;
  log::MemoryRecords records_;
  Breach breach_;
  TemporaryDirectory directory_;
  int environments_ = 0;
  std::unique_ptr<projector::Environment> state_;
  std::unique_ptr<GatedLog> log_;
  std::unique_ptr<engine::Owner> owner_;
};

}  // namespace qualog::test
