// SPDX-License-Identifier: Apache-2.0
// ModelRow: what the pages say of one common action, field by field; a table of the model's own,
// which knows nothing of engine/rules. Pure; any thread.
#pragma once

#include "projector/values.h"
#include "schema/fbs/event_generated.h"

#include <string_view>
#include <utility>
#include <vector>

namespace qualog::simulation {

struct ModelRow {
  fb::Action action;
  fb::Group group = fb::Group::Contributor;
  projector::Kind makes = projector::Kind::None;
  std::vector<std::pair<std::string_view, std::vector<projector::Kind>>> names =
      {};                                                                  // alive, of these kinds
  std::vector<std::pair<std::string_view, projector::Facet>> writes = {};  // VER
  std::string_view ends = {};    // with all that stands on it
  std::string_view free = {};    // whose text nobody else edits
  std::string_view named = {};   // whose name or place must be free
  std::string_view parent = {};  // where it goes
  bool also_gone = false;        // what it names may be gone
};

// nullptr: of this action the model says nothing.
const ModelRow* model_row_of(fb::Action action);

}  // namespace qualog::simulation
