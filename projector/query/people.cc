// SPDX-License-Identifier: Apache-2.0
#include "projector/query/people.h"

#include "projector/items.h"

namespace qualog::projector {

std::string Person::text() const {
  if (!principal.empty()) return principal;
  return name.plain.empty() ? profile.text() : name.plain;
}

namespace {

// Between somebody's first act and the event of their profile behind it, their session knows them.
std::string principal_in_sessions(const Reader& reader, const ItemId& profile) {
  std::string principal;
  scan_rows<SessionRow>(reader, Table::Sessions, {}, [&](ByteView, const SessionRow& row) {
    if (profile_item(row.principal) == profile) principal = row.principal;
    return principal.empty();
  });
  return principal;
}

}  // namespace

Person person(const Reader& reader, const ItemId& profile) {
  return actor(reader, merge_target(reader, profile));
}

Person actor(const Reader& reader, const ItemId& profile) {
  const auto row = item(reader, profile);
  if (!row) return {profile, principal_in_sessions(reader, profile), {}};
  return {profile, value_of<Role>(*row, Facet::Role).principal,
          value_of<Props>(*row, Facet::Props).name};
}

Named named(const Reader& reader, const ItemId& id) {
  const auto row = item(reader, id);
  return {id, row ? value_of<Props>(*row, Facet::Props).name : Text{}};
}

}  // namespace qualog::projector
