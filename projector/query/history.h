// SPDX-License-Identifier: Apache-2.0
// Who made an item and who changed it. Pure reads; also for deleted items.
#pragma once

#include "projector/query/people.h"

#include <optional>
#include <vector>

namespace qualog::projector {

// One event's part in an item.
struct ItemChange {
  Sequence sequence;
  std::uint8_t action = 0;  // fb::Action
  std::int64_t time = 0;
  Person by;  // who acted
  SessionId session;
  bool created = false;       // it made the item
  std::vector<Facet> facets;  // what it wrote, ascending
  Sequence undo_of;
  Sequence undone_by;
};

// Of the persons as they are known now: merged profiles are one.
struct Authorship {
  Kind kind = Kind::None;
  Stamp created;
  Person created_by;
  std::optional<Stamp> modified;  // the last write of any facet
  std::optional<Person> modified_by;
};

// Nothing when there never was such an item. Two rows are read.
std::optional<Authorship> authorship(const Reader& reader, const ItemId& id);

// Every event that made or wrote the item, oldest first. Reads every effect of the project.
std::vector<ItemChange> item_history(const Reader& reader, const ItemId& id);

}  // namespace qualog::projector
