// SPDX-License-Identifier: Apache-2.0
// What each refusal means and what to do next, in plain words: the one place for them.
// docs/commands.md shows the same sentences, which a test holds together. Any thread.
#pragma once

#include "schema/fbs/aside_generated.h"

#include <string_view>

namespace qualog::tools {

// One sentence or two; of a code that this version does not know, that it is none.
std::string_view refusal_in_words(fb::RefusalCode code);

}  // namespace qualog::tools
