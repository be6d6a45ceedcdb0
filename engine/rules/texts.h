// SPDX-License-Identifier: Apache-2.0
// Texts: the version that an edit stands on, and what a text may hold. Pure.
#pragma once

#include "engine/rules/question.h"

namespace qualog::engine {

// The version that the positions of an edit stand on; zero: none that holds.
Sequence base_of(const Question& question, Sequence current);
// POLICY while the text is not whole, STALE unless the edit stands on its version.
Verdict check_base(const Question& question, const ItemId& source);
// INVALID when a text holds carriage returns.
Verdict check_line_ends(const fb::Text* text);

}  // namespace qualog::engine
