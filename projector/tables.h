// SPDX-License-Identifier: Apache-2.0
// Every table of the state: key -> row. Numbers in keys are big-endian, so that order is theirs.
//
//   Meta        "applied"                                -> Applied
//   Facts       "lineage" | "clock"                      -> LineageId | time of the last event
//   Items       item                                     -> ItemRow
//   Ranges      item, facet (1)                          -> RangeRow
//   Anchors     source, begin (4), end (4), item, facet  -> detached (1); every range on a source
//   Contents    source                                   -> ContentRow
//   Texts       text number (8)                          -> Text
//   History     source, sequence (8)                     -> HistoryRow: the splices of one edit
//   Names       parent, kind (1), match (16)             -> item; of living items only
//   Children    parent, kind (1), item                   -> nothing
//   Coded       code, case or relationship, coding       -> nothing
//   Links       item, what has it as an end              -> nothing; at both ends
//   Merged      target, what was merged into it          -> nothing; codes, profiles and others
//   Uses        item, what has it as its value           -> nothing; or as its classification
//   Sessions    session                                  -> SessionRow
//   Commands    command                                  -> CommandRow
//   Effects     sequence (8)                             -> EffectRow: who, and how to undo it
//   Answers     command                                  -> number of its aside (8)
//   Inbox       aside number (8)                         -> the stored aside
//   AsideSessions  session                               -> SessionRow
//
// A deleted item keeps its rows under a tombstone (Life), so that undo revives them.
#pragma once

#include "projector/store.h"
#include "projector/text/edit_map.h"
#include "projector/text/pieces.h"
#include "projector/values.h"
#include "schema/chain.h"

namespace qualog::projector {

struct Stamp {
  Sequence sequence;
  std::int64_t time = 0;
  ItemId profile;
  SessionId session;
};
template <class Visitor>
void describe(Visitor& visit, Stamp& row) {
  visit("sequence", row.sequence);
  visit("time", row.time);
  visit("profile", row.profile);
  visit("session", row.session);
}

// Who last wrote a facet (docs/decisions/0002-first-writer-wins.md). `foreign`: the last version
// written by a session other than `session`. `effective`: the last write that is not undone.
struct Version {
  Sequence sequence;
  SessionId session;
  Sequence foreign;
  Sequence effective;

  // The last write by a session other than `mine`, who was never first; zero: none.
  Sequence by_others_than(const SessionId& mine) const {
    return session == mine ? foreign : sequence;
  }
  // True when a session other than `mine` has written after `seen`.
  bool written_after(Sequence seen, const SessionId& mine) const {
    return by_others_than(mine) > seen;
  }
  // The version after a write.
  Version raised(Sequence now, const SessionId& by, Sequence now_effective) const {
    return {now, by, by_others_than(by), now_effective};
  }
};
template <class Visitor>
void describe(Visitor& visit, Version& row) {
  visit("sequence", row.sequence);
  visit("session", row.session);
  visit("foreign", row.foreign);
  visit("effective", row.effective);
}

struct FacetRow {
  Facet facet = Facet::None;
  Bytes value;
  std::optional<Version> version;  // nothing: as created
};
template <class Visitor>
void describe(Visitor& visit, FacetRow& row) {
  visit("facet", row.facet);
  visit("value", row.value);
  visit("version", row.version);
}

struct ItemRow {
  Kind kind = Kind::None;
  Stamp created;
  std::optional<Stamp> modified;
  std::vector<FacetRow> facets;

  const FacetRow* find(Facet facet) const;
  FacetRow& slot(Facet facet);
  // The version of a facet, changed or not.
  Version version(Facet facet) const;
};
template <class Visitor>
void describe(Visitor& visit, ItemRow& row) {
  visit("kind", row.kind);
  visit("created", row.created);
  visit("modified", row.modified);
  visit("facets", row.facets);
}

// FacetRow and ItemRow read in place: views into the stored row, valid until the next write.
struct FacetSlice {
  Facet facet = Facet::None;
  ByteView value;
  std::optional<Version> version;
};
template <class Visitor>
void describe(Visitor& visit, FacetSlice& row) {
  visit("facet", row.facet);
  visit("value", row.value);
  visit("version", row.version);
}

struct ItemSlice {
  Kind kind = Kind::None;
  Stamp created;
  std::optional<Stamp> modified;
  std::vector<FacetSlice> facets;

  // Empty where the item has no such facet.
  ByteView value(Facet facet) const;
  // The version of a facet, changed or not.
  Version version(Facet facet) const;
};
template <class Visitor>
void describe(Visitor& visit, ItemSlice& row) {
  visit("kind", row.kind);
  visit("created", row.created);
  visit("modified", row.modified);
  visit("facets", row.facets);
}

struct RangeRow {
  ItemId source;
  bool whole = false;  // the whole source: the range is empty
  text::Range range;
};
template <class Visitor>
void describe(Visitor& visit, RangeRow& row) {
  visit("source", row.source);
  visit("whole", row.whole);
  visit("range", row.range);
}

enum class ContentState : std::uint8_t { Complete = 0, Missing = 1, Growing = 2 };

template <class Visitor>
void describe(Visitor& visit, text::Piece& row) {
  visit("text", row.text);
  visit("begin", row.begin);
  visit("length", row.length);
}
template <class Visitor>
void describe(Visitor& visit, text::Splice& row) {
  visit("position", row.position);
  visit("delete_length", row.delete_length);
  visit("insert_length", row.insert_length);
}
template <class Visitor>
void describe(Visitor& visit, text::Range& row) {
  visit("begin", row.begin);
  visit("end", row.end);
  visit("detached", row.detached);
}

struct ContentRow {
  Sequence version;  // the last edit
  ContentState state = ContentState::Complete;
  std::uint32_t length = 0;           // code points there
  std::uint32_t declared_length = 0;  // code points announced, while it grows
  text::Pieces pieces;
};
template <class Visitor>
void describe(Visitor& visit, ContentRow& row) {
  visit("version", row.version);
  visit("state", row.state);
  visit("length", row.length);
  visit("declared_length", row.declared_length);
  visit("pieces", row.pieces);
}

struct HistoryRow {
  std::vector<text::Splice> splices;
};
template <class Visitor>
void describe(Visitor& visit, HistoryRow& row) {
  visit("splices", row.splices);
}

struct SessionRow {
  std::string principal;
  Sequence last;  // of asides: the last event before the aside
  std::int64_t time = 0;
  bool ended = false;
};
template <class Visitor>
void describe(Visitor& visit, SessionRow& row) {
  visit("principal", row.principal);
  visit("last", row.last);
  visit("time", row.time);
  visit("ended", row.ended);
}

struct CommandRow {
  Sequence first;
  Sequence last;
  std::string principal;
  Digest digest{};
};
template <class Visitor>
void describe(Visitor& visit, CommandRow& row) {
  visit("first", row.first);
  visit("last", row.last);
  visit("principal", row.principal);
  visit("digest", row.digest);
}

// What one event did to one facet, and what was there before.
struct EffectEntry {
  ItemId item;
  Facet facet = Facet::None;
  bool created = false;
  Bytes before;
  Version previous;
  Sequence effective_after;
};
template <class Visitor>
void describe(Visitor& visit, EffectEntry& row) {
  visit("item", row.item);
  visit("facet", row.facet);
  visit("created", row.created);
  visit("before", row.before);
  visit("previous", row.previous);
  visit("effective_after", row.effective_after);
}

// A range that the way back would not give back by the splices alone.
struct SavedRange {
  ItemId item;
  Facet facet = Facet::Range;
  text::Range before;
  text::Range after;
};
template <class Visitor>
void describe(Visitor& visit, SavedRange& row) {
  visit("item", row.item);
  visit("facet", row.facet);
  visit("before", row.before);
  visit("after", row.after);
}

// How to take an edit of a text back: its splices, what they removed, the saved ranges.
struct EditRow {
  ItemId source;
  std::vector<text::Splice> splices;
  text::Pieces removed;
  std::vector<SavedRange> saved;
};
template <class Visitor>
void describe(Visitor& visit, EditRow& row) {
  visit("source", row.source);
  visit("splices", row.splices);
  visit("removed", row.removed);
  visit("saved", row.saved);
}

struct EffectRow {
  std::uint8_t action = 0;  // fb::Action
  ItemId profile;
  SessionId session;
  std::int64_t time = 0;
  Sequence group;
  Sequence undo_of;
  Sequence undone_by;
  std::vector<EffectEntry> entries;
  std::optional<EditRow> edit;
};
template <class Visitor>
void describe(Visitor& visit, EffectRow& row) {
  visit("action", row.action);
  visit("profile", row.profile);
  visit("session", row.session);
  visit("time", row.time);
  visit("group", row.group);
  visit("undo_of", row.undo_of);
  visit("undone_by", row.undone_by);
  visit("entries", row.entries);
  visit("edit", row.edit);
}

// Keys. Each returns the bytes of the table above.
using Key = Bytes;
Key key_of(const ItemId& item);
Key key_of(const ItemId& item, Facet facet);
Key key_of(const ItemId& parent, Kind kind);
Key key_of(const ItemId& parent, Kind kind, const ItemId& item);
Key key_of(const ItemId& first, const ItemId& second);
Key key_of(Sequence sequence);
Key key_of(const ItemId& source, Sequence sequence);
Key anchor_key(const ItemId& source, std::uint32_t begin, std::uint32_t end);
Key anchor_key(const ItemId& source, std::uint32_t begin, std::uint32_t end, const ItemId& item,
               Facet facet);
Key name_key(const ItemId& parent, Kind kind, ByteView match);

// The item of a key that ends with one.
ItemId item_at_end(ByteView key);
// The items at the ends of the keys that begin with `prefix`, in the order of their keys.
std::vector<ItemId> ends_of_keys(const Reader& reader, Table table, ByteView prefix);
// The 16 bytes of a key from `offset` on.
ItemId item_in(ByteView key, std::size_t offset);
// The sequence of a key that ends with one.
Sequence sequence_at_end(ByteView key);

inline void report_damaged_row(const Reader& reader) {
  reader.report_damage("the state: a row cannot be read; run verify --rebuild");
}

// A decoded row; nothing when it is not there. A row that cannot be decoded is damage.
template <class Row>
std::optional<Row> row_of(const Reader& reader, Table table, ByteView key) {
  const auto stored = reader.get(table, key);
  if (!stored) return std::nullopt;
  auto row = decode<Row>(*stored);
  if (!row) report_damaged_row(reader);
  return row;
}

// How the text of a source stands; nothing when it is no source.
inline std::optional<ContentRow> content_row(const Reader& reader, const ItemId& source) {
  return row_of<ContentRow>(reader, Table::Contents, source.view());
}

// Where an item stands on a source; nothing when it does not.
inline std::optional<RangeRow> range_row(const Reader& reader, const ItemId& item, Facet facet) {
  return row_of<RangeRow>(reader, Table::Ranges, key_of(item, facet));
}

// Visits the decoded rows whose keys begin with `prefix`, from `first` on, as Reader::scan_from().
// One that cannot be decoded is damage and is left out.
template <class Row, class Visit>
void scan_rows_from(const Reader& reader, Table table, ByteView prefix, ByteView first,
                    Visit visit) {
  reader.scan_from(table, prefix, first, [&](ByteView key, ByteView value) {
    auto row = decode<Row>(value);
    if (row) return visit(key, *row);
    report_damaged_row(reader);
    return true;
  });
}
template <class Row, class Visit>
void scan_rows(const Reader& reader, Table table, ByteView prefix, Visit visit) {
  scan_rows_from<Row>(reader, table, prefix, prefix, std::move(visit));
}

template <class Row>
void put_row(Store& store, Table table, ByteView key, const Row& row) {
  store.put(table, key, encode(row));
}

// The value of an item's facet; a default value where it has none.
template <class Value>
Value value_of(const ItemRow& item, Facet facet) {
  const auto* slot = item.find(facet);
  if (slot == nullptr || slot->value.empty()) return {};
  return decode<Value>(slot->value).value_or(Value{});
}

template <class Value>
Value value_of(const ItemSlice& item, Facet facet) {
  const auto value = item.value(facet);
  return value.empty() ? Value{} : decode<Value>(value).value_or(Value{});
}

// What one event did, and how to take it back; nothing for a sequence that no event has.
std::optional<EffectRow> effect_at(const Reader& reader, Sequence sequence);

// A range on a source, as its row of Anchors says it; a whole source is 0 to 0.
struct Anchored {
  ItemId item;
  Facet facet = Facet::Range;
  text::Range range;
};
// Visits ranges in the order of their keys; `prefix` is a source's id, or an anchor_key(). False
// stops. A row that cannot be read is damage and is left out.
void visit_anchored(const Reader& reader, ByteView prefix,
                    FunctionRef<bool(const Anchored&)> visit);

// The item that stands for the project itself.
inline constexpr ItemId kProjectItem{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};
// The items that stand for a principal's membership and profile.
ItemId member_item(std::string_view principal);
ItemId profile_item(std::string_view principal);

// The items that stand for a pair: what an item has of an attribute, an item in a set, the summary
// of a case and a theme, what a foreign item became.
ItemId value_item(const ItemId& item, const ItemId& attribute);
ItemId setmember_item(const ItemId& set, const ItemId& item);
ItemId summary_item(const ItemId& row, const ItemId& column);
ItemId mapping_item(const LineageId& lineage, const ItemId& foreign);

// What two relationships of one type share when they say the same: their ends, in either order
// unless the type goes one way.
Bytes relationship_match(const ItemId& from, const ItemId& to, bool one_way);

}  // namespace qualog::projector
