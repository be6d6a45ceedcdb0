// SPDX-License-Identifier: Apache-2.0
#include "engine/folding.h"

#include "projector/state/applied.h"
#include "schema/codec.h"

namespace qualog::engine {

namespace {

constexpr std::size_t kEventsInTransaction = 64 * 1024;

}  // namespace

void put_applied(projector::Store& store, const log::Applied& applied) {
  const auto& head = applied.head;
  projector::put_applied(store, {applied.place.segment, applied.place.offset, head.next_event.value,
                                 head.next_aside.value, head.chain, head.aside_chain});
}

std::optional<log::Applied> applied_of(const projector::Reader& reader) {
  const auto row = projector::applied(reader);
  if (!row) return std::nullopt;
  return log::Applied{
      {row->segment, row->offset},
      {Sequence{row->next_event}, AsideNumber{row->next_aside}, row->chain, row->aside_chain}};
}

Result<void> fold_event(projector::Fold& fold, ByteView stored) {
  QUALOG_ASSIGN(const auto* event, event_view(stored));
  return fold.event(*event);
}

Result<void> fold_aside(projector::Fold& fold, ByteView stored) {
  QUALOG_ASSIGN(const auto* aside, aside_view(stored));
  return fold.aside(*aside, stored);
}

Result<void> MemoryFolding::event(Sequence, ByteView bytes) { return fold_event(fold_, bytes); }

Result<void> MemoryFolding::aside(AsideNumber, Sequence, ByteView bytes) {
  return fold_aside(fold_, bytes);
}

Result<void> MemoryFolding::settled(const log::Place& place, const log::Head& head) {
  settled_.absorb(open_);
  applied_ = {place, head};
  return {};
}

void MemoryFolding::discarded() { open_.clear(); }

Result<void> StateFolding::read_committed() {
  committed_.reset();
  QUALOG_ASSIGN(committed_, projector::ReadTransaction::begin(environment_));
  return {};
}

Result<StateFolding::Rows*> StateFolding::rows() {
  if (rows_) return rows_.get();
  const projector::Reader* base = being_written_ ? &being_written_->settled : nullptr;
  if (base == nullptr) {
    QUALOG_TRY(read_committed());
    base = committed_.get();
  }
  rows_ = std::make_unique<Rows>(base);
  return rows_.get();
}

Result<void> StateFolding::event(Sequence, ByteView bytes) {
  QUALOG_ASSIGN(Rows * now, rows());
  ++now->events;
  return fold_event(now->fold, bytes);
}

Result<void> StateFolding::aside(AsideNumber, Sequence, ByteView bytes) {
  QUALOG_ASSIGN(Rows * now, rows());
  ++now->events;
  return fold_aside(now->fold, bytes);
}

Result<void> StateFolding::settled(const log::Place& place, const log::Head& head) {
  QUALOG_ASSIGN(Rows * now, rows());
  now->settled.absorb(now->open);
  now->touched = true;
  applied_ = {place, head};
  return now->events < kEventsInTransaction ? Result<void>{} : write_behind();
}

void StateFolding::discarded() {
  if (rows_) rows_->open.clear();
}

namespace {
Result<void> write_all(projector::Environment& environment, const projector::Overlay& rows) {
  QUALOG_ASSIGN(auto txn, projector::WriteTransaction::begin(environment));
  rows.write_to(*txn);
  return txn->commit();
}
}  // namespace

// One set of rows is written at a time; what is folded meanwhile lies over it.
Result<void> StateFolding::write_behind() {
  if (committed_ && !committed_->damage().empty()) return fail(Code::damaged, committed_->damage());
  QUALOG_TRY(wait_until_written());
  put_applied(rows_->settled, applied_);
  being_written_ = std::move(rows_);
  written_ = std::async(std::launch::async, [this, settled = &being_written_->settled] {
    return write_all(environment_, *settled);
  });
  return {};
}

Result<void> StateFolding::wait_until_written() {
  if (!being_written_) return {};
  QUALOG_TRY(written_.get());
  QUALOG_TRY(read_committed());
  if (rows_) rows_->settled.rest_on(committed_.get());
  being_written_.reset();
  return {};
}

Result<void> StateFolding::finish() {
  if (rows_ && rows_->touched) QUALOG_TRY(write_behind());
  QUALOG_TRY(wait_until_written());
  rows_.reset();
  committed_.reset();
  return {};
}

}  // namespace qualog::engine
