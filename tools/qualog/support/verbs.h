// SPDX-License-Identifier: Apache-2.0
// Verbs: what each action is called between who and what. One table; constant; any thread.
#pragma once

#include "schema/fbs/action_generated.h"

#include <string>

namespace qualog::tools {

// "coded"; the name of the action for one without words.
std::string action_in_words(fb::Action action);

}  // namespace qualog::tools
