// SPDX-License-Identifier: Apache-2.0
#include "engine/rules/undo/blockers.h"

#include <algorithm>

namespace qualog::engine {

using projector::EffectEntry;
using projector::EffectRow;
using projector::Facet;
using projector::ItemRow;
using projector::LifeState;

ItemRow restored(const ItemRow& row, const EffectEntry& entry) {
  ItemRow after = row;
  after.slot(entry.facet).value = entry.before;
  return after;
}

LifeState life_of(const ItemRow& row) {
  return projector::value_of<projector::Life>(row, Facet::Life).state;
}

namespace {

// The undo of a creation, and of what brought an item back, is an end as any other.
bool ends_life(const ItemRow& row, const EffectEntry& entry) {
  if (entry.created) return true;
  return entry.facet == Facet::Life && life_of(restored(row, entry)) != LifeState::Alive;
}

// What stands in the way of the undo of one event.
class Blockers {
 public:
  Blockers(const Question& question, const EffectRow& undone, Sequence at)
      : question_(question), undone_(undone), at_(at) {}

  void look_at(const EffectEntry& entry) {
    const auto row = projector::item(question_.state, entry.item);
    if (!row) return;
    const auto now = row->version(entry.facet).effective;
    if (!entry.created && now != entry.effective_after)
      add(row->kind, entry.item, entry.facet, now);
    if (ends_life(*row, entry)) look_at_closure(entry, row->kind);
    if (entry.facet == Facet::Classification) look_at_values(entry.item);
    if (entry.facet == Facet::Life && row->kind == projector::Kind::Classification)
      look_at_values_by(entry.item);
  }

  Verdict verdict() const {
    if (refusal_.facets.empty()) return {};
    return refusal_;
  }

 private:
  // What would go with the item: nothing later may be in effect there, and nothing unseen.
  void look_at_closure(const EffectEntry& entry, projector::Kind root_kind) {
    projector::visit_closure(
        question_.state, entry.item, [&](const ItemId& id, const ItemRow& row) {
          if (id != entry.item && is_later(row.created.sequence, row.version(Facet::Life)))
            add(root_kind, entry.item, Facet::Below, row.created.sequence);
          for (const auto& slot : row.facets) {
            const bool looked_at = slot.facet == Facet::Life && id == entry.item;
            if (!slot.version || projector::is_of_edit_mode(slot.facet) || looked_at) continue;
            if (is_later(slot.version->effective, *slot.version))
              add(row.kind, id, slot.facet, slot.version->sequence);
          }
          look_at_uses(id, row.kind);
          return true;
        });
  }

  void look_at(const ItemId& id, const ItemRow& row, Facet facet) {
    const auto version = row.version(facet);
    if (is_later(version.effective, version)) add(row.kind, id, facet, version.sequence);
  }

  // What has the item as its value or classification.
  void look_at_uses(const ItemId& used, projector::Kind kind) {
    projector::visit_uses(question_.state, used, kind,
                          [&](const ItemId& id, const ItemRow& row, Facet facet) {
                            look_at(id, row, facet);
                            return true;
                          });
  }

  // What was set by a classification is not seen under another.
  void look_at_values(const ItemId& classified) {
    projector::visit_values(question_.state, classified, [&](const ItemId& id, const ItemRow& row) {
      look_at(id, row, Facet::Value);
      return true;
    });
  }

  void look_at_values_by(const ItemId& classification) {
    projector::visit_uses(question_.state, classification, projector::Kind::Classification,
                          [&](const ItemId& id, const ItemRow&, Facet) {
                            look_at_values(id);
                            return true;
                          });
  }

  bool is_later(Sequence effective, const projector::Version& version) const {
    if (version.written_after(looked(), question_.command.session)) return true;
    return effective > at_ && !is_of_the_group(effective);
  }

  // Of what was one act, the later part does not hold the earlier one.
  bool is_of_the_group(Sequence event) const {
    const auto effect = projector::effect_at(question_.state, event);
    return undone_.group && effect && effect->group == undone_.group;
  }

  // The look of the whole command: a computed action has none of its own.
  Sequence looked() const {
    const auto seen = question_.command.seen;
    return seen ? std::min(Sequence{*seen}, question_.context.head) : question_.context.head;
  }

  void add(projector::Kind kind, const ItemId& id, Facet facet, Sequence by) {
    refusal_.facets.push_back({kind, id, facet});
    refusal_.winner = std::max(refusal_.winner, by);
  }

  const Question& question_;
  const EffectRow& undone_;
  Sequence at_;
  Refusal refusal_ = refuse(fb::RefusalCode::UndoBlocked, "later events stand on it");
};

}  // namespace

Verdict check_unblocked(const Question& question, const EffectRow& undone, Sequence at) {
  Blockers blockers(question, undone, at);
  for (const auto& entry : undone.entries) blockers.look_at(entry);
  return blockers.verdict();
}

}  // namespace qualog::engine
