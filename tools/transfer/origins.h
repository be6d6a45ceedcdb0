// SPDX-License-Identifier: Apache-2.0
// Origins: which items of two projects are one and the same, whatever they are called now: one
// came from the other, both came from a third project or file, or the projects are forks. Said by
// ids and by what earlier imports have recorded (import.id_mapped), never by names. Pure reads; the
// sides outlive it.
#pragma once

#include "tools/transfer/side.h"

#include <unordered_map>

namespace qualog::transfer {

class Origins {
 public:
  Origins(const Side& source, const Side& target);

  // The item of the target that an item of the source is, of the same kind, whatever its standing
  // now; zero: none.
  ItemId same_as(const ItemId& foreign, projector::Kind kind) const;

  // The id that a new item gets: the same in every attempt, and never one that is there.
  ItemId id_for(const ItemId& foreign) const;
  // The same for a person: one that is there already is that person.
  ItemId person_for(const ItemId& profile) const;

 private:
  ItemId derived(const ItemId& foreign, std::uint32_t attempt) const;
  void find_common();
  void find_returning();

  const Side& source_;
  const Side& target_;
  std::unordered_map<ItemId, ItemId> common_;  // by recorded imports of the source project
};

}  // namespace qualog::transfer
