// SPDX-License-Identifier: Apache-2.0
#include "engine/rules/coding/living.h"

namespace qualog::engine {

using projector::Facet;

fb::CodingAddedT LivingCoding::derived_as(const ItemId& new_id) const {
  fb::CodingAddedT coding;
  coding.id = new_id;
  coding.code = place.code;
  coding.source = place.source;
  coding.piece_of = id;
  coding.area = projector::area_to(area);
  if (note.weight) coding.weight = static_cast<std::int32_t>(*note.weight);
  if (!note.comment.empty()) coding.comment = text_to(note.comment);
  return coding;
}

std::optional<LivingCoding> living_coding(const projector::Reader& state, const ItemId& id) {
  const auto row = projector::item(state, id);
  if (!row || row->kind != projector::Kind::Coding) return std::nullopt;
  if (projector::standing(state, id) != projector::Standing::Alive) return std::nullopt;
  const auto range = projector::range_row(state, id, Facet::Range);
  return LivingCoding{id, projector::value_of<projector::Place>(*row, Facet::Place),
                      range.value_or(projector::RangeRow{}),
                      projector::value_of<projector::Area>(*row, Facet::Area),
                      projector::value_of<projector::Note>(*row, Facet::Note)};
}

}  // namespace qualog::engine
