// SPDX-License-Identifier: Apache-2.0
// Imports and undo. Rows of the rule table; what a column means is in rule.h.
#pragma once

#include "engine/rules/rows/kinds.h"
#include "engine/rules/specials.h"

namespace qualog::engine::rows {

inline constexpr Rule kHistory[] = {
    {.action = Action::ImportStarted,
     .need = Need::Owner,
     .undo = UndoRule::Never,
     .special = kImportIsAllowed},
    {.action = Action::UndoApplied,
     .special = kUndoIsFree,
     .adjust = &find_undone,
     .compute = &single_undos,
     .repeats = &already_undone,
     .undone = &undone_by},
    {.action = Action::ImportFinished,
     .need = Need::Import,
     .undo = UndoRule::Never,
     .special = kInsideImport},
    {.action = Action::ImportIdMapped,
     .need = Need::Import,
     .references = {{"item", kAnything, true}},
     .special = kInsideImport},
    {.action = Action::ErasurePerformed, .need = Need::Nobody, .undo = UndoRule::Never},
    {.action = Action::RedoApplied,
     .special = kUndoIsFree,
     .adjust = &find_redone,
     .compute = &single_undos,
     .repeats = &already_undone,
     .undone = &redone_by},

};

}  // namespace qualog::engine::rows
