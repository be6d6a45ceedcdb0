// SPDX-License-Identifier: Apache-2.0
// WriteBehind: a state, and the rows that are on their way to it. What is folded is gathered in
// memory, over the state; handed over, it is written in one transaction and in key order by a
// thread of its own, while more is gathered over it. A crash loses what is not yet written and
// never the log, from which it is folded again. The thread belongs here, to the edge where the
// fold meets the environment: decide and fold know none.
// Threads: one calls; another, of this object, writes.
#pragma once

#include "engine/log/log.h"
#include "projector/lmdb/environment.h"
#include "projector/overlay.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace qualog::engine {

class WriteBehind {
 public:
  // The environment outlives this, and nobody else writes to it.
  explicit WriteBehind(projector::Environment& environment) : environment_(environment) {}
  // Waits for what was handed over; what was not is dropped.
  ~WriteBehind();

  // Where to fold: all that was folded before, over the state. Valid until write() or finish().
  // Errors: what was handed over could not be written (no_space, io, damaged), and so from then on.
  Result<projector::Overlay*> state();
  // What state() holds is the fold of the log up to here, which is durable. No savepoint is open.
  Result<void> reached(const log::Applied& place);
  // Hands over what was folded, after waiting for what was handed over before it, and lets go of
  // what is written. Errors: as state().
  Result<void> write();
  // True while handed-over rows are being written: write() would wait.
  bool writing() const;
  // Returns when all that was folded is in the state. Errors: as state().
  Result<void> finish();

 private:
  void loop();
  void hand_to_writer(const projector::Overlay& rows);
  Result<void> read_committed();
  Result<void> wait_until_written();

  projector::Environment& environment_;
  std::unique_ptr<projector::ReadTransaction> committed_;
  std::unique_ptr<projector::Overlay> being_written_;  // nobody changes it any more
  std::unique_ptr<projector::Overlay> gathered_;
  std::optional<log::Applied> reached_;  // by what is gathered; none: nothing is

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  const projector::Overlay* due_ = nullptr;  // what the writer has to write
  Result<void> written_;                     // how the last writing ended
  bool stopping_ = false;
  std::thread writer_;  // from the first rows on
};

}  // namespace qualog::engine
