// SPDX-License-Identifier: Apache-2.0
// Folding: a log read into a state. Whole groups only: what is open is kept apart and dropped when
// it is discarded. Commits every 64 k events with the place in the log that they reach. One thread;
// the state is written by another beside it, while the log is read on.
#pragma once

#include "engine/log/log.h"
#include "projector/fold/fold.h"
#include "projector/lmdb/environment.h"
#include "projector/overlay.h"

#include <future>
#include <memory>

namespace qualog::engine {

// Where the state stands in the log, as a row of the state.
void put_applied(projector::Store& store, const log::Applied& applied);
std::optional<log::Applied> applied_of(const projector::Reader& reader);

// Folds verified items. Errors: damaged (the item is not a sound one), too_new.
Result<void> fold_event(projector::Fold& fold, ByteView stored);
Result<void> fold_aside(projector::Fold& fold, ByteView stored);

// Folds into memory, over a base that may be a read transaction: what a reader sees.
class MemoryFolding final : public log::Sink {
 public:
  // `applied`: where the base stands.
  explicit MemoryFolding(const projector::Reader* base, log::Applied applied = {})
      : settled_(base), open_(&settled_), applied_(std::move(applied)) {}

  Result<void> event(Sequence sequence, ByteView bytes) override;
  Result<void> aside(AsideNumber number, Sequence after, ByteView bytes) override;
  Result<void> settled(const log::Place& place, const log::Head& head) override;
  void discarded() override;

  projector::Overlay& state() { return settled_; }
  const log::Applied& applied() const { return applied_; }

 private:
  projector::Overlay settled_;
  projector::Overlay open_;
  projector::Fold fold_{open_};
  log::Applied applied_;
};

// Folds into an environment.
class StateFolding final : public log::Sink {
 public:
  explicit StateFolding(projector::Environment& environment) : environment_(environment) {}

  Result<void> event(Sequence sequence, ByteView bytes) override;
  Result<void> aside(AsideNumber number, Sequence after, ByteView bytes) override;
  Result<void> settled(const log::Place& place, const log::Head& head) override;
  void discarded() override;

  // Commits what is settled; call it when the reading has ended.
  Result<void> finish();

 private:
  // The rows of one transaction to come, over what is committed or over the rows being written.
  struct Rows {
    projector::Overlay settled;
    projector::Overlay open;
    projector::Fold fold;
    std::size_t events = 0;
    bool touched = false;

    explicit Rows(const projector::Reader* base) : settled(base), open(&settled), fold(open) {}
  };
  Result<Rows*> rows();
  Result<void> write_behind();
  Result<void> wait_until_written();
  Result<void> read_committed();

  projector::Environment& environment_;
  std::unique_ptr<projector::ReadTransaction> committed_;
  std::unique_ptr<Rows> being_written_;  // nobody changes them any more
  std::unique_ptr<Rows> rows_;
  std::future<Result<void>> written_;
  log::Applied applied_;
};

}  // namespace qualog::engine
