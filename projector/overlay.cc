// SPDX-License-Identifier: Apache-2.0
#include "projector/overlay.h"

#include "schema/assert.h"

#include <cstring>

namespace qualog::projector {

Overlay::Savepoint::Savepoint(Overlay& rows) : rows_(&rows), begin_(rows.saved_.size()) {
  ++rows.savepoints_;
  ++rows.last_savepoint_;
}

Overlay::Savepoint::~Savepoint() {
  if (rows_ != nullptr) roll_back();
}

// What an inner savepoint has kept, an outer one may still take back.
void Overlay::Savepoint::keep() {
  QUALOG_ASSERT(rows_ != nullptr);
  if (--rows_->savepoints_ == 0) rows_->saved_.clear();
  rows_ = nullptr;
}

void Overlay::Savepoint::roll_back() {
  QUALOG_ASSERT(rows_ != nullptr);
  auto& saved = rows_->saved_;
  for (; saved.size() > begin_; saved.pop_back()) *saved.back().slot = saved.back().before;
  keep();
}

Overlay::Rows& Overlay::rows_of(Table table) {
  auto& rows = rows_.at(static_cast<std::size_t>(table));
  // Never destroyed: nothing that it holds needs to be, and the arena takes all back at once.
  if (rows == nullptr) rows = new (arena_.allocate(sizeof(Rows), alignof(Rows))) Rows(&arena_);
  return *rows;
}

std::uint8_t* Overlay::keep(ByteView content) {
  auto* kept = static_cast<std::uint8_t*>(arena_.allocate(content.size(), 1));
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

// The slot, its content kept for the open savepoints. Its bytes stay for the way back.
Overlay::Slot& Overlay::changeable(Table table, ByteView key) {
  Slot& row = slot(table, key);
  if (savepoints_ == 0 || row.saved_by == last_savepoint_) return row;
  saved_.push_back({&row, row});
  row.saved_by = last_savepoint_;
  row.room = 0;
  return row;
}

// What is older or newer than all that is here is looked up most: the ends answer for it.
const Overlay::Slot* Overlay::find(const Rows& rows, std::string_view key) {
  if (rows.empty() || key < rows.begin()->first || key > std::prev(rows.end())->first)
    return nullptr;
  const auto found = rows.find(key);
  const bool is_here = found != rows.end() && found->second.state != State::Absent;
  return is_here ? &found->second : nullptr;
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

void Overlay::scan_from(Table table, ByteView prefix, ByteView first, Visit visit) const {
  static const Rows kNone;
  const Rows& rows = find_rows(table) ? *find_rows(table) : kNone;
  auto mine = rows.lower_bound(text_of(first));
  const auto in_prefix = [&] {
    while (mine != rows.end() && mine->second.state == State::Absent) ++mine;
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
    base_->scan_from(table, prefix, first, [&](ByteView key, ByteView value) {
      while (going && in_prefix() && mine->first < text_of(key)) going = visit_mine();
      if (!going) return false;
      if (in_prefix() && mine->first == text_of(key)) return going = visit_mine();
      return going = visit(key, value);
    });
  if (base_ != nullptr) hand_up_damage(*this, *base_);
  while (going && in_prefix()) going = visit_mine();
}

void Overlay::put(Table table, ByteView key, ByteView value) {
  Slot& row = changeable(table, key);
  row.state = State::Value;
  row.size = static_cast<std::uint32_t>(value.size());
  if (row.size > row.room) {
    row.bytes = keep(value);
    row.room = row.size;
  } else if (row.size > 0) {
    std::memmove(row.bytes, value.data(), row.size);
  }
}

void Overlay::erase(Table table, ByteView key) {
  if (base_ != nullptr || savepoints_ > 0)
    changeable(table, key).state = State::Erased;
  else
    rows_of(table).erase(text_of(key));
}

void Overlay::write_to(Store& target) const {
  for (std::size_t number = 0; number < kTables; ++number) {
    if (rows_[number] == nullptr) continue;
    for (const auto& [key, slot] : *rows_[number]) {
      if (const auto value = slot.value())
        target.put(static_cast<Table>(number), view(key), *value);
      else if (slot.state == State::Erased)
        target.erase(static_cast<Table>(number), view(key));
    }
  }
}

}  // namespace qualog::projector
