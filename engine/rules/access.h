// SPDX-License-Identifier: Apache-2.0
// Access: in which group a principal is. Pure.
#pragma once

#include "engine/rules/question.h"

namespace qualog::engine {

// The strongest group of a principal, its own or through a group that it is in; 0: none.
std::uint8_t strongest_group(const projector::Reader& state, const Context& context);

}  // namespace qualog::engine
