// SPDX-License-Identifier: Apache-2.0
// Folding: a log read into a state. Whole groups only: what is open is kept apart and dropped when
// it is discarded. Commits every 64 k events with the place in the log that they reach. One thread;
// the state is written by another beside it, while the log is read on.
#pragma once

#include "engine/log/log.h"
#include "engine/write_behind.h"
#include "projector/fold/fold.h"
#include "projector/overlay.h"

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
  explicit StateFolding(projector::Environment& environment) : state_(environment) {}

  Result<void> event(Sequence sequence, ByteView bytes) override;
  Result<void> aside(AsideNumber number, Sequence after, ByteView bytes) override;
  Result<void> settled(const log::Place& place, const log::Head& head) override;
  void discarded() override;

  // Commits what is settled; call it when the reading has ended.
  Result<void> finish();

 private:
  // The rows of the group that is not settled yet.
  struct Open {
    projector::Overlay rows;
    projector::Fold fold{rows};

    explicit Open(projector::Overlay* below) : rows(below) {}
  };
  Result<Open*> open();

  WriteBehind state_;
  std::unique_ptr<Open> open_;
  std::size_t items_ = 0;  // folded since the last transaction
};

}  // namespace qualog::engine
