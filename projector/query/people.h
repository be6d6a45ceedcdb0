// SPDX-License-Identifier: Apache-2.0
// Who somebody is, from the id of a profile, and what an item is called, from its id; also for
// items that are deleted. Profiles that are merged are one person. Pure reads.
#pragma once

#include "projector/tables.h"

namespace qualog::projector {

struct Person {
  ItemId profile;
  std::string principal;  // empty: only imported
  Text name;

  // The principal, else the name, else the profile's id: never empty.
  std::string text() const;
};

// The one whom a profile is merged into; without a merge, its own.
Person person(const Reader& reader, const ItemId& profile);
// Who acted, whatever the profile was merged into later.
Person actor(const Reader& reader, const ItemId& profile);

struct Named {
  ItemId id;
  Text name;
};

// Codings and annotations have no name.
Named named(const Reader& reader, const ItemId& id);

}  // namespace qualog::projector
