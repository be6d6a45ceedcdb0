// SPDX-License-Identifier: Apache-2.0
// Undo: one mechanism for every action, from what its Change kept. decide has made sure that
// nothing effective stands on it. The undo is an event like any other, so undoing it works alike.
#include "projector/fold/edit.h"
#include "projector/fold/families.h"

namespace qualog::projector {

namespace {

// It may have been taken on trust before the text came.
text::Range there_now(const Reader& reader, const ItemId& source, Sequence then,
                      const text::Range& range) {
  const auto now = range_now(reader, source, then, range);
  const auto content = content_row(reader, source);
  const bool is_there = content && content->state == ContentState::Complete;
  return is_there ? text::within(now, content->length) : now;
}

void take_range_back(Change& change, const EffectEntry& entry, Sequence undone) {
  auto row = decode<RangeRow>(entry.before);
  if (!row) return report_damaged_row(change.store());
  if (!row->whole) row->range = there_now(change.store(), row->source, undone, row->range);
  change.take_range_back(entry, *row);
}

void take_entry_back(Change& change, const EffectEntry& entry, Sequence undone) {
  if (entry.created) return change.take_back(entry, encode(Life{LifeState::Undone, {}}));
  if (entry.facet == Facet::Range || entry.facet == Facet::RangeTo)
    return take_range_back(change, entry, undone);
  change.take_back(entry, entry.before);
}

void rename(Change& change, const ItemId& item, const fb::Text* name) {
  auto props = value_of<Props>(change.item(item), Facet::Props);
  assign(props.name, name);
  change.set(item, Facet::Props, props);
}

// From now on `undone` is out of effect, through `by`. What it had itself taken out of effect is in
// effect again, and so on down a chain of undos of undos.
void mark(Store& store, Sequence undone, Sequence by) {
  for (bool in_effect = false; undone; in_effect = !in_effect) {
    auto effect = effect_at(store, undone);
    if (!effect) return;
    effect->undone_by = in_effect ? Sequence{} : by;
    put_row(store, Table::Effects, key_of(undone), *effect);
    by = undone;
    undone = effect->undo_of;
  }
}

void take_back(Change& change, const fb::Text* name) {
  const Sequence undone = change.act().undo_of;
  if (!undone) return;  // the intent of a group: its computed events do the work
  Store& store = change.store();
  const auto effect = effect_at(store, undone);
  if (!effect)
    return store.report_damage(
        "the state: an undo names an event that is not there; run verify --rebuild");
  if (effect->edit) take_edit_back(change, *effect->edit);
  for (auto entry = effect->entries.rbegin(); entry != effect->entries.rend(); ++entry)
    take_entry_back(change, *entry, undone);
  if (name != nullptr && !effect->entries.empty())
    rename(change, effect->entries.front().item, name);
  mark(store, undone, change.act().sequence);
}

}  // namespace

void fold_action(Change& change, const fb::UndoApplied& action) {
  take_back(change, action.name());
}

// A redo is the undo of an undo.
void fold_action(Change& change, const fb::RedoApplied&) { take_back(change, nullptr); }

}  // namespace qualog::projector
