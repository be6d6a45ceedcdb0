// SPDX-License-Identifier: Apache-2.0
#include "tools/transfer/side.h"

#include "projector/fold/edit.h"
#include "projector/fold/fold.h"
#include "projector/query/living.h"
#include "projector/query/text.h"

#include <algorithm>
#include <tuple>

namespace qualog::transfer {

using projector::Facet;
using projector::ItemRow;
using projector::Kind;

namespace {

struct Order {
  std::size_t levels = 0;
  Sequence created;
  ItemId id;
  auto operator<=>(const Order&) const = default;
};

// Finds a sealed text in a value of any facet.
struct SealFinder {
  bool found = false;

  void operator()(const char*, Text& text) { found = found || text.seal.has_value(); }
  template <class Value>
  void operator()(const char*, std::vector<Value>& values) {
    if constexpr (requires(SealFinder & finder, Value & value) { describe(finder, value); })
      for (auto& value : values) describe(*this, value);
  }
  template <class Value>
  void operator()(const char*, Value&) {}
};

template <class Value>
bool sealed_in(const ItemRow& item, Facet facet) {
  auto value = projector::value_of<Value>(item, facet);
  SealFinder finder;
  describe(finder, value);
  return finder.found;
}

}  // namespace

Side::Side(const projector::Reader& reader)
    : reader_(reader), lineage_(projector::lineage_of(reader)) {
  std::map<Kind, std::vector<Order>> found;
  projector::visit_living(reader, [&](const ItemId& id, const projector::ItemSlice& item,
                                      projector::Standing standing) {
    if (standing != projector::Standing::Alive) return;
    const bool on_top = !projector::value_of<projector::Parent>(item, Facet::Parent).parent;
    const std::size_t levels = on_top ? 0 : projector::levels_above(reader, id);
    found[item.kind].push_back({levels, item.created.sequence, id});
  });
  for (auto& [kind, orders] : found) {
    std::sort(orders.begin(), orders.end());
    for (const auto& order : orders) living_[kind].push_back(order.id);
  }
}

const std::vector<ItemId>& Side::living(Kind kind) const {
  static const std::vector<ItemId> none;
  const auto found = living_.find(kind);
  return found == living_.end() ? none : found->second;
}

ItemId Side::standing_for(const ItemId& item) const {
  return projector::merge_target(reader_, item);
}

bool Side::knows(const ItemId& item) const {
  return reader_.get(projector::Table::Items, item.view()).has_value();
}

ItemRow Side::row(const ItemId& item) const {
  return projector::item(reader_, item).value_or(ItemRow{});
}

SourceContent Side::content_of(const ItemId& source) const {
  const auto item = row(source);
  SourceContent content;
  content.kind = static_cast<fb::SourceKind>(
      projector::value_of<projector::Props>(item, Facet::Props).subkind);
  content.media = projector::value_of<projector::Media>(item, Facet::Media);
  const auto stored = projector::content_row(reader_, source);
  if (!stored) return content;
  content.state = stored->state;
  const auto text = projector::SourceText::of(reader_, *stored);
  if (!text) return content;  // damage, which the reader has been told
  content.text = text->utf8();
  content.sealed = text->has_sealed();
  return content;
}

std::vector<projector::Styled> Side::formatting_of(const ItemId& source) const {
  const auto format = value<projector::Format>(source, Facet::Format);
  std::vector<projector::Styled> now;
  for (const auto& [begin, end, style] : format.ranges) {
    const auto range =
        projector::range_now(reader_, source, Sequence{format.version}, {begin, end, false});
    if (!range.detached) now.push_back({range.begin, range.end, style});
  }
  return now;
}

bool is_sealed(const ItemRow& item) {
  return sealed_in<projector::Props>(item, Facet::Props) ||
         sealed_in<projector::TextValue>(item, Facet::Text) ||
         sealed_in<projector::Note>(item, Facet::Note) ||
         sealed_in<projector::Media>(item, Facet::Media) ||
         sealed_in<projector::Fields>(item, Facet::Fields) ||
         sealed_in<projector::AttributeType>(item, Facet::Type) ||
         sealed_in<projector::Definition>(item, Facet::Definition) ||
         sealed_in<projector::ItemValue>(item, Facet::Value);
}

}  // namespace qualog::transfer
