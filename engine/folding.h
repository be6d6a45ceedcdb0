// SPDX-License-Identifier: Apache-2.0
// Folding: a log read into a state. Whole groups only: what is open is kept apart and dropped when
// it is discarded. Commits every few thousand events, with the place in the log that they reach.
// One thread; the state is written by another beside it, while the log is read on.
#pragma once

#include "engine/log/log.h"
#include "engine/write_behind.h"
#include "projector/fold/fold.h"
#include "projector/overlay.h"

#include <optional>

namespace qualog::engine {

// After so many items, and where a group ends, a reading of the log commits: as many as an owner
// gathers. The environment copies each page that a transaction changes into memory, and keeps that
// memory for the next: what is held grows with this number and not with the log.
inline constexpr std::size_t kItemsInTransaction = 4096;

// Where the state stands in the log, as a row of the state.
void put_applied(projector::Store& store, const log::Applied& applied);
std::optional<log::Applied> applied_of(const projector::Reader& reader);

// Folds verified items. Errors: damaged (the item is not a sound one), too_new.
Result<void> fold_event(projector::Fold& fold, ByteView stored);
Result<void> fold_aside(projector::Fold& fold, ByteView stored);

// The rows of the group being read, over what is settled.
class OpenGroup {
 public:
  explicit OpenGroup(projector::Overlay& rows) : begin_(rows), fold_(rows) {}
  projector::Fold& fold() { return fold_; }
  void keep() { begin_.keep(); }

 private:
  projector::Overlay::Savepoint begin_;
  projector::Fold fold_;
};

// Folds into memory, over a base that may be a read transaction: what a reader sees.
class MemoryFolding final : public log::Sink {
 public:
  // `applied`: where the base stands.
  explicit MemoryFolding(const projector::Reader* base, log::Applied applied = {})
      : state_(base), applied_(std::move(applied)) {}

  Result<void> event(Sequence sequence, ByteView bytes) override;
  Result<void> aside(AsideNumber number, Sequence after, ByteView bytes) override;
  Result<void> settled(const log::Place& place, const log::Head& head) override;
  void discarded() override;

  // While the reading is at rest: where no group is open.
  projector::Overlay& state() { return state_; }
  const log::Applied& applied() const { return applied_; }

 private:
  projector::Fold& fold();

  projector::Overlay state_;
  std::optional<OpenGroup> group_;
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
  Result<projector::Fold*> fold();

  WriteBehind state_;
  std::optional<OpenGroup> group_;
  std::size_t items_ = 0;  // folded since the last transaction
};

}  // namespace qualog::engine
