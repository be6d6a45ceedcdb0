// SPDX-License-Identifier: Apache-2.0
#include "projector/overlay.h"

#include <algorithm>
#include <cstring>

namespace qualog::projector {

Overlay::Rows& Overlay::rows_of(Table table) {
  auto& rows = rows_.at(static_cast<std::size_t>(table));
  // Never destroyed: nothing that it holds needs to be, and the arena takes all back at once.
  if (rows == nullptr) rows = new (arena_->allocate(sizeof(Rows), alignof(Rows))) Rows(arena_);
  return *rows;
}

std::uint8_t* Overlay::keep(ByteView content) {
  auto* kept = static_cast<std::uint8_t*>(arena_->allocate(content.size(), 1));
  if (!content.empty()) std::memcpy(kept, content.data(), content.size());
  return kept;
}

// Keys mostly come in ascending order: the end is tried first.
Overlay::Slot& Overlay::slot(Table table, ByteView key) {
  Rows& rows = rows_of(table);
  const auto text = text_of(key);
  auto at = rows.end();
  if (!rows.empty() && std::prev(at)->first >= text) at = rows.lower_bound(text);
  if (at != rows.end() && at->first == text) return at->second;
  return rows.emplace_hint(at, text_of({keep(key), key.size()}), Slot{})->second;
}

// What is older or newer than all that is here is looked up most: the ends answer for it.
const Overlay::Slot* Overlay::find(const Rows& rows, std::string_view key) {
  if (rows.empty() || key < rows.begin()->first || key > std::prev(rows.end())->first)
    return nullptr;
  const auto found = rows.find(key);
  return found == rows.end() ? nullptr : &found->second;
}

namespace {
// What could not be read below is damage here too: whoever asks this reader must not take a row for
// absent.
void hand_up_damage(const Reader& reader, const Reader& base) {
  if (!base.damage().empty()) reader.report_damage(base.damage());
}
}  // namespace

std::optional<ByteView> Overlay::get(Table table, ByteView key) const {
  if (const Rows* rows = find_rows(table))
    if (const Slot* found = find(*rows, text_of(key))) return found->value();
  if (base_ == nullptr) return std::nullopt;
  const auto below = base_->get(table, key);
  hand_up_damage(*this, *base_);
  return below;
}

void Overlay::scan(Table table, ByteView prefix, Visit visit) const {
  static const Rows kNone;
  const Rows& rows = find_rows(table) ? *find_rows(table) : kNone;
  auto mine = rows.lower_bound(text_of(prefix));
  const auto in_prefix = [&] {
    return mine != rows.end() && mine->first.starts_with(text_of(prefix));
  };
  const auto visit_mine = [&] {
    const auto value = mine->second.value();
    const bool going = !value || visit(view(mine->first), *value);
    ++mine;
    return going;
  };
  bool going = true;
  if (base_ != nullptr)
    base_->scan(table, prefix, [&](ByteView key, ByteView value) {
      while (going && in_prefix() && mine->first < text_of(key)) going = visit_mine();
      if (!going) return false;
      if (in_prefix() && mine->first == text_of(key)) return going = visit_mine();
      return going = visit(key, value);
    });
  if (base_ != nullptr) hand_up_damage(*this, *base_);
  while (going && in_prefix()) going = visit_mine();
}

void Overlay::put(Table table, ByteView key, ByteView value) {
  Slot& row = slot(table, key);
  row.erased = false;
  row.size = static_cast<std::uint32_t>(value.size());
  if (row.size > row.room) {
    row.bytes = keep(value);
    row.room = row.size;
  } else if (row.size > 0) {
    std::memmove(row.bytes, value.data(), row.size);
  }
}

void Overlay::erase(Table table, ByteView key) {
  if (base_ != nullptr)
    slot(table, key).erased = true;
  else
    rows_of(table).erase(text_of(key));
}

void Overlay::write_to(Store& target) const {
  for (std::size_t number = 0; number < kTables; ++number) {
    if (rows_[number] == nullptr) continue;
    for (const auto& [key, slot] : *rows_[number]) {
      const auto value = slot.value();
      if (value)
        target.put(static_cast<Table>(number), view(key), *value);
      else
        target.erase(static_cast<Table>(number), view(key));
    }
  }
}

void Overlay::absorb(Overlay& upper) {
  for (std::size_t number = 0; number < kTables; ++number) {
    Rows*& mine = rows_[number];
    Rows*& theirs = upper.rows_[number];
    if (mine == nullptr) std::swap(mine, theirs);
    while (theirs != nullptr && !theirs->empty()) {
      auto inserted = mine->insert(theirs->extract(theirs->begin()));
      if (!inserted.inserted) inserted.position->second = inserted.node.mapped();
    }
  }
}

void Overlay::clear() {
  rows_ = {};
  if (arena_ == &own_arena_) own_arena_.release();
}

bool Overlay::empty() const {
  return std::all_of(rows_.begin(), rows_.end(),
                     [](const Rows* rows) { return rows == nullptr || rows->empty(); });
}

}  // namespace qualog::projector
