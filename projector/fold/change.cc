// SPDX-License-Identifier: Apache-2.0
#include "projector/fold/change.h"

#include "projector/fold/indexes.h"
#include "projector/items.h"

#include <algorithm>

namespace qualog::projector {

namespace {

void replace_index(Store& store, std::vector<IndexRow> before, std::vector<IndexRow> now) {
  for (const auto& row : before)
    if (std::find(now.begin(), now.end(), row) == now.end()) store.erase(row.table, row.key);
  for (const auto& row : now)
    if (std::find(before.begin(), before.end(), row) == before.end())
      store.put(row.table, row.key, row.value);
}

Stamp stamp_of(const Act& act) { return {act.sequence, act.time, act.profile, act.session}; }

}  // namespace

void Change::create(const ItemId& item, Kind kind) {
  touched_.push_back({item, std::nullopt, ItemRow{kind, stamp_of(act_), std::nullopt, {}}});
  effect_.entries.push_back({item, Facet::Life, true, {}, {}, act_.sequence});
}

bool Change::derive(const ItemId& item, Kind kind) {
  const auto there = kind_of(store_, item);
  if (there == Kind::None) create(item, kind);
  if (there != Kind::None && there != kind) taken_ = item;
  return there == Kind::None;
}

void Change::derive(const ItemId& item, Kind kind, const Ends& ends) {
  if (derive(item, kind)) return set(item, Facet::Ends, ends);
  const auto row = item_slice(store_, item);
  if (value_of<Life>(*row, Facet::Life).state != LifeState::Alive) set(item, Facet::Life, Life{});
}

Change::Touched* Change::find_touched(const ItemId& item) {
  constexpr std::size_t kFew = 16;
  if (touched_.size() <= kFew) {
    const auto found = std::find_if(touched_.begin(), touched_.end(),
                                    [&](const Touched& known) { return known.id == item; });
    return found == touched_.end() ? nullptr : &*found;
  }
  for (; indexed_ < touched_.size(); ++indexed_) index_.emplace(touched_[indexed_].id, indexed_);
  const auto found = index_.find(item);
  return found == index_.end() ? nullptr : &touched_[found->second];
}

Change::Touched& Change::touch(const ItemId& item) {
  if (auto* known = find_touched(item)) return *known;
  auto row = row_of<ItemRow>(store_, Table::Items, item.view());
  if (!row)
    store_.report_damage(
        "the state: an event names an item that is not there; run verify --rebuild");
  touched_.push_back({item, row, row.value_or(ItemRow{})});
  return touched_.back();
}

const ItemRow& Change::item(const ItemId& item) { return touch(item).now; }

EffectEntry& Change::record(Touched& touched, Facet facet) {
  auto& slot = touched.now.slot(facet);
  const Version previous = touched.now.version(facet);
  slot.version = previous.raised(act_.sequence, act_.session, act_.sequence);
  touched.now.modified = stamp_of(act_);
  return effect_.entries.emplace_back(
      EffectEntry{touched.id, facet, false, slot.value, previous, act_.sequence});
}

void Change::set_bytes(const ItemId& item, Facet facet, Bytes value) {
  auto& touched = touch(item);
  if (touched.before) record(touched, facet);
  touched.now.slot(facet).value = std::move(value);
}

void Change::set_range(const ItemId& item, Facet facet, const RangeRow& range) {
  auto& touched = touch(item);
  if (!touched.before) return put_range(item, facet, range);  // a new item has none yet
  const auto before = range_row(store_, item, facet);
  record(touched, facet).before = encode(before.value_or(RangeRow{}));
  place_range(item, facet, range);
}

void Change::place_range(const ItemId& item, Facet facet, const RangeRow& range) {
  if (const auto before = range_row(store_, item, facet))
    store_.erase(Table::Anchors,
                 anchor_key(before->source, before->range.begin, before->range.end, item, facet));
  put_range(item, facet, range);
}

void Change::put_range(const ItemId& item, Facet facet, const RangeRow& range) {
  put_row(store_, Table::Ranges, key_of(item, facet), range);
  const Bytes detached = {static_cast<std::uint8_t>(range.range.detached)};
  store_.put(Table::Anchors,
             anchor_key(range.source, range.range.begin, range.range.end, item, facet), detached);
}

void Change::take_back(const EffectEntry& entry, Bytes value) {
  auto& touched = touch(entry.item);
  auto& mine = record(touched, entry.facet);
  auto& slot = touched.now.slot(entry.facet);
  mine.effective_after = entry.created ? Sequence{} : entry.previous.effective;
  slot.version->effective = mine.effective_after;
  slot.value = std::move(value);
}

void Change::take_range_back(const EffectEntry& entry, const RangeRow& range) {
  const auto now = range_row(store_, entry.item, entry.facet);
  take_back(entry, {});
  effect_.entries.back().before = encode(now.value_or(RangeRow{}));
  place_range(entry.item, entry.facet, range);
}

void Change::finish() {
  for (const auto& touched : touched_) write(touched);
  effect_.action = act_.action;
  effect_.profile = act_.profile;
  effect_.session = act_.session;
  effect_.time = act_.time;
  effect_.group = act_.group;
  effect_.undo_of = act_.undo_of;
  put_row(store_, Table::Effects, key_of(act_.sequence), effect_);
  remember();
}

void Change::write(const Touched& touched) {
  replace_index(store_,
                touched.before ? index_rows(touched.id, *touched.before) : std::vector<IndexRow>{},
                index_rows(touched.id, touched.now));
  put_row(store_, Table::Items, touched.id.view(), touched.now);
}

void Change::remember() {
  put_row(store_, Table::Sessions, act_.session.view(),
          SessionRow{std::string(act_.principal), act_.sequence, act_.time, false});
  const auto first = act_.group ? act_.group : act_.sequence;
  put_row(store_, Table::Commands, act_.command.view(),
          CommandRow{first, act_.sequence, std::string(act_.principal), act_.digest});
}

}  // namespace qualog::projector
