// SPDX-License-Identifier: Apache-2.0
// Events that tell all they can: one of each action, from its golden item, with words in every text
// and string that say which field they stand in, so that a row can be searched for them.
#pragma once

#include "schema/bytes.h"
#include "schema/reflection.h"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace qualog::test {

// "<name claim.original>": what stands in a text of `action`.
std::string spoken(std::string_view action, std::string_view field);

// Actions that have golden items.
std::vector<fb::Action> golden_actions();

// The body of the golden item, with such words.
boost::json::object told_body(fb::Action action);

// An event with that body; "<event actor>" acts, for the reason "<event reason>".
Bytes event_of(fb::Action action, const boost::json::object& body);
Bytes told_event(fb::Action action);

// Every string or text of an action: its path, and whether it is a text.
struct Worded {
  std::string action;
  std::string field;
  bool is_text = false;
};
std::vector<Worded> worded_fields();

}  // namespace qualog::test
