// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/generate/possibilities.h"

#include "projector/items.h"
#include "projector/kinds.h"
#include "schema/layout.h"

#include <algorithm>

namespace qualog::simulation {

using engine::Need;
using projector::Kind;

namespace {

bool changes_project_life(const engine::Rule& row) {
  return std::ranges::any_of(row.writes, [](const engine::Write& write) {
    return write.field.empty() && write.facet == projector::Facet::Life;
  });
}

}  // namespace

Possibilities::Possibilities(const Surroundings& surroundings)
    : around_(surroundings),
      group_(projector::group_of(surroundings.state, surroundings.principal)),
      is_open_(projector::standing(surroundings.state, projector::kProjectItem) ==
               projector::Standing::Alive) {
  for (const auto& [item, lease] : around_.known.leases())
    if (lease.session == around_.session)
      edited_.push_back(projector::kind_of(around_.state, item));
}

bool Possibilities::can(fb::Action action, const engine::Rule* row) const {
  if (row == nullptr || !is_allowed(row->need)) return false;
  if (!is_open_ && !changes_project_life(*row)) return false;
  const bool wants_all =
      row->exclusive == engine::ExclusiveRule::Needs || action == fb::Action::ImportStarted;
  if (wants_all && !is_alone()) return false;
  return edits_for(*row) && has_items_for(action, *row);
}

bool Possibilities::is_allowed(Need need) const {
  switch (need) {
    case Need::Contributor:
    case Need::Self:
      return group_ >= static_cast<std::uint8_t>(fb::Group::Contributor);
    case Need::Owner:
      return group_ >= static_cast<std::uint8_t>(fb::Group::Owner);
    default:
      return false;
  }
}

// An item of such a kind, or what stands on one, is in edit mode where the row wants it.
bool Possibilities::edits_for(const engine::Rule& row) const {
  if (row.lease != engine::LeaseRule::Holds) return true;
  for (const auto& reference : row.references) {
    if (std::ranges::find(row.leased, reference.field) == row.leased.end()) continue;
    for (const auto kind : reference.kinds.list()) {
      const bool stands = projector::traits_of(kind).on_place;
      if (std::ranges::find(edited_, stands ? Kind::Source : kind) != edited_.end()) return true;
    }
  }
  return false;
}

// Whatever must be given.
bool Possibilities::has_items_for(fb::Action action, const engine::Rule& row) const {
  return std::ranges::all_of(row.references, [&](const engine::Reference& reference) {
    const auto* slot = layout_of(action)->slot(reference.field);
    const bool must = slot != nullptr && (slot->must || slot->shape == Shape::List);
    const auto kinds = reference.kinds.list();
    return !must ||
           std::ranges::any_of(kinds, [&](Kind kind) { return !around_.known.of(kind).empty(); });
  });
}

}  // namespace qualog::simulation
