// SPDX-License-Identifier: Apache-2.0
// Who may and who did: the members of a project, and everybody who has worked in it, also those
// without access now. Work stays with its profile when a member is removed. Pure reads.
#pragma once

#include "projector/tables.h"

#include <string>
#include <vector>

namespace qualog::projector {

struct Member {
  std::string principal;
  std::uint8_t group = 0;  // fb::Group
};

// Those who are in a group, by principal.
std::vector<Member> members(const Reader& reader);

struct User {
  std::string principal;
  ItemId profile;
  Text name;  // empty: no profile yet
  Text initials;
  std::string color;
  std::uint8_t group = 0;    // fb::Group; 0: none
  bool has_access = false;   // is a member; what guests may do is not counted
  bool contributed = false;  // at least one event is theirs
};

// Members, and everybody with at least one event, by principal. Imported coders are no users.
std::vector<User> users(const Reader& reader);

}  // namespace qualog::projector
