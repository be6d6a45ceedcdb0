// SPDX-License-Identifier: Apache-2.0
#include "projector/query/members.h"

#include "projector/query/living.h"

#include <algorithm>
#include <map>

namespace qualog::projector {

namespace {

// What the person's profile says.
void add_profile(const Reader& reader, User& user) {
  user.profile = merge_target(reader, profile_item(user.principal));
  const auto row = item(reader, user.profile);
  if (!row) return;
  auto props = value_of<Props>(*row, Facet::Props);
  user.name = std::move(props.name);
  user.initials = std::move(props.nickname);
  user.color = std::move(props.color);
}

using Users = std::map<std::string, User>;

// Members, and whom every event left in its session.
Users accounts(const Reader& reader) {
  Users users;
  scan_rows<SessionRow>(reader, Table::Sessions, {}, [&](ByteView, const SessionRow& session) {
    users[session.principal].contributed = true;
    return true;
  });
  for (const auto& member : members(reader)) users[member.principal].group = member.group;
  return users;
}

// The other account that an account was merged into; empty: none.
std::string account_behind(const Reader& reader, const std::string& principal) {
  const ItemId own = profile_item(principal);
  const ItemId person = merge_target(reader, own);
  const auto row = person == own ? std::nullopt : item(reader, person);
  return row ? value_of<Role>(*row, Facet::Role).principal : std::string();
}

// What was done under accounts that are others now is theirs.
void follow_merges(const Reader& reader, Users& users) {
  std::vector<std::string> gone;
  for (auto& [principal, user] : users) {
    const auto other = account_behind(reader, principal);
    if (other.empty()) continue;
    users[other].contributed |= user.contributed;
    if (user.group == 0) gone.push_back(principal);
  }
  for (const auto& principal : gone) users.erase(principal);
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

std::vector<Membership> memberships(const Reader& reader, std::string_view principal,
                                    std::span<const std::string> groups) {
  std::vector<Membership> ways;
  if (const auto own = group_of(reader, principal); own != 0) ways.push_back({own, {}});
  for (const auto& group : groups)
    if (const auto through = group_of(reader, group); through != 0)
      ways.push_back({through, group});
  return ways;
}

std::vector<User> users(const Reader& reader) {
  auto found = accounts(reader);
  follow_merges(reader, found);
  std::vector<User> users;
  for (auto& [principal, user] : found) {
    user.principal = principal;
    user.has_access = user.group != 0;
    add_profile(reader, user);
    users.push_back(std::move(user));
  }
  return users;
}

// Only a session knows somebody between their first act and the event of their profile behind it.
bool is_known(const Reader& reader, std::string_view principal) {
  if (item_slice(reader, profile_item(principal)) || group_of(reader, principal) != 0) return true;
  return accounts(reader).contains(std::string(principal));
}

}  // namespace qualog::projector
