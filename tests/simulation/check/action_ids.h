// SPDX-License-Identifier: Apache-2.0
// What an action names: the ids in a field, which is one or a list ("" is the project), its name;
// and the session of its event. By reflection. Pure; any thread.
#pragma once

#include "schema/bytes.h"
#include "schema/fbs/event_generated.h"
#include "schema/ids.h"

#include <string_view>
#include <vector>

namespace qualog::simulation {

std::vector<ItemId> ids_in(fb::Action type, const flatbuffers::Table& action,
                           std::string_view field);
// The first of them; zero where there is none.
ItemId first_id_in(fb::Action type, const flatbuffers::Table& action, std::string_view field);
// What stands for its name; empty where it has none.
Bytes name_in(fb::Action type, const flatbuffers::Table& action);

inline SessionId session_in(const fb::Event& event) {
  return flatbuffers::UnPack(*event.session());
}

}  // namespace qualog::simulation
