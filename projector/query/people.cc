// SPDX-License-Identifier: Apache-2.0
#include "projector/query/people.h"

#include "projector/items.h"

namespace qualog::projector {

std::string Person::text() const {
  if (!principal.empty()) return principal;
  return name.plain.empty() ? profile.text() : name.plain;
}

Person person(const Reader& reader, const ItemId& profile) {
  const auto row = item(reader, profile);
  if (!row) return {profile, {}, {}};
  return {profile, value_of<Role>(*row, Facet::Role).principal,
          value_of<Props>(*row, Facet::Props).name};
}

Named named(const Reader& reader, const ItemId& id) {
  const auto row = item(reader, id);
  return {id, row ? value_of<Props>(*row, Facet::Props).name : Text{}};
}

}  // namespace qualog::projector
