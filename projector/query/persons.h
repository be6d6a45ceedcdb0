// SPDX-License-Identifier: Apache-2.0
// Persons: profiles that are merged are one person, for as long as they are merged. What that
// person has coded alike under several of them, the same code on the same place, is one coding; it
// is two again when they are split. Costs a look a profile where none is merged. One thread; the
// reader outlives it.
#pragma once

#include "projector/items.h"

#include <string>
#include <unordered_map>
#include <unordered_set>

namespace qualog::projector {

class Persons {
 public:
  explicit Persons(const Reader& reader) : reader_(reader) {}

  // The profile that stands for the person: itself, or where it was merged to.
  const ItemId& of(const ItemId& profile) { return known(profile).person; }

  // The same for codings that are one; empty for a coding that none can be one with: its coder has
  // one profile, or its passage was deleted.
  std::string sameness(const ItemId& coding, const ItemSlice& item, const Place& place);

  // True when one that is the same has been asked about before.
  bool has_counted(const ItemId& coding, const ItemSlice& item, const Place& place);

 private:
  struct Known {
    ItemId person;
    bool has_several = false;  // profiles
  };
  const Known& known(const ItemId& profile);

  const Reader& reader_;
  std::unordered_map<ItemId, Known> known_;
  std::unordered_set<std::string> counted_;
};

}  // namespace qualog::projector
