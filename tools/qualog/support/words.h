// SPDX-License-Identifier: Apache-2.0
// Events in words: what was done to what, with the names that things had then. Names come from what
// each rename left behind, in one pass. Pure reads; one thread.
#pragma once

#include "projector/tables.h"
#include "schema/fbs/event_generated.h"

#include <boost/json/object.hpp>

#include <map>
#include <string>
#include <vector>

namespace qualog::tools {

// "2026-03-09 07:05:00" of RFC 3339, for tables.
std::string short_time(const std::string& rfc3339);

// The names that items have had.
class NamesThen {
 public:
  explicit NamesThen(const projector::Reader& state);

  // What the item was called after event `at`. Where it has no name of its own, that of what it
  // stands on: of a coding its code, of an annotation its source, of a member the set. Empty: none.
  std::string name(const ItemId& item, Sequence at) const;

 private:
  void remember(Sequence at, const projector::EffectRow& effect);
  std::string own_name(const projector::ItemRow& row, const ItemId& item, Sequence at) const;
  ItemId stood_on(const projector::ItemRow& row, const ItemId& item, Sequence at) const;

  const projector::Reader& state_;
  std::map<ItemId, std::map<Sequence, Text>> names_;    // a rename -> the name before it
  std::map<ItemId, std::map<Sequence, ItemId>> codes_;  // of codings: a move -> the code before it
};

// What an event concerns, and in words what it did.
struct Told {
  ItemId item;         // zero: none
  std::string detail;  // one line
};

// `line` is its event_json().
Told told(const projector::Reader& state, const NamesThen& names, const boost::json::object& line);

// Every item that the event names or changed; of a coding or annotation also what it is on.
std::vector<ItemId> items_concerned(const projector::Reader& state,
                                    const boost::json::object& line);

}  // namespace qualog::tools
