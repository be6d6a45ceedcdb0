// SPDX-License-Identifier: Apache-2.0
// Node: one opening of the project by one owner: a log, a state in memory, and the owner's turns,
// all as in the product; only its threads and its files are ours. A node that is held up keeps its
// queue and goes on later, perhaps behind another owner's fence. One thread.
#pragma once

#include "engine/folding.h"
#include "engine/owner/turns.h"
#include "tests/simulation/check/truth.h"
#include "tests/simulation/host/storage.h"
#include "tests/simulation/host/watched_log.h"

#include <deque>
#include <memory>

namespace qualog::simulation {

// A state at a place of the log, as a machine keeps it over a crash.
struct Checkpoint {
  projector::MemoryStore rows;
  log::Applied applied;
};

// Rows that a planted bug loses.
class NodeRows final : public projector::Overlay {
 public:
  NodeRows(const projector::Reader* base, const HostBugs& bugs)
      : projector::Overlay(base), bugs_(bugs) {}
  void put(projector::Table table, ByteView key, ByteView value) override;
  void erase(projector::Table table, ByteView key) override;

 private:
  const HostBugs& bugs_;
  std::uint64_t puts_ = 0;
};

struct NodePlace {
  Storage& storage;
  Truth& truth;
  const engine::LineageKeys* keys;
  Clock& clock;
  const HostBugs& bugs;
  engine::OwnerOptions options;
};

class Node final : private engine::FoldedState {
 public:
  // `from`: where its state stands, if it has one. Errors: those of opening a log.
  static Result<std::unique_ptr<Node>> open(const NodePlace& place,
                                            std::shared_ptr<const Checkpoint> from,
                                            engine::Subscriber subscriber);
  ~Node() override = default;

  void submit(engine::Submission submission) { queue_.push_back(std::move(submission)); }
  bool has_work() const { return !queue_.empty(); }
  // Decides and answers all that waits.
  void turn();
  // False: it can do no more than be opened again.
  bool works() const { return log_->writable() && !turns_->broken(); }
  const projector::Overlay& state() const { return *rows_; }
  std::shared_ptr<const Checkpoint> checkpoint() const;
  log::Head settled() const { return log_->settled(); }
  void maintain() { log_->maintain(); }
  void close() { (void)log_->close(); }

 private:
  class Opening;

  Node(const NodePlace& place, std::shared_ptr<const Checkpoint> from);
  void forget(projector::Table table);
  Result<projector::Overlay*> rows() override { return rows_.get(); }
  Result<void> reached(const log::Applied& place, std::size_t items) override;

  std::shared_ptr<const Checkpoint> from_;
  std::unique_ptr<NodeRows> rows_;
  log::Applied applied_;
  std::unique_ptr<log::Log> log_;
  std::unique_ptr<engine::Turns> turns_;
  std::deque<engine::Submission> queue_;
};

}  // namespace qualog::simulation
