// SPDX-License-Identifier: Apache-2.0
// Imports: which commands are imports. Pure.
#pragma once

#include "engine/rules/question.h"
#include "schema/fbs/command_generated.h"

namespace qualog::engine {

// A command is an import when it begins with its intent.
bool is_import(const fb::CommandT& command);

// INVALID for a claim of who made something when, outside an import: only a file says that.
Verdict check_claim(const Question& question);

}  // namespace qualog::engine
