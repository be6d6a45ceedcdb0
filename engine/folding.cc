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

Result<StateFolding::Work*> StateFolding::work() {
  if (!work_) {
    QUALOG_ASSIGN(auto txn, projector::WriteTransaction::begin(environment_));
    work_ = std::make_unique<Work>(std::move(txn));
  }
  return work_.get();
}

Result<void> StateFolding::event(Sequence, ByteView bytes) {
  QUALOG_ASSIGN(Work * now, work());
  ++now->events;
  return fold_event(now->fold, bytes);
}

Result<void> StateFolding::aside(AsideNumber, Sequence, ByteView bytes) {
  QUALOG_ASSIGN(Work * now, work());
  ++now->events;
  return fold_aside(now->fold, bytes);
}

Result<void> StateFolding::settled(const log::Place& place, const log::Head& head) {
  QUALOG_ASSIGN(Work * now, work());
  now->settled.absorb(now->open);
  now->touched = true;
  applied_ = {place, head};
  if (now->events < kEventsInTransaction) return {};
  return finish();
}

void StateFolding::discarded() {
  if (work_) work_->open.clear();
}

Result<void> StateFolding::finish() {
  if (!work_) return {};
  if (work_->touched) {
    put_applied(work_->settled, applied_);
    work_->settled.write_to(*work_->txn);
    QUALOG_TRY(work_->txn->commit());
  }
  work_.reset();
  return {};
}

}  // namespace qualog::engine
