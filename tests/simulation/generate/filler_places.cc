// SPDX-License-Identifier: Apache-2.0
// The filler: where in a source.
#include "projector/items.h"
#include "tests/simulation/generate/filler.h"

namespace qualog::simulation {

ItemId Filler::text_of(std::string_view prefix) const {
  const auto& chosen = choose_.chosen().all();
  for (auto last = chosen.rbegin(); last != chosen.rend(); ++last) {
    const auto& [field, id] = *last;
    if (!prefix.empty() && field != prefix) continue;
    const auto row = projector::item_slice(around_.state, id);
    if (!row) continue;
    if (row->kind == projector::Kind::Source) return id;
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
  const auto row = projector::content_row(around_.state, source);
  return row ? row->length : 0;
}

}  // namespace qualog::simulation
