// SPDX-License-Identifier: Apache-2.0
// A text as the actions that bring it: in parts, each of which fits into one event. Pure.
#pragma once

#include "schema/fbs/command_generated.h"
#include "schema/ids.h"
#include "tools/interchange/source_text.h"

#include <vector>

namespace qualog::tools {

// A source with its text. `spent`: bytes that other texts of the first action have.
std::vector<fb::ActionUnion> source_actions(fb::SourceCreatedT source,
                                            const interchange::SourceText& text,
                                            std::size_t spent = 0);

// The text of a source that is there and misses it.
std::vector<fb::ActionUnion> supply_actions(const ItemId& source,
                                            const interchange::SourceText& text);

}  // namespace qualog::tools
