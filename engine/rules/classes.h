// SPDX-License-Identifier: Apache-2.0
// Classes: what the labels of a project and the types of relationships ask of any act, an undo
// too. Pure.
#pragma once

#include "engine/rules/question.h"

namespace qualog::engine {

// NAME_TAKEN when a label is the name of a living value, or of the other label.
Verdict check_labels(const projector::Reader& state, const projector::Settings& labels);
// NAME_TAKEN when a value's name is one of the labels.
Verdict check_no_label(const projector::Reader& state, const Bytes& match);
// POLICY when a type of relationships that are there would get another direction.
Verdict check_direction(const projector::Reader& state, const ItemId& reltype,
                        std::uint8_t direction);

}  // namespace qualog::engine
