// SPDX-License-Identifier: Apache-2.0
// The filler: which item a field names.
#include "projector/items.h"
#include "projector/kinds.h"
#include "tests/simulation/generate/filler.h"

#include <array>
#include <map>
#include <ranges>

namespace qualog::simulation {

using projector::Facet;
using projector::Kind;
using projector::Table;

Bytes Filler::fixed(const Slot& slot) {
  if (slot.shape == Shape::Hash) return Bytes(32, static_cast<std::uint8_t>(dice_.below(256)));
  if (!slot.is_item) {
    const auto id = dice_.id<ItemId>();
    return Bytes(id.bytes.begin(), id.bytes.end());
  }
  const auto id = item_for(slot.name);
  chosen_.emplace_back(slot.name, id);
  return Bytes(id.bytes.begin(), id.bytes.end());
}

namespace {

using References = std::map<std::string_view, engine::Reference>;

References references_by_field() {
  References all;
  for (const auto& row : engine::written_rules())
    for (const auto& reference : row.references) all.emplace(reference.field, reference);
  return all;
}

}  // namespace

// What no row names lies deeper in the action, and is what such a field is elsewhere.
const engine::Reference* Filler::reference_to(std::string_view field) const {
  if (row_ == nullptr) return nullptr;
  for (const auto& reference : row_->references)
    if (reference.field == field) return &reference;
  static const auto elsewhere = references_by_field();
  const auto found = elsewhere.find(field);
  return found == elsewhere.end() ? nullptr : &found->second;
}

ItemId Filler::item_for(std::string_view field) {
  if (field == "id" || (row_ != nullptr && field == row_->creates))
    return dice_.one_in(60) ? around_.known.any(dice_) : dice_.id<ItemId>();
  if (nonsense()) return dice_.one_in(6) ? dice_.id<ItemId>() : around_.known.any(dice_);
  if (wants_token_ && chosen_.empty())
    if (const auto item = in_edit_mode(field)) return item;
  if (field == "memo" && !around_.known.memos().empty()) return dice_.one_of(around_.known.memos());
  if (const auto kin = kin_of_chosen(field)) return kin;
  if (const auto* reference = reference_to(field)) return one_of_kinds(*reference);
  return around_.known.any(dice_);
}

// What this session edits, or else anybody, as far as the field can name it or what stands on it.
ItemId Filler::in_edit_mode(std::string_view field) {
  const auto* reference = reference_to(field);
  ItemId own, other;
  for (const auto& [leased, lease] : around_.known.leases()) {
    const auto item = reference == nullptr ? leased : fitting(*reference, leased);
    auto& found = lease.session == around_.session ? own : other;
    if (item && (!found || dice_.one_in(2))) found = item;
  }
  if (own && !dice_.one_in(4)) return own;
  return dice_.one_in(3) ? other : ItemId{};
}

// What is edited itself, or something that stands on it.
ItemId Filler::fitting(const engine::Reference& reference, const ItemId& leased) {
  const auto row = projector::item_slice(around_.state, leased);
  if (!row || reference.kinds.has(row->kind)) return leased;
  ItemId found;
  for (const auto kind : reference.kinds.list())
    for (const auto& item : around_.known.of(kind))
      if (stands_on(item, leased) && (!found || dice_.one_in(2))) found = item;
  return found;
}

bool Filler::stands_on(const ItemId& item, const ItemId& source) const {
  const auto row = projector::item_slice(around_.state, item);
  return row &&
         projector::value_of<projector::Place>(*row, projector::Facet::Place).source == source;
}

namespace {

ItemId code_of(const projector::Reader& state, const ItemId& coding) {
  const auto row = projector::item_slice(state, coding);
  return row ? projector::value_of<projector::Place>(*row, Facet::Place).code : ItemId{};
}

ItemId parent_of(const projector::Reader& state, const ItemId& item) {
  const auto row = projector::item_slice(state, item);
  return row ? projector::value_of<projector::Parent>(*row, Facet::Parent).parent : ItemId{};
}

ItemId classification_of(const projector::Reader& state, const ItemId& item) {
  const auto row = projector::item_slice(state, item);
  if (!row) return {};
  return projector::value_of<projector::Linked>(*row, Facet::Classification).item;
}

ItemId itself(const projector::Reader&, const ItemId& item) { return item; }

// Fields that make sense only beside another: of all items of a kind, those that lead to the same.
struct Kin {
  std::string_view field;
  Kind kind;
  ItemId (*leads)(const projector::Reader&, const ItemId&);
  std::string_view chosen;
  ItemId (*chosen_leads)(const projector::Reader&, const ItemId&);
};
constexpr std::array kKin = {
    Kin{"codings", Kind::Coding, code_of, "code", itself},
    Kin{"attribute", Kind::Attribute, parent_of, "item", classification_of},
    Kin{"value", Kind::Attrvalue, parent_of, "attribute", itself},
};

}  // namespace

ItemId Filler::kin_of_chosen(std::string_view field) {
  ItemId found;
  for (const auto& kin : kKin) {
    if (kin.field != field) continue;
    const auto to = kin.chosen_leads(around_.state, chosen(kin.chosen));
    for (const auto& item : around_.known.of(kin.kind))
      if (to && kin.leads(around_.state, item) == to && (!found || dice_.one_in(2))) found = item;
  }
  return found;
}

ItemId Filler::chosen(std::string_view field) const {
  for (const auto& [name, id] : chosen_)
    if (name == field) return id;
  return {};
}

// Nobody else has it in edit mode.
bool Filler::may_work_on(const ItemId& source) const {
  const auto lease = around_.known.leases().find(source);
  const bool mine =
      lease == around_.known.leases().end() || lease->second.session == around_.session;
  return source && mine;
}

bool Filler::alive(const ItemId& id) const {
  return projector::standing(around_.state, id) == projector::Standing::Alive;
}

ItemId Filler::one_of_kinds(const engine::Reference& reference) {
  const auto kinds = reference.kinds.list();
  if (kinds.empty()) return around_.known.any(dice_);
  // People work on the same text at the same time.
  if (reference.kinds.has(Kind::Source) && may_work_on(around_.known.last_edited()) &&
      dice_.one_in(2))
    return around_.known.last_edited();
  const auto wants_living = !reference.any_standing && !dice_.one_in(8);
  ItemId found;
  for (int tries = 0; tries < 5; ++tries) {
    const auto& items = around_.known.of(dice_.one_of(kinds));
    if (items.empty()) continue;
    found = dice_.one_in(3)
                ? items[items.size() - 1 - dice_.below(std::min<std::size_t>(items.size(), 4))]
                : dice_.one_of(items);
    if (!wants_living || alive(found)) return found;
  }
  return found;
}

ItemId Filler::text_of(std::string_view prefix) const {
  for (const auto& [field, id] : chosen_ | std::views::reverse) {
    if (!prefix.empty() && field != prefix) continue;
    const auto row = projector::item_slice(around_.state, id);
    if (!row) continue;
    if (row->kind == Kind::Source) return id;
    const auto place = projector::value_of<projector::Place>(*row, projector::Facet::Place);
    if (place.source) return place.source;
  }
  return {};
}

std::optional<fb::AreaKind> Filler::places_of(std::string_view prefix) const {
  const auto row = projector::item_slice(around_.state, text_of(prefix));
  if (!row) return std::nullopt;
  const auto props = projector::value_of<projector::Props>(*row, projector::Facet::Props);
  switch (static_cast<fb::SourceKind>(props.subkind)) {
    case fb::SourceKind::Picture:
      return fb::AreaKind::Region;
    case fb::SourceKind::Pdf:
      return fb::AreaKind::Page;
    case fb::SourceKind::Audio:
    case fb::SourceKind::Video:
      return fb::AreaKind::Span;
    case fb::SourceKind::Dataset:
      return fb::AreaKind::Cells;
    default:
      return std::nullopt;
  }
}

std::uint64_t Filler::left_of(const ItemId& source) const {
  const std::int64_t length = length_of(source);
  return static_cast<std::uint64_t>(std::max<std::int64_t>(length - position_, 0));
}

std::uint32_t Filler::length_of(const ItemId& source) const {
  const auto row =
      projector::row_of<projector::ContentRow>(around_.state, Table::Contents, source.view());
  return row ? row->length : 0;
}

}  // namespace qualog::simulation
