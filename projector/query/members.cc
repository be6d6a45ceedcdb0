// SPDX-License-Identifier: Apache-2.0
#include "projector/query/members.h"

#include "projector/query/living.h"

#include <algorithm>
#include <map>

namespace qualog::projector {

namespace {

void add_profile(const Reader& reader, User& user) {
  user.profile = profile_item(user.principal);
  const auto row = item(reader, user.profile);
  if (!row) return;
  auto props = value_of<Props>(*row, Facet::Props);
  user.name = std::move(props.name);
  user.initials = std::move(props.nickname);
  user.color = std::move(props.color);
}

// Every event leaves its session's principal.
void add_contributors(const Reader& reader, std::map<std::string, User>& users) {
  reader.scan(Table::Sessions, {}, [&](ByteView, ByteView value) {
    if (const auto session = decode<SessionRow>(value))
      users[session->principal].contributed = true;
    return true;
  });
}

}  // namespace

std::vector<Member> members(const Reader& reader) {
  std::vector<Member> members;
  visit_items(reader, [&](const ItemId&, const ItemSlice& item) {
    if (item.kind != Kind::Member) return true;
    auto role = value_of<Role>(item, Facet::Role);
    if (role.group != 0) members.push_back({std::move(role.principal), role.group});
    return true;
  });
  std::sort(members.begin(), members.end(),
            [](const Member& a, const Member& b) { return a.principal < b.principal; });
  return members;
}

std::vector<User> users(const Reader& reader) {
  std::map<std::string, User> found;
  add_contributors(reader, found);
  for (const auto& member : members(reader)) found[member.principal].group = member.group;
  std::vector<User> users;
  for (auto& [principal, user] : found) {
    user.principal = principal;
    user.has_access = user.group != 0;
    add_profile(reader, user);
    users.push_back(std::move(user));
  }
  return users;
}

}  // namespace qualog::projector
