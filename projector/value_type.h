// SPDX-License-Identifier: Apache-2.0
// The types of attributes and columns, and which texts are values of them. Dates and times as
// ISO 8601 writes them (2026-02-25, 09:30, 2026-02-25T09:30), numbers with a point, truth as true
// or false. Pure; no locale.
#pragma once

#include "schema/fbs/action_generated.h"

#include <string_view>

namespace qualog::projector {

// True for a text that is a value of the type; the empty one is of every type.
bool is_of_type(fb::AttributeType type, std::string_view text);

}  // namespace qualog::projector
