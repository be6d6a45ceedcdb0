// SPDX-License-Identifier: Apache-2.0
// The codebook. Rows of the rule table; what a column means is in rule.h.
#pragma once

#include "engine/rules/rows/kinds.h"
#include "engine/rules/specials.h"

namespace qualog::engine::rows {

inline constexpr Rule kCodebook[] = {
    {.action = Action::CodeCreated,
     .layer = Layer::Codebook,
     .creates = "id",
     .kind = Kind::Code,
     .references = {{"parent", kNode}},
     .named = "id",
     .parent = "parent",
     .special = kKindIsServed},
    {.action = Action::CodePropsChanged,
     .layer = Layer::Codebook,
     .references = {{"code", kNode}},
     .writes = {{"code", Facet::Props}},
     .named = "code"},
    {.action = Action::CodeMoved,
     .layer = Layer::Codebook,
     .references = {{"code", kNode}, {"parent", kNode}},
     .writes = {{"code", Facet::Parent}},
     .named = "code",
     .parent = "parent"},
    {.action = Action::CodeMerged,
     .layer = Layer::Codebook,
     .references = {{"from", kNode}, {"into", kNode}},
     .writes = {{"from", Facet::Life}},
     .deletes = "from",
     .special = kMergeIsSound},
    {.action = Action::CodeUnmerged,
     .layer = Layer::Codebook,
     .references = {{"codes", kNode, true}},
     .writes = {{"codes", Facet::Life}},
     .special = kUnmergeIsSound,
     .repeats = &nothing_merged},
    {.action = Action::CodeDeleted,
     .layer = Layer::Codebook,
     .references = {{"code", kNode}},
     .writes = {{"code", Facet::Life}},
     .deletes = "code"},

    {.action = Action::CodeSplit,
     .layer = Layer::Codebook,
     .references = {{"code", kNode}},
     .special = kSplitIsSound,
     .compute = &split_apart},
    {.action = Action::CodeCopied,
     .layer = Layer::Codebook,
     .references = {{"code", kNode}, {"parent", kNode}},
     .compute = &code_copies},
    {.action = Action::CodebookReordered,
     .layer = Layer::Codebook,
     .references = {{"parent", kNode}, {"order", kNode}},
     .writes = {{"", Facet::Order, Check::Version, &ordered_parent}},
     .special = kOrderIsOfParent,
     .adjust = &keep_other_order},

};

}  // namespace qualog::engine::rows
