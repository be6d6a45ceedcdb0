// SPDX-License-Identifier: Apache-2.0
// One function an action of folded.h: what it sets, a file a family.
#pragma once

#include "projector/fold/change.h"
#include "projector/fold/folded.h"
#include "schema/fbs/event_generated.h"

namespace qualog::projector {

#define QUALOG_DECLARE(name) void fold_action(Change& change, const fb::name& action);
QUALOG_FOLDED(QUALOG_DECLARE)
#undef QUALOG_DECLARE

// An optional text of an action: what is absent stays as it was.
void assign(Text& into, const fb::Text* text);
void assign(std::string& into, const flatbuffers::String* text);
// The id in an optional field; zero when absent.
ItemId id_of(const fb::ItemId* id);

}  // namespace qualog::projector
