// SPDX-License-Identifier: Apache-2.0
#include "projector/query/sets.h"

#include "projector/query/living.h"
#include "projector/query/ranks.h"
#include "projector/set_values.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace qualog::projector {

namespace {

struct Belonging {
  ItemId item;
  Sequence came;
};

struct Filled {
  SetEntry entry;
  Ranks order;
};

Filled empty_set(const ItemId& id, const ItemSlice& item) {
  const auto props = value_of<Props>(item, Facet::Props);
  return {{id, props.name, props.description, {}},
          Ranks(value_of<Order>(item, Facet::Order).items)};
}

void fill(Filled& set, std::vector<Belonging> members) {
  const auto place = [&](const Belonging& member) {
    return std::tuple(set.order.of(member.item), member.came, member.item);
  };
  std::sort(members.begin(), members.end(),
            [&](const auto& a, const auto& b) { return place(a) < place(b); });
  for (const auto& member : members) set.entry.members.push_back(member.item);
}

}  // namespace

std::vector<SetEntry> sets(const Reader& reader) {
  std::vector<Filled> found;
  std::map<ItemId, std::vector<Belonging>> members;
  visit_living(reader, [&](const ItemId& id, const ItemSlice& item, Standing standing) {
    if (standing != Standing::Alive) return;
    if (item.kind == Kind::Set) found.push_back(empty_set(id, item));
    if (item.kind != Kind::Setmember || !value_of<On>(item, Facet::On).on) return;
    const auto ends = value_of<Ends>(item, Facet::Ends);
    members[ends.from].push_back({ends.to, item.version(Facet::On).effective});
  });
  std::vector<SetEntry> entries;
  for (auto& set : found) {
    fill(set, members[set.entry.id]);
    entries.push_back(std::move(set.entry));
  }
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
    return std::tie(a.name.plain, a.id) < std::tie(b.name.plain, b.id);
  });
  return entries;
}

}  // namespace qualog::projector
