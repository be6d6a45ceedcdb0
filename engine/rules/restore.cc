// SPDX-License-Identifier: Apache-2.0
// Restoration in place: what came after a moment is taken back by undos, newest first, so that
// later work stays in the log and can be had again by undoing the restoration.
#include "engine/rules/specials.h"

#include <algorithm>
#include <set>

namespace qualog::engine {

using projector::EffectRow;

namespace {

bool is_chosen(const fb::ProjectRestored& restore, const EffectRow& effect,
               const std::set<ItemId>& items) {
  switch (restore.mode()) {
    case fb::RestoreMode::Items:
      return std::any_of(effect.entries.begin(), effect.entries.end(),
                         [&](const auto& entry) { return items.count(entry.item) > 0; }) ||
             (effect.edit && items.count(effect.edit->source) > 0);
    case fb::RestoreMode::Actor:
      return restore.actor() != nullptr &&
             effect.profile == projector::profile_item(restore.actor()->string_view());
    default:
      return true;
  }
}

bool can_be_taken_back(const EffectRow& effect) {
  const auto* rule = rule_of(static_cast<fb::Action>(effect.action));
  const bool writes_something = !effect.entries.empty() || effect.edit.has_value();
  return rule != nullptr && rule->undo == UndoRule::Restore && writes_something;
}

// Newest first: what is in effect and came after the moment.
std::vector<Sequence> taken_back(const Question& question) {
  const auto& restore = question.as<fb::ProjectRestored>();
  const auto listed = question.ids("items");
  const std::set<ItemId> items(listed.begin(), listed.end());
  std::vector<Sequence> found;
  for (Sequence at = question.context.head; at.value > restore.to(); at = Sequence{at.value - 1}) {
    const auto effect = projector::effect_at(question.state, at);
    const bool in_effect = effect && !effect->undone_by && !effect->undo_of;
    if (in_effect && can_be_taken_back(*effect) && is_chosen(restore, *effect, items))
      found.push_back(at);
  }
  return found;
}

}  // namespace

Verdict restore_is_allowed(const Question& question) {
  const auto& restore = question.as<fb::ProjectRestored>();
  const bool whole = restore.mode() == fb::RestoreMode::Whole;
  if (whole && question.group < static_cast<std::uint8_t>(fb::Group::Owner))
    return refuse(fb::RefusalCode::Denied, "role");
  if (whole && !exclusive_is_mine(question))
    return refuse(fb::RefusalCode::NeedExclusive, "exclusive");
  if (restore.to() == 0 || restore.to() > question.context.head.value)
    return refuse(fb::RefusalCode::SeenAhead, "to");
  if (whole || question.command.seen || question.trusted) return {};
  return refuse(fb::RefusalCode::Invalid, "seen is required");
}

bool nothing_to_restore(const Question& question) {
  return !restore_is_allowed(question) && taken_back(question).empty();
}

std::vector<fb::ActionUnion> restoring_undos(const Question& question) {
  std::vector<fb::ActionUnion> actions;
  for (const auto sequence : taken_back(question)) {
    fb::UndoAppliedT undo;
    undo.sequences = {sequence.value};
    actions.emplace_back();
    actions.back().Set(std::move(undo));
  }
  return actions;
}

}  // namespace qualog::engine
