// SPDX-License-Identifier: Apache-2.0
// Restoration in place: what came after a moment is taken back by undos, newest first, so that
// later work stays in the log and can be had again by undoing the restoration.
#include "engine/rules/specials.h"
#include "engine/rules/undo/undo.h"
#include "engine/rules/versions.h"

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

// In effect, and not so at the moment. An undo of what came before the moment is taken back like
// any act; one of what came after it leaves nothing to take back, whatever it undid.
bool came_after(const EffectRow& effect, std::uint64_t moment) {
  return !effect.undone_by && effect.undo_of.value <= moment;
}

// Of what came after the moment and is chosen, newest first, what `is_meant`.
template <class IsMeant>
std::vector<Sequence> chosen_since(const Question& question, const IsMeant& is_meant) {
  const auto& restore = question.as<fb::ProjectRestored>();
  const auto listed = question.ids("items");
  const std::set<ItemId> items(listed.begin(), listed.end());
  std::vector<Sequence> found;
  for (Sequence at = question.context.head; at.value > restore.to(); at = at.previous()) {
    const auto effect = projector::effect_at(question.state, at);
    const bool is_new = effect && came_after(*effect, restore.to()) && is_meant(*effect);
    if (is_new && is_chosen(restore, *effect, items)) found.push_back(at);
  }
  return found;
}

std::vector<Sequence> taken_back(const Question& question) {
  return chosen_since(question, can_be_undone);
}

// Content that no undo takes away again came to an item that was there at the moment: a text that
// had been missing.
std::vector<Sequence> staying(const Question& question) {
  const Sequence moment{question.as<fb::ProjectRestored>().to()};
  return chosen_since(question, [&](const EffectRow& effect) {
    const auto* rule = rule_of(static_cast<fb::Action>(effect.action));
    if (rule == nullptr || rule->layer != Layer::Content || rule->undo != UndoRule::Never)
      return false;
    return std::any_of(effect.entries.begin(), effect.entries.end(), [&](const auto& entry) {
      const auto row = projector::item_slice(question.state, entry.item);
      return row && row->created.sequence <= moment;
    });
  });
}

Verdict check_all_comes_back(const Question& question) {
  const auto& restore = question.as<fb::ProjectRestored>();
  if (restore.mode() == fb::RestoreMode::Actor) return {};
  const auto stays = staying(question);
  if (stays.empty()) return {};
  auto refusal = refuse(fb::RefusalCode::Policy, "a text that came since stays");
  refusal.winner = stays.front();
  return refusal;
}

// Whoever asks, and what for.
Verdict may_restore(const Question& question) {
  const auto& restore = question.as<fb::ProjectRestored>();
  const bool whole = restore.mode() == fb::RestoreMode::Whole;
  if (whole && !question.by_owner()) return refuse(fb::RefusalCode::Denied, "role");
  if (whole && !exclusive_is_mine(question))
    return refuse(fb::RefusalCode::NeedExclusive, "exclusive");
  if (restore.to() == 0 || restore.to() > question.context.head.value)
    return refuse(fb::RefusalCode::SeenAhead, "to");
  return whole ? Verdict() : check_seen_given(question);
}

}  // namespace

Verdict restore_is_allowed(const Question& question) {
  if (auto verdict = may_restore(question)) return verdict;
  if (auto verdict = check_all_comes_back(question)) return verdict;
  const bool whole = question.as<fb::ProjectRestored>().mode() == fb::RestoreMode::Whole;
  if (whole || question.trusted) return {};
  return check_acts_seen(question, taken_back(question));
}

bool nothing_to_restore(const Question& question) {
  return !may_restore(question) && taken_back(question).empty() && !check_all_comes_back(question);
}

std::vector<fb::ActionUnion> restoring_undos(const Question& question) {
  std::vector<fb::ActionUnion> actions;
  for (const auto sequence : taken_back(question)) actions.push_back(undo_of(sequence));
  return actions;
}

}  // namespace qualog::engine
