// SPDX-License-Identifier: Apache-2.0
// Names and the tree: what names are compared by, and what holds for every item under a parent,
// however it came there. Pure.
#pragma once

#include "engine/rules/question.h"
#include "projector/tables.h"

#include <map>

namespace qualog::engine {

// Of those that come back together, which has a name.
using ByName = std::map<projector::Key, ItemId>;

// What a creation makes: code.created may make a case.
projector::Kind kind_made(const Rule& rule, fb::CodeKind said);
// The match of a text; empty where it has none.
Bytes match_of(const fb::Text* text);
// NAME_TAKEN when another living item has this name there.
Verdict name_is_free(const projector::Reader& state, const ItemId& parent, projector::Kind kind,
                     ByteView match, const ItemId& self);
// The same, and when one of those that come back with it has this name there.
Verdict name_is_free(const projector::Reader& state, const ItemId& parent, projector::Kind kind,
                     ByteView match, const ItemId& self, ByName& together);
// TOO_LARGE when the tree, merges counted as levels, would be deeper than limits::kTreeDepthMax
// with `self` and all below it under `parent`.
Verdict check_depth(const projector::Reader& state, const ItemId& parent, const ItemId& self);
// Of what comes back under `above`, or is merged into it again: that, and CYCLE when it would lie
// below itself. `after` is the state with all that comes back together; zero `above` is the top.
Verdict check_above(const projector::Reader& state, const projector::Reader& after,
                    const ItemId& above, const ItemId& self);

}  // namespace qualog::engine
