// SPDX-License-Identifier: Apache-2.0
// Texts: the version that an edit stands on, and what a text may hold. Pure.
#pragma once

#include "engine/rules/question.h"

namespace qualog::engine {

// The version that the positions of an edit stand on; STALE or POLICY unless it is the text's.
Sequence base_of(const Question& question, Sequence current);
Verdict check_base(const Question& question, const ItemId& source);
// STALE when another session has changed the source's text after `seen`.
Verdict check_text_seen(const Question& question, const ItemId& source);
// INVALID when a text holds carriage returns.
Verdict check_line_ends(const fb::Text* text);

}  // namespace qualog::engine
