// SPDX-License-Identifier: Apache-2.0
#include "projector/tables.h"

#include <algorithm>

namespace qualog::projector {

namespace {

class KeyWriter {
 public:
  KeyWriter& add(ByteView bytes) {
    key_.insert(key_.end(), bytes.begin(), bytes.end());
    return *this;
  }
  KeyWriter& add(const ItemId& id) { return add(id.view()); }
  KeyWriter& byte(std::uint8_t value) {
    key_.push_back(value);
    return *this;
  }
  template <class Integer>
  KeyWriter& big_endian(Integer value) {
    for (int shift = int(sizeof value) * 8 - 8; shift >= 0; shift -= 8)
      key_.push_back(static_cast<std::uint8_t>(value >> shift));
    return *this;
  }
  Key take() { return std::move(key_); }

 private:
  Key key_;
};

std::uint32_t position_in(ByteView key, std::size_t offset) {
  std::uint32_t position = 0;
  for (const auto byte : key.subspan(offset, sizeof position)) position = position << 8 | byte;
  return position;
}

// anchor_key(): source, begin, end, item, facet.
constexpr std::size_t kAnchorBegin = sizeof(ItemId);
constexpr std::size_t kAnchorEnd = kAnchorBegin + sizeof(std::uint32_t);
constexpr std::size_t kAnchorItem = kAnchorEnd + sizeof(std::uint32_t);
constexpr std::size_t kAnchorFacet = kAnchorItem + sizeof(ItemId);
constexpr std::size_t kAnchorKeyBytes = kAnchorFacet + 1;

Anchored anchored_in(ByteView key, ByteView detached) {
  return {item_in(key, kAnchorItem),
          static_cast<Facet>(key[kAnchorFacet]),
          {position_in(key, kAnchorBegin), position_in(key, kAnchorEnd), detached[0] != 0}};
}

}  // namespace

const FacetRow* ItemRow::find(Facet facet) const {
  const auto found = std::find_if(facets.begin(), facets.end(),
                                  [&](const FacetRow& row) { return row.facet == facet; });
  return found == facets.end() ? nullptr : &*found;
}

FacetRow& ItemRow::slot(Facet facet) {
  const auto at =
      std::lower_bound(facets.begin(), facets.end(), facet,
                       [](const FacetRow& row, Facet wanted) { return row.facet < wanted; });
  if (at != facets.end() && at->facet == facet) return *at;
  return *facets.insert(at, FacetRow{facet, {}, std::nullopt});
}

Version ItemRow::version(Facet facet) const {
  const auto* slot = find(facet);
  if (slot != nullptr && slot->version) return *slot->version;
  return {created.sequence, created.session, Sequence{}, created.sequence};
}

ByteView ItemSlice::value(Facet facet) const {
  for (const auto& slice : facets)
    if (slice.facet == facet) return slice.value;
  return {};
}

Version ItemSlice::version(Facet facet) const {
  for (const auto& slice : facets)
    if (slice.facet == facet && slice.version) return *slice.version;
  return {created.sequence, created.session, Sequence{}, created.sequence};
}

Key key_of(const ItemId& item) { return KeyWriter{}.add(item).take(); }
Key key_of(const ItemId& item, Facet facet) {
  return KeyWriter{}.add(item).byte(static_cast<std::uint8_t>(facet)).take();
}
Key key_of(const ItemId& parent, Kind kind) {
  return KeyWriter{}.add(parent).byte(static_cast<std::uint8_t>(kind)).take();
}
Key key_of(const ItemId& parent, Kind kind, const ItemId& item) {
  return KeyWriter{}.add(parent).byte(static_cast<std::uint8_t>(kind)).add(item).take();
}
Key key_of(const ItemId& first, const ItemId& second) {
  return KeyWriter{}.add(first).add(second).take();
}
Key key_of(Sequence sequence) { return KeyWriter{}.big_endian(sequence.value).take(); }
Key key_of(const ItemId& source, Sequence sequence) {
  return KeyWriter{}.add(source).big_endian(sequence.value).take();
}
Key anchor_key(const ItemId& source, std::uint32_t begin, std::uint32_t end) {
  return KeyWriter{}.add(source).big_endian(begin).big_endian(end).take();
}
Key anchor_key(const ItemId& source, std::uint32_t begin, std::uint32_t end, const ItemId& item,
               Facet facet) {
  return KeyWriter{}
      .add(source)
      .big_endian(begin)
      .big_endian(end)
      .add(item)
      .byte(static_cast<std::uint8_t>(facet))
      .take();
}
Key name_key(const ItemId& parent, Kind kind, ByteView match) {
  return KeyWriter{}.add(parent).byte(static_cast<std::uint8_t>(kind)).add(match).take();
}

ItemId item_at_end(ByteView key) { return item_in(key, key.size() - sizeof(ItemId)); }

std::vector<ItemId> ends_of_keys(const Reader& reader, Table table, ByteView prefix) {
  std::vector<ItemId> items;
  reader.scan(table, prefix, [&](ByteView key, ByteView) {
    items.push_back(item_at_end(key));
    return true;
  });
  return items;
}

ItemId item_in(ByteView key, std::size_t offset) {
  ItemId id;
  std::copy_n(key.begin() + static_cast<std::ptrdiff_t>(offset), 16, id.bytes.begin());
  return id;
}

Sequence sequence_at_end(ByteView key) {
  Sequence sequence;
  for (const auto byte : key.last(std::min(key.size(), sizeof sequence.value)))
    sequence.value = sequence.value << 8 | byte;
  return sequence;
}

std::optional<EffectRow> effect_at(const Reader& reader, Sequence sequence) {
  return row_of<EffectRow>(reader, Table::Effects, key_of(sequence));
}

void visit_anchored(const Reader& reader, ByteView prefix,
                    FunctionRef<bool(const Anchored&)> visit) {
  reader.scan(Table::Anchors, prefix, [&](ByteView key, ByteView value) {
    if (key.size() == kAnchorKeyBytes && value.size() == 1) return visit(anchored_in(key, value));
    reader.report_damage("the state: a range of a source cannot be read; run verify --rebuild");
    return true;
  });
}

namespace {
ItemId derived_item(std::string_view domain, ByteView one, ByteView other = {}) {
  return id_from<ItemId>(Sha256{}.add(view(domain)).add(one).add(other).finish());
}

struct PersonItems {
  std::string principal;
  ItemId member;
  ItemId profile;
};

// Whoever acts acts again: the ids of the last principal are kept.
const PersonItems& items_of(std::string_view principal) {
  thread_local PersonItems last;
  if (!last.member || last.principal != principal)
    last = {std::string(principal), derived_item("qualog.member.v1", view(principal)),
            derived_item("qualog.profile.v1", view(principal))};
  return last;
}
}  // namespace

ItemId member_item(std::string_view principal) { return items_of(principal).member; }
ItemId profile_item(std::string_view principal) { return items_of(principal).profile; }

ItemId value_item(const ItemId& item, const ItemId& attribute) {
  return derived_item("qualog.value.v1", item.view(), attribute.view());
}

ItemId setmember_item(const ItemId& set, const ItemId& item) {
  return derived_item("qualog.setmember.v1", set.view(), item.view());
}

ItemId summary_item(const ItemId& row, const ItemId& column) {
  return derived_item("qualog.summary.v1", row.view(), column.view());
}

ItemId mapping_item(const LineageId& lineage, const ItemId& foreign) {
  return derived_item("qualog.mapping.v1", lineage.view(), foreign.view());
}

Bytes relationship_match(const ItemId& from, const ItemId& to, bool one_way) {
  const bool as_given = one_way || from < to;
  const ItemId id = derived_item("qualog.relationship.v1", as_given ? from.view() : to.view(),
                                 as_given ? to.view() : from.view());
  return Bytes(id.bytes.begin(), id.bytes.end());
}

}  // namespace qualog::projector
