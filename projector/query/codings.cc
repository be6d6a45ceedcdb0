// SPDX-License-Identifier: Apache-2.0
#include "projector/query/codings.h"

#include "projector/query/living.h"
#include "projector/query/persons.h"
#include "projector/query/text.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace qualog::projector {

namespace {

using Ids = std::vector<ItemId>;

void add_ends(const Reader& reader, Table table, const ItemId& first, Ids& ids) {
  for (const auto& id : ends_of_keys(reader, table, first.view())) ids.push_back(id);
}

// A code and all that is merged into it.
Ids with_merged(const Reader& reader, const ItemId& code) {
  Ids ids = {code};
  for (std::size_t i = 0; i < ids.size(); ++i) add_ends(reader, Table::Merged, ItemId(ids[i]), ids);
  return ids;
}

Ids on_code(const Reader& reader, const ItemId& code) {
  Ids ids;
  for (const auto& one : with_merged(reader, code)) add_ends(reader, Table::Coded, one, ids);
  return ids;
}

Ids on_source(const Reader& reader, const ItemId& source) {
  Ids ids;
  visit_anchored(reader, source.view(), [&](const Anchored& anchored) {
    ids.push_back(anchored.item);
    return true;
  });
  return ids;
}

class Listing {
 public:
  Listing(const Reader& reader, const CodingFilter& filter)
      : reader_(reader), filter_(filter), liveness_(reader), persons_(reader) {
    if (filter_.code) filter_.code = merge_target(reader, *filter_.code);
    if (filter_.coder) filter_.coder = merge_target(reader, *filter_.coder);
  }

  std::vector<CodingEntry> take() {
    for (const auto& id : candidates()) consider(id);
    sort();
    if (filter_.with_text) add_texts();
    return std::move(entries_);
  }

 private:
  Ids candidates() const {
    if (filter_.code) return on_code(reader_, *filter_.code);
    return filter_.source ? on_source(reader_, *filter_.source)
                          : ends_of_keys(reader_, Table::Coded, {});
  }

  void consider(const ItemId& id) {
    const auto stored = reader_.get(Table::Items, id.view());
    if (!stored) return;
    Decoder decoder(*stored);
    describe(decoder, slice_);
    if (!decoder.complete() || slice_.kind != Kind::Coding) return;
    const auto place = value_of<Place>(slice_, Facet::Place);
    if (filter_.source && *filter_.source != place.source) return;
    if (filter_.coder && *filter_.coder != persons_.of(place.coder)) return;
    if (liveness_.standing(id, slice_) == Standing::Alive) add(id, place);
  }

  void add(const ItemId& id, const Place& place) {
    CodingEntry entry;
    entry.id = id;
    entry.code = name_of(target_of(place.code));
    entry.applied = place.code;
    entry.source = name_of(place.source);
    entry.coder = person_of(place.coder);
    entry.coded_as = place.coder;
    entry.coded_at = place.coded_at != 0 ? place.coded_at : slice_.created.time;
    entry.claimed_time = place.claimed_time;
    entry.sequence = slice_.created.sequence;
    entry.changed = slice_.modified.value_or(slice_.created);
    if (!slice_.value(Facet::Area).empty()) entry.area = value_of<Area>(slice_, Facet::Area);
    auto note = value_of<Note>(slice_, Facet::Note);
    entry.weight = note.weight;
    entry.comment = std::move(note.comment);
    const auto range = range_row(reader_, id, Facet::Range);
    if (range) set_range(entry, *range);
    entry.unverified = !entry.whole && is_missing(place.source);
    keep(std::move(entry), sameness(id, place));
  }

  std::string sameness(const ItemId& id, const Place& place) {
    auto sameness = persons_.sameness(id, slice_, place);
    const bool by_note = filter_.with_all_notes && !sameness.empty();
    if (by_note) sameness += text_of(encode(value_of<Note>(slice_, Facet::Note)));
    return sameness;
  }

  // Of those that are one the first stays, where it is listed.
  void keep(CodingEntry entry, const std::string& sameness) {
    if (sameness.empty()) return entries_.push_back(std::move(entry));
    const auto [at, is_new] = one_of_.try_emplace(sameness, entries_.size());
    if (is_new) return entries_.push_back(std::move(entry));
    auto& first = entries_[at->second];
    if (entry.sequence < first.sequence) first = std::move(entry);
  }

  static void set_range(CodingEntry& entry, const RangeRow& row) {
    entry.begin = row.range.begin;
    entry.end = row.range.end;
    entry.detached = row.range.detached;
    entry.whole = row.whole;
  }

  void sort() {
    static constexpr Area kNoArea;
    const auto order = [](const CodingEntry& entry) {
      const Area& area = entry.area ? *entry.area : kNoArea;
      return std::tie(entry.source.name.plain, entry.source.id, entry.begin, entry.end, area.page,
                      area.left, area.top, entry.id);
    };
    std::sort(entries_.begin(), entries_.end(),
              [&](const auto& a, const auto& b) { return order(a) < order(b); });
  }

  // Those of one source stand together: each text is put together once.
  void add_texts() {
    std::optional<SourceText> text;
    ItemId of;
    for (auto& entry : entries_) {
      if (entry.whole || entry.detached || entry.unverified) continue;
      if (entry.source.id != of) {
        of = entry.source.id;
        text.reset();
        if (auto read = SourceText::of(reader_, of)) text.emplace(std::move(*read));
      }
      if (text) entry.text = text->slice(entry.begin, entry.end);
    }
  }

  bool is_missing(const ItemId& source) {
    const auto [at, is_new] = missing_.try_emplace(source);
    if (!is_new) return at->second;
    const auto content = content_row(reader_, source);
    return at->second = !content || content->state == ContentState::Missing;
  }
  ItemId target_of(const ItemId& code) {
    const auto [at, is_new] = targets_.try_emplace(code);
    if (is_new) at->second = merge_target(reader_, code);
    return at->second;
  }
  const Named& name_of(const ItemId& id) {
    const auto [at, is_new] = names_.try_emplace(id);
    if (is_new) at->second = named(reader_, id);
    return at->second;
  }
  const Person& person_of(const ItemId& profile) {
    const auto [at, is_new] = people_.try_emplace(profile);
    if (is_new) at->second = person(reader_, profile);
    return at->second;
  }

  const Reader& reader_;
  CodingFilter filter_;
  Liveness liveness_;
  Persons persons_;
  ItemSlice slice_;
  std::unordered_map<std::string, std::size_t> one_of_;  // sameness -> entry
  std::unordered_map<ItemId, bool> missing_;
  std::unordered_map<ItemId, ItemId> targets_;
  std::unordered_map<ItemId, Named> names_;
  std::unordered_map<ItemId, Person> people_;
  std::vector<CodingEntry> entries_;
};

}  // namespace

std::vector<CodingEntry> codings(const Reader& reader, const CodingFilter& filter) {
  return Listing(reader, filter).take();
}

}  // namespace qualog::projector
