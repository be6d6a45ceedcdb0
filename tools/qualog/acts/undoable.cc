// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/acts/undoable.h"

#include "engine/rules/rule.h"

#include <algorithm>

namespace qualog::tools {

namespace {

using projector::EffectRow;

bool can_be_undone(const EffectRow& effect) {
  const auto* rule = engine::rule_of(static_cast<fb::Action>(effect.action));
  const bool writes_something = !effect.entries.empty() || effect.edit.has_value();
  return rule != nullptr && rule->undo == engine::UndoRule::Restore && writes_something &&
         !effect.undone_by && !effect.undo_of;
}

}  // namespace

std::vector<Sequence> undoable_acts(const projector::Reader& state, Sequence head,
                                    const ItemId& who, const Between& between) {
  std::vector<Sequence> acts;
  for (Sequence at = head; at; at = Sequence{at.value - 1}) {
    const auto effect = projector::effect_at(state, at);
    if (!effect || !can_be_undone(*effect) || (who && effect->profile != who)) continue;
    if (!between.holds(at, effect->time)) continue;
    const auto act = effect->group ? effect->group : at;
    if (acts.empty() || acts.back() != act) acts.push_back(act);
  }
  return acts;
}

}  // namespace qualog::tools
