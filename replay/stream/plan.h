// SPDX-License-Identifier: Apache-2.0
// The plan of an action: of each field that may leave with a row, where it goes and what it tells.
// Made once from the schema of the schema, so an action that gets a field has it in its rows.
// Digests, keys and other bytes are in no plan: they never leave. Immutable; any thread.
#pragma once

#include "replay/stream/columns.h"
#include "replay/stream/telling.h"
#include "schema/layout.h"

#include <boost/json/string.hpp>

#include <string>
#include <string_view>

namespace qualog::stream {

// Words in a row.
boost::json::string in_json(std::string_view words);

struct FieldPlan {
  const Slot* slot = nullptr;
  Telling telling = Telling::Nothing;  // of words and of ids of people
  std::optional<Col> col;              // else into the payload, unless it is the entity alone
  bool is_entity = false;
  std::string length_name;       // of a text: "name_length"
  std::vector<FieldPlan> inner;  // of an object, or of the objects in a list

  bool in_payload() const { return !col && !is_entity; }
};

struct ActionPlan {
  std::string_view action;
  Entity entity;
  std::vector<FieldPlan> fields;
};

// nullptr: this version does not know the action, or has no fields for it yet.
const ActionPlan* plan_of(fb::Action action);

}  // namespace qualog::stream
