// SPDX-License-Identifier: Apache-2.0
#include "tools/transfer/origins.h"

#include "projector/query/living.h"
#include "schema/chain.h"

#include <algorithm>
#include <string>

namespace qualog::transfer {

using projector::Facet;
using projector::ItemSlice;
using projector::Kind;

namespace {

bool is_in_effect(const ItemSlice& mapping) {
  return mapping.kind == Kind::Mapping &&
         projector::value_of<projector::Life>(mapping, Facet::Life).state ==
             projector::LifeState::Alive;
}

// What an import has recorded under this id; zero: nothing, or it was undone.
ItemId recorded(const Side& side, const ItemId& mapping) {
  const auto row = projector::item_slice(side.reader(), mapping);
  if (!row || !is_in_effect(*row)) return {};
  return projector::value_of<projector::Ends>(*row, Facet::Ends).from;
}

}  // namespace

Origins::Origins(const Side& source, const Side& target) : source_(source), target_(target) {
  find_common();
  if (source.lineage() != target.lineage()) find_returning();
}

// Both came from a third.
void Origins::find_common() {
  projector::visit_items(source_.reader(), [&](const ItemId& id, const ItemSlice& item) {
    if (!is_in_effect(item)) return true;
    const ItemId here = recorded(target_, id);
    if (here) common_.emplace(projector::value_of<projector::Ends>(item, Facet::Ends).from, here);
    return true;
  });
}

// What the source project once had from the target.
void Origins::find_returning() {
  projector::visit_items(target_.reader(), [&](const ItemId& id, const ItemSlice&) {
    const ItemId there = recorded(source_, projector::mapping_item(target_.lineage(), id));
    if (there) common_.emplace(there, id);
    return true;
  });
}

ItemId Origins::same_as(const ItemId& foreign, Kind kind) const {
  const bool forks = source_.lineage() == target_.lineage();
  const auto common = common_.find(foreign);
  const ItemId candidates[] = {
      recorded(target_, projector::mapping_item(source_.lineage(), foreign)),
      forks ? foreign : ItemId{},
      common == common_.end() ? ItemId{} : common->second,
  };
  const auto found = std::find_if(
      std::begin(candidates), std::end(candidates),
      [&](const auto& id) { return id && projector::kind_of(target_.reader(), id) == kind; });
  return found == std::end(candidates) ? ItemId{} : *found;
}

ItemId Origins::derived(const ItemId& foreign, std::uint32_t attempt) const {
  return id_from<ItemId>(Sha256{}
                             .add(view("qualog.transfer.v1"))
                             .add(target_.lineage().view())
                             .add(source_.lineage().view())
                             .add(foreign.view())
                             .add(view(std::to_string(attempt)))
                             .finish());
}

// An import that was undone has left its ids behind, and an id is used once.
ItemId Origins::id_for(const ItemId& foreign) const {
  if (source_.lineage() == target_.lineage() && !target_.knows(foreign)) return foreign;
  std::uint32_t attempt = 0;
  ItemId id = derived(foreign, attempt);
  while (target_.knows(id)) id = derived(foreign, ++attempt);
  return id;
}

ItemId Origins::person_for(const ItemId& profile) const {
  const bool forks = source_.lineage() == target_.lineage();
  return forks && target_.knows(profile) ? profile : derived(profile, 0);
}

}  // namespace qualog::transfer
