// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/conservation.h"

#include "projector/kinds.h"
#include "projector/query/codes.h"
#include "projector/query/codings.h"
#include "projector/query/counts.h"
#include "projector/query/text.h"
#include "schema/fbs/action_generated.h"

#include <algorithm>

namespace qualog::test {

using projector::Facet;
using projector::Kind;
using projector::LifeState;
using projector::Table;

namespace {

using Rows = std::map<Bytes, Bytes>;
using Keys = std::set<Bytes>;

Rows rows_of(const projector::Reader& reader, Table table) {
  Rows rows;
  reader.scan(table, {}, [&](ByteView key, ByteView value) {
    rows[Bytes(key.begin(), key.end())] = Bytes(value.begin(), value.end());
    return true;
  });
  return rows;
}

Keys keys_in(const projector::Reader& reader, Table table) {
  Keys keys;
  for (const auto& [key, value] : rows_of(reader, table)) keys.insert(key);
  return keys;
}

bool is_named(Kind kind) { return projector::traits_of(kind).named; }

bool may_be_below(Kind parent, Kind kind) {
  return std::ranges::count(projector::traits_of(parent).children, kind) > 0;
}

template <class Value>
Value value(const projector::ItemRow& row, Facet facet) {
  return projector::value_of<Value>(row, facet);
}

}  // namespace

Conservation::Conservation(const projector::Reader& reader) : reader_(reader) {
  for (const auto& [key, bytes] : rows_of(reader, Table::Items))
    items_[projector::item_in(key, 0)] = projector::decode<ItemRow>(bytes).value_or(ItemRow{});
}

projector::Life Conservation::life(const ItemId& id) const {
  return value<projector::Life>(row(id), Facet::Life);
}

std::vector<ItemId> Conservation::below(const ItemId& id) const {
  const auto& item = row(id);
  const auto& traits = projector::traits_of(item.kind);
  std::vector<ItemId> under;
  if (traits.on_parent) under.push_back(value<projector::Parent>(item, Facet::Parent).parent);
  if (traits.on_place) {
    const auto place = value<projector::Place>(item, Facet::Place);
    under.insert(under.end(), {place.code, place.source});
  }
  if (traits.on_ends) {
    const auto ends = value<projector::Ends>(item, Facet::Ends);
    under.insert(under.end(), {ends.from, ends.to});
  }
  return under;
}

bool Conservation::supports(const ItemId& id, int depth) const {
  if (!id) return true;
  if (!items_.contains(id) || depth > 200) return false;
  const auto state = life(id);
  if (state.state == LifeState::Merged) return supports(state.into, depth + 1);
  const auto under = below(id);
  return state.state == LifeState::Alive &&
         std::ranges::all_of(under, [&](const ItemId& one) { return supports(one, depth + 1); });
}

bool Conservation::alive(const ItemId& id) const {
  return items_.contains(id) && life(id).state == LifeState::Alive && supports(id, 0);
}

bool Conservation::merged(const ItemId& id) const {
  return items_.contains(id) && life(id).state == LifeState::Merged && supports(life(id).into, 0);
}

std::optional<std::string> Conservation::check(Sequence head) {
  if (auto wrong = check_references()) return wrong;
  if (auto wrong = check_names()) return wrong;
  if (auto wrong = check_indexes()) return wrong;
  if (auto wrong = check_texts()) return wrong;
  if (auto wrong = check_ranges()) return wrong;
  if (auto wrong = check_leases()) return wrong;
  if (auto wrong = check_effects(head)) return wrong;
  if (auto wrong = check_counts()) return wrong;
  if (auto wrong = check_codings()) return wrong;
  if (!reader_.damage().empty()) return reader_.damage();
  return std::nullopt;
}

// What an item names was there and of the right kind; a tree has no ring and is not too deep.
Conservation::Wrong Conservation::check_references() const {
  for (const auto& [id, item] : items_) {
    for (const auto& one : below(id))
      if (one && !items_.contains(one)) return "a reference to nothing: " + id.text();
    if (is_named(item.kind)) {
      const auto parent = below(id).front();
      if (parent && !may_be_below(row(parent).kind, item.kind))
        return "a parent of another kind: " + id.text();
    }
    int depth = 0;
    for (ItemId at = id; at && depth < 200; ++depth) {
      const auto state = life(at);
      if (!is_named(row(at).kind)) break;
      at = state.state == LifeState::Merged ? state.into : below(at).front();
      if (at && !items_.contains(at)) return "merged into nothing: " + id.text();
    }
    if (depth >= 200) return "a ring in the tree: " + id.text();
    if (item.kind != Kind::Coding) continue;
    const auto place = value<projector::Place>(item, Facet::Place);
    if (!projector::traits_of(kind(place.code)).coded)
      return "a coding without a code: " + id.text();
    if (kind(place.source) != Kind::Source) return "a coding without a source: " + id.text();
    // A profile is written behind the first act, so that a crash may leave it to the second.
    if (items_.contains(place.coder) && kind(place.coder) != Kind::Profile)
      return "a coding without a coder: " + id.text();
  }
  return std::nullopt;
}

// One living item a name, among the items of its kind under one parent; the index knows just those.
Conservation::Wrong Conservation::check_names() const {
  Rows expected;
  for (const auto& [id, item] : items_) {
    if (!is_named(item.kind) || life(id).state != LifeState::Alive) continue;
    const auto match = value<projector::Props>(item, Facet::Props).name.match;
    const auto key = projector::name_key(below(id).front(), item.kind, match);
    if (!expected.emplace(key, Bytes(id.bytes.begin(), id.bytes.end())).second)
      return "two of one name: " + id.text();
  }
  if (expected != rows_of(reader_, Table::Names)) return "the index of names";
  return std::nullopt;
}

namespace {

ItemId used_by(const projector::ItemRow& item) {
  if (item.find(Facet::Classification) != nullptr)
    return projector::value_of<projector::Linked>(item, Facet::Classification).item;
  if (item.find(Facet::Value) != nullptr)
    return projector::value_of<projector::ItemValue>(item, Facet::Value).value;
  return {};
}

}  // namespace

Conservation::Wrong Conservation::check_indexes() const {
  std::map<Table, Keys> expected = {{Table::Children, {}},
                                    {Table::Coded, {}},
                                    {Table::Links, {}},
                                    {Table::Merged, {}},
                                    {Table::Uses, {}}};
  for (const auto& [id, item] : items_) {
    if (is_named(item.kind))
      expected[Table::Children].insert(projector::key_of(below(id).front(), item.kind, id));
    if (life(id).state == LifeState::Merged)
      expected[Table::Merged].insert(projector::key_of(life(id).into, id));
    if (const auto used = used_by(item)) expected[Table::Uses].insert(projector::key_of(used, id));
    if (item.kind == Kind::Coding)
      expected[Table::Coded].insert(projector::key_of(below(id).front(), id));
    if (!projector::traits_of(item.kind).on_ends) continue;
    const auto ends = value<projector::Ends>(item, Facet::Ends);
    for (const auto& end : {ends.from, ends.to})
      if (end) expected[Table::Links].insert(projector::key_of(end, id));
  }
  for (const auto& [table, keys] : expected)
    if (keys != keys_in(reader_, table))
      return "the index of table " + std::to_string(static_cast<int>(table));
  return std::nullopt;
}

Conservation::Wrong Conservation::check_texts() const {
  for (const auto& [id, item] : items_) {
    if (item.kind != Kind::Source) continue;
    const auto content = projector::content_row(reader_, id);
    if (!content) return "a source without content: " + id.text();
    std::uint64_t length = 0;
    for (const auto& piece : content->pieces) length += piece.length;
    const auto text = projector::SourceText::of(reader_, id);
    if (!text || text->length() != length || content->length != length)
      return "the length of a text: " + id.text();
  }
  return std::nullopt;
}

Conservation::Wrong Conservation::check_range(const ItemId& id, Facet facet,
                                              const projector::RangeRow& range) const {
  if (!items_.contains(id)) return "a range of nothing: " + id.text();
  if (row(id).kind != Kind::Seealso) {
    if (range.source != value<projector::Place>(row(id), Facet::Place).source)
      return "a range on another source: " + id.text();
  } else if (range.source != below(id)[facet == Facet::RangeTo ? 1 : 0]) {
    return "a link's range on another source: " + id.text();
  }
  const auto content = projector::content_row(reader_, range.source);
  if (!content) return "a range on no text: " + id.text();
  const bool is_verified = content->state == projector::ContentState::Complete;
  if (range.range.begin > range.range.end) return "a range that ends first: " + id.text();
  if (is_verified && !range.whole && !range.range.detached && range.range.end > content->length)
    return "a range past its text: " + id.text();
  return std::nullopt;
}

// Every range is in its text, and once in the index of anchors.
Conservation::Wrong Conservation::check_ranges() const {
  Rows anchors;
  for (const auto& [key, bytes] : rows_of(reader_, Table::Ranges)) {
    const auto id = projector::item_in(key, 0);
    const auto facet = static_cast<Facet>(key.back());
    const auto range = projector::decode<projector::RangeRow>(bytes);
    if (!range) return "a range that cannot be read: " + id.text();
    if (auto wrong = check_range(id, facet, *range)) return wrong;
    anchors[projector::anchor_key(range->source, range->range.begin, range->range.end, id, facet)] =
        {static_cast<std::uint8_t>(range->range.detached)};
  }
  if (anchors != rows_of(reader_, Table::Anchors)) return "the index of anchors";
  for (const auto& [id, item] : items_)
    if (item.kind == Kind::Coding || item.kind == Kind::Annotation)
      if (!reader_.get(Table::Ranges, projector::key_of(id, Facet::Range)))
        return "an item without its range: " + id.text();
  return std::nullopt;
}

// A lease names the event that gave it, and its holder.
Conservation::Wrong Conservation::check_leases() const {
  for (const auto& [id, item] : items_) {
    const auto lease = value<projector::Lease>(item, Facet::Lease);
    if (lease.token == 0) continue;
    const auto effect = projector::row_of<projector::EffectRow>(
        reader_, Table::Effects, projector::key_of(Sequence{lease.token}));
    if (!effect || effect->action != static_cast<std::uint8_t>(fb::Action::LeaseAcquired) ||
        effect->session != lease.session || effect->profile != lease.holder)
      return "a lease that nobody took: " + id.text();
  }
  return std::nullopt;
}

// One effect an event, without a gap; undone by what undoes it and is not undone itself.
Conservation::Wrong Conservation::check_effects(Sequence head) const {
  std::uint64_t count = 0;
  std::map<std::uint64_t, projector::EffectRow> effects;
  for (const auto& [key, bytes] : rows_of(reader_, Table::Effects)) {
    const auto effect = projector::decode<projector::EffectRow>(bytes);
    if (!effect || key != projector::key_of(Sequence{++count})) return "the effects have a gap";
    effects[count] = *effect;
  }
  if (count != head.value) return "not one effect an event";
  for (const auto& [sequence, effect] : effects) {
    if (!effect.undone_by) continue;
    const auto by = effects.find(effect.undone_by.value);
    if (by == effects.end() || by->second.undo_of.value != sequence || by->second.undone_by)
      return "undone by nothing: event " + std::to_string(sequence);
  }
  return std::nullopt;
}

// What the profiles of one person coded alike is one coding (UT-6).
std::size_t Conservation::codings_of_persons() const {
  std::set<ItemId> joined;
  for (const auto& [id, item] : items_)
    if (item.kind == Kind::Profile && merged(id)) joined.insert(person_of(id));
  std::set<std::tuple<ItemId, ItemId, ItemId, Bytes, Bytes>> alike;
  std::size_t count = 0;
  for (const auto& [id, item] : items_) {
    if (item.kind != Kind::Coding || !alive(id)) continue;
    const auto place = value<projector::Place>(item, Facet::Place);
    const auto person = person_of(place.coder);
    const auto range = projector::range_row(reader_, id, Facet::Range);
    const bool alone = !joined.contains(person) || !range || range->range.detached;
    const auto area = projector::encode(value<projector::Area>(item, Facet::Area));
    if (alone ||
        alike.insert({person, place.code, place.source, projector::encode(*range), area}).second)
      ++count;
  }
  return count;
}

ItemId Conservation::person_of(const ItemId& profile) const {
  auto person = profile;
  while (merged(person)) person = life(person).into;
  return person;
}

Conservation::Wrong Conservation::check_counts() const {
  projector::Counts mine;
  mine.codings = codings_of_persons();
  for (const auto& [id, item] : items_) {
    const bool is_memo =
        item.kind == Kind::Source && value<projector::Props>(item, Facet::Props).subkind ==
                                         static_cast<std::uint8_t>(fb::SourceKind::Memo);
    mine.folders += item.kind == Kind::Folder && alive(id);
    mine.memos += is_memo && alive(id);
    mine.sources += item.kind == Kind::Source && !is_memo && alive(id);
    mine.codes += item.kind == Kind::Code && alive(id);
    mine.merged += item.kind == Kind::Code && merged(id);
    mine.annotations += item.kind == Kind::Annotation && alive(id);
    mine.seealso += item.kind == Kind::Seealso && alive(id);
    mine.members += item.kind == Kind::Member && value<projector::Role>(item, Facet::Role).group;
  }
  if (projector::encode(mine) != projector::encode(projector::counts(reader_)))
    return "the counts are no recount";
  return std::nullopt;
}

// The listing has every living coding once, where its words are; the tree counts the same.
Conservation::Wrong Conservation::check_codings() const {
  const auto listed = projector::codings(reader_);
  std::set<ItemId> ids;
  for (const auto& coding : listed) {
    ids.insert(coding.id);
    const auto whole = projector::source_text(reader_, coding.source.id);
    const auto words = projector::source_slice(reader_, coding.source.id, coding.begin, coding.end);
    if (coding.text != (coding.detached || coding.whole ? std::string{} : words))
      return "the words of a coding: " + coding.id.text();
  }
  const auto living = codings_of_persons();
  std::uint64_t counted = 0, of_codes = 0;
  for (const auto& code : projector::codes(reader_)) counted += code.codings;
  for (const auto& coding : listed) of_codes += row(coding.code.id).kind == Kind::Code;
  if (listed.size() != living || ids.size() != living) return "the listing of codings";
  if (counted != of_codes) return "the codings of the tree";
  return std::nullopt;
}

}  // namespace qualog::test
