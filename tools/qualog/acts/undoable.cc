// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/acts/undoable.h"

#include "engine/rules/undo/undo.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::tools {

using projector::EffectRow;

std::optional<EffectRow> first_effect(const projector::Reader& state, Sequence act,
                                      const std::function<bool(const EffectRow&)>& is_one) {
  const auto first = projector::effect_at(state, act);
  for (auto effect = first; effect; effect = projector::effect_at(state, act)) {
    if (effect->group != first->group) break;
    if (is_one(*effect)) return effect;
    if (!first->group) break;
    act = act.next();
  }
  return std::nullopt;
}

namespace {

// What `undo` takes back: what is no undo itself, and restorations.
bool is_act_in_effect(const projector::Reader& state, const EffectRow& effect) {
  return engine::can_be_undone(effect) && !effect.undone_by &&
         (!effect.undo_of || engine::is_restoration(state, effect));
}

bool is_undo_in_effect(const projector::Reader& state, const EffectRow& effect) {
  return engine::is_undo(effect) && !effect.undone_by && !engine::is_restoration(state, effect);
}

// What took an event back, or the first event of a group that was taken back.
Sequence undone_by(const projector::Reader& state, Sequence act) {
  const auto effect =
      first_effect(state, act, [](const EffectRow& row) { return bool(row.undone_by); });
  return effect ? effect->undone_by : Sequence{};
}

}  // namespace

Sequence newest_undo(const projector::Reader& state, Sequence head, const ItemId& who) {
  for (Sequence at = head; at; at = at.previous()) {
    const auto effect = projector::effect_at(state, at);
    if (effect && effect->profile == who && is_undo_in_effect(state, *effect))
      return effect->group ? effect->group : at;
  }
  return {};
}

Result<Sequence> undo_that_took_back(const projector::Reader& state, Sequence act) {
  const auto undo = undone_by(state, act);
  const auto effect = projector::effect_at(state, undo);
  if (!effect)
    return fail(Code::not_found,
                fmt::format("event {} is not undone; qualog log --action undo.applied lists what "
                            "was taken back",
                            act.value));
  if (engine::is_restoration(state, *effect))
    return fail(Code::conflict, fmt::format("event {} was taken back by the restoration {}; redo "
                                            "that by its number to bring back all of it",
                                            act.value, effect->group.value));
  return effect->group ? effect->group : undo;
}

std::vector<Sequence> undoable_acts(const projector::Reader& state, Sequence head,
                                    const ItemId& who, const Between& between, std::size_t most) {
  std::vector<Sequence> acts;
  for (Sequence at = head; at && acts.size() < most; at = at.previous()) {
    const auto effect = projector::effect_at(state, at);
    if (effect && between.is_before(at, effect->time)) break;
    if (!effect || !is_act_in_effect(state, *effect)) continue;
    if (who && effect->profile != who) continue;
    if (!between.holds(at, effect->time)) continue;
    const auto act = effect->group ? effect->group : at;
    if (acts.empty() || acts.back() != act) acts.push_back(act);
  }
  return acts;
}

}  // namespace qualog::tools
