// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/generate/known.h"

#include "projector/items.h"
#include "schema/fbs/action_generated.h"

namespace qualog::simulation {

using projector::Facet;
using projector::Kind;

void Known::learn(const projector::Reader& state, Sequence at) {
  head_ = at;
  const auto effect = projector::effect_at(state, at);
  if (!effect) return;
  events_[effect->session].push_back(at);
  const bool is_redo = effect->action == static_cast<std::uint8_t>(fb::Action::RedoApplied);
  if (effect->undo_of && !is_redo) undos_.push_back(at);
  for (const auto& entry : effect->entries) {
    if (entry.created && (all_.empty() || all_.back() != entry.item)) learn_item(state, entry.item);
    if (entry.facet == Facet::Content && !entry.created) learn_edit(state, entry.item, at);
    const auto row = projector::item_slice(state, entry.item);
    if (entry.facet == Facet::Exclusive)
      exclusive_ = projector::value_of<projector::Exclusive>(*row, Facet::Exclusive).session;
    if (entry.facet != Facet::Lease) continue;
    learn_lease(entry.item, projector::value_of<projector::Lease>(*row, Facet::Lease), at);
  }
}

void Known::learn_lease(const ItemId& item, const projector::Lease& lease, Sequence at) {
  if (lease.token == 0) {
    leases_.erase(item);
    return;
  }
  leases_[item] = lease;
  auto& tenures = tenures_[item];
  tenures = {.last = at, .before = tenures.last};
}

Sequence Known::before_last_editor(const SessionId& session) const {
  for (const auto& [item, lease] : leases_)
    if (const auto before = tenures_.at(item).before; lease.session == session && before)
      return before.previous();
  return {};
}

void Known::learn_edit(const projector::Reader& state, const ItemId& source, Sequence at) {
  const auto row = projector::row_of<projector::HistoryRow>(state, projector::Table::History,
                                                            projector::key_of(source, at));
  last_edit_ = at;
  last_edited_ = source;
  last_cut_ = {};
  if (!row) return;
  for (const auto& splice : row->splices)
    if (splice.delete_length > last_cut_.delete_length) last_cut_ = splice;
}

void Known::learn_item(const projector::Reader& state, const ItemId& id) {
  const auto row = projector::item_slice(state, id);
  items_[row->kind].push_back(id);
  all_.push_back(id);
}

const std::vector<ItemId>& Known::of(Kind kind) const {
  static const std::vector<ItemId> none;
  const auto found = items_.find(kind);
  return found == items_.end() ? none : found->second;
}

ItemId Known::any(Dice& dice) const { return all_.empty() ? ItemId{} : dice.one_of(all_); }

const std::vector<Sequence>& Known::events_of(const SessionId& session) const {
  static const std::vector<Sequence> none;
  const auto found = events_.find(session);
  return found == events_.end() ? none : found->second;
}

}  // namespace qualog::simulation
