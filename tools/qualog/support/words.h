// SPDX-License-Identifier: Apache-2.0
// Events in words: what was done to what, with the names that things had then. Pure reads.
#pragma once

#include "projector/tables.h"
#include "schema/fbs/event_generated.h"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace qualog::tools {

// "2026-03-09 07:05:00" of RFC 3339, for tables.
std::string short_time(const std::string& rfc3339);

// What the item was called behind event `at`. Where it has no name of its own, that of what it
// stood on: of a coding its code, of an annotation its source, of a member the set. Empty: none.
std::string name_then(const projector::Reader& state, const ItemId& item, Sequence at);

// What an event concerns, and in words what it did.
struct Told {
  ItemId item;         // zero: none
  std::string detail;  // one line
};

// `line` is its event_json().
Told told(const projector::Reader& state, const boost::json::object& line);

// Every item that the event names or changed; of a coding or annotation also what it is on.
std::vector<ItemId> items_concerned(const projector::Reader& state,
                                    const boost::json::object& line);

}  // namespace qualog::tools
