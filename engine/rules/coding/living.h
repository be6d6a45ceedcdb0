// SPDX-License-Identifier: Apache-2.0
// LivingCoding: a coding that stands, with what others that come from it keep of it. Pure.
#pragma once

#include "engine/rules/question.h"
#include "projector/tables.h"
#include "projector/values.h"

#include <optional>

namespace qualog::engine {

struct LivingCoding {
  ItemId id;
  projector::Place place;
  projector::RangeRow range;
  projector::Area area;
  projector::Note note;

  // A remainder or copy: its code, source, area and notes, its coder and time; where in the text is
  // left open.
  fb::CodingAddedT derived_as(const ItemId& new_id) const;
};

// Nothing where no living coding has this id.
std::optional<LivingCoding> living_coding(const projector::Reader& state, const ItemId& id);

}  // namespace qualog::engine
