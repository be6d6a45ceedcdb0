// SPDX-License-Identifier: Apache-2.0
// Who may and who did: the members of a project, and everybody who has worked in it, also those
// without access now. Work stays with its profile when a member is removed. Accounts whose profiles
// are merged are one person, who may still be a member under each. Pure reads.
#pragma once

#include "projector/tables.h"

#include <span>
#include <string>
#include <vector>

namespace qualog::projector {

struct Member {
  std::string principal;
  std::uint8_t group = 0;  // fb::Group
};

// Those who are in a group, by principal.
std::vector<Member> members(const Reader& reader);

// A way by which somebody is in a group.
struct Membership {
  std::uint8_t group = 0;  // fb::Group
  std::string via;         // the account of a group that they are in; empty: their own
};

// All ways of a principal who is, as the server's directory says, in these groups: their own first.
// The strongest group counts; none: a guest.
std::vector<Membership> memberships(const Reader& reader, std::string_view principal,
                                    std::span<const std::string> groups);

struct User {
  std::string principal;
  ItemId profile;  // of the person: where their profile was merged to
  Text name;       // empty: no profile yet
  Text initials;
  std::string color;
  std::uint8_t group = 0;    // fb::Group; 0: none
  bool has_access = false;   // is a member; what guests may do is not counted
  bool contributed = false;  // at least one event is theirs
};

// Members, and everybody with at least one event, by principal. Imported coders are no users. An
// account whose profile is merged into another account's is that user; it has a line of its own
// only while it is a member.
std::vector<User> users(const Reader& reader);

// Whether an account is a member or has acted, also before it was merged into another.
bool is_known(const Reader& reader, std::string_view principal);

}  // namespace qualog::projector
