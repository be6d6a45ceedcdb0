// SPDX-License-Identifier: Apache-2.0
#include "engine/folding.h"

#include "projector/state/applied.h"
#include "schema/codec.h"

namespace qualog::engine {

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

projector::Fold& MemoryFolding::fold() {
  if (!group_) group_.emplace(state_);
  return group_->fold();
}

Result<void> MemoryFolding::event(Sequence, ByteView bytes) { return fold_event(fold(), bytes); }

Result<void> MemoryFolding::aside(AsideNumber, Sequence, ByteView bytes) {
  return fold_aside(fold(), bytes);
}

Result<void> MemoryFolding::settled(const log::Place& place, const log::Head& head) {
  if (group_) group_->keep();
  group_.reset();
  applied_ = {place, head};
  return {};
}

void MemoryFolding::discarded() { group_.reset(); }

Result<projector::Fold*> StateFolding::fold() {
  if (!group_) {
    QUALOG_ASSIGN(auto* state, state_.state());
    group_.emplace(*state);
  }
  ++items_;
  return &group_->fold();
}

Result<void> StateFolding::event(Sequence, ByteView bytes) {
  QUALOG_ASSIGN(auto* fold, fold());
  return fold_event(*fold, bytes);
}

Result<void> StateFolding::aside(AsideNumber, Sequence, ByteView bytes) {
  QUALOG_ASSIGN(auto* fold, fold());
  return fold_aside(*fold, bytes);
}

Result<void> StateFolding::settled(const log::Place& place, const log::Head& head) {
  if (group_) group_->keep();
  group_.reset();
  QUALOG_TRY(state_.reached({place, head}));
  if (items_ < kItemsInTransaction) return {};
  items_ = 0;
  return state_.write();
}

void StateFolding::discarded() { group_.reset(); }

Result<void> StateFolding::finish() {
  group_.reset();
  return state_.finish();
}

}  // namespace qualog::engine
