// SPDX-License-Identifier: Apache-2.0
// Undo by meaning (row UN-1): allowed iff no later effective event stands on what the event wrote;
// it needs what the undone action needed. Groups are undone newest first, each event for itself.
#include "engine/rules/question.h"

#include <algorithm>
#include <set>

namespace qualog::engine {

using projector::EffectEntry;
using projector::EffectRow;
using projector::Facet;
using projector::ItemRow;
using projector::Standing;
using projector::Table;

namespace {

std::optional<EffectRow> effect_of(const projector::Reader& state, Sequence sequence) {
  return projector::row_of<EffectRow>(state, Table::Effects, projector::key_of(sequence));
}

const Rule* rule_of_effect(const EffectRow& effect) {
  return rule_of(static_cast<fb::Action>(effect.action));
}

bool writes_something(const EffectRow& effect) {
  return !effect.entries.empty() || effect.edit.has_value();
}

// The events of the group that begins at `first`.
std::vector<Sequence> group_events(const projector::Reader& state, Sequence first) {
  std::vector<Sequence> events;
  for (Sequence at = first;; at = at.next()) {
    const auto effect = effect_of(state, at);
    if (!effect || effect->group != first) return events;
    events.push_back(at);
  }
}

// The newest act of the session that is not undone and can be: an event alone or a group's first.
Sequence newest_own(const Question& question) {
  std::set<Sequence> tried;
  for (Sequence at = question.context.head; at; at = Sequence{at.value - 1}) {
    const auto effect = effect_of(question.state, at);
    if (!effect || effect->session != question.command.session) continue;
    const auto* rule = rule_of_effect(*effect);
    const bool undoable = rule != nullptr && rule->undo == UndoRule::Restore &&
                          writes_something(*effect) && !effect->undone_by && !effect->undo_of;
    if (undoable) return effect->group ? effect->group : at;
  }
  return {};
}

std::vector<Sequence> sequences_in(const Question& question) {
  std::vector<Sequence> sequences;
  if (const auto* listed = question.as<fb::UndoApplied>().sequences())
    for (const auto value : *listed) sequences.push_back(Sequence{value});
  return sequences;
}

bool can_be_undone(const EffectRow& effect) {
  const auto* rule = rule_of_effect(effect);
  return rule != nullptr && rule->undo == UndoRule::Restore && writes_something(effect);
}

// Every event that the undo takes back, newest first.
std::vector<Sequence> targets_of(const Question& question) {
  std::set<Sequence, std::greater<>> targets;
  for (const auto sequence : sequences_in(question)) {
    const auto effect = effect_of(question.state, sequence);
    if (!effect) continue;
    if (!effect->group || question.computed) {
      targets.insert(sequence);
      continue;
    }
    for (const auto member : group_events(question.state, effect->group)) {
      const auto of_group = effect_of(question.state, member);
      if (can_be_undone(*of_group) && !of_group->undone_by) targets.insert(member);
    }
  }
  return {targets.begin(), targets.end()};
}

class Blockers {
 public:
  explicit Blockers(const projector::Reader& state) : state_(state) {}

  void look_at(const EffectEntry& entry) {
    const auto row = projector::item(state_, entry.item);
    if (!row) return;
    if (entry.created) return look_at_creation(entry, *row);
    const auto now = row->version(entry.facet).effective;
    if (now != entry.effective_after) add(row->kind, entry.item, entry.facet, now);
  }

  Verdict verdict() const {
    if (refusal_.facets.empty()) return {};
    return refusal_;
  }

 private:
  // The undo of a creation takes with it whatever stands on the item.
  void look_at_creation(const EffectEntry& entry, const ItemRow& created) {
    const auto by = created.created.sequence;
    for (const auto& slot : created.facets)
      if (slot.version && slot.version->effective > by && slot.facet != Facet::Lease)
        add(created.kind, entry.item, slot.facet, slot.version->effective);
    projector::visit_closure(state_, entry.item, [&](const ItemId& id, const ItemRow& row) {
      if (id != entry.item) add(created.kind, entry.item, Facet::Below, row.created.sequence);
      return true;
    });
  }

  void add(projector::Kind kind, const ItemId& id, Facet facet, Sequence by) {
    refusal_.facets.push_back({kind, id, facet});
    refusal_.winner = std::max(refusal_.winner, by);
  }

  const projector::Reader& state_;
  Refusal refusal_ = refuse(fb::RefusalCode::UndoBlocked, "later events stand on it");
};

bool new_name_given(const Question& question) {
  return question.as<fb::UndoApplied>().name() != nullptr;
}

Bytes match_given(const Question& question) {
  const auto* match = question.as<fb::UndoApplied>().name()->match();
  return match != nullptr ? Bytes(match->begin(), match->end()) : Bytes{};
}

// The item as the undo of this entry would leave it.
ItemRow restored(const ItemRow& row, const EffectEntry& entry) {
  ItemRow after = row;
  after.slot(entry.facet).value = entry.before;
  return after;
}

Verdict check_place(const Question& question, const EffectEntry& entry) {
  const auto row = projector::item(question.state, entry.item);
  const bool moves_name =
      entry.facet == Facet::Life || entry.facet == Facet::Props || entry.facet == Facet::Parent;
  if (!row || entry.created || !moves_name) return {};
  const auto after = restored(*row, entry);
  const auto life = projector::value_of<projector::Life>(after, Facet::Life);
  if (life.state != projector::LifeState::Alive) return {};
  const auto parent = projector::value_of<projector::Parent>(after, Facet::Parent).parent;
  if (parent && projector::standing(question.state, parent) != Standing::Alive)
    return refuse(fb::RefusalCode::Gone, "parent");
  if (entry.facet == Facet::Parent && projector::is_within(question.state, parent, entry.item))
    return refuse(fb::RefusalCode::Cycle, "parent");
  const auto match = new_name_given(question)
                         ? match_given(question)
                         : projector::value_of<projector::Props>(after, Facet::Props).name.match;
  if (match.empty()) return {};
  return name_is_free(question.state, parent, row->kind, match, entry.item);
}

Verdict check_lease_of(const Question& question, const EffectRow& effect) {
  for (const auto& entry : effect.entries)
    if (auto verdict = check_free_of_lease(question, entry.item)) return verdict;
  if (!effect.edit) return {};
  const auto lease = live_lease(question, effect.edit->source);
  if (lease && lease->session == question.command.session) return {};
  return refuse(fb::RefusalCode::NeedEditLease, "lease");
}

}  // namespace

Sequence undone_by(const fb::ActionUnion& action) {
  return Sequence{action.AsUndoApplied()->sequences.front()};
}

Verdict find_undone(const Question& question, fb::ActionUnion& action) {
  auto& undo = *action.AsUndoApplied();
  if (undo.sequences.empty()) undo.sequences = {newest_own(question).value};
  for (const auto value : undo.sequences) {
    const auto effect = effect_of(question.state, Sequence{value});
    if (!effect) return refuse(fb::RefusalCode::BadRef, "sequences");
    if (!effect->group && !can_be_undone(*effect))
      return refuse(fb::RefusalCode::Policy, "this act cannot be undone");
  }
  return {};
}

bool already_undone(const Question& question) {
  const auto targets = targets_of(question);
  return std::all_of(targets.begin(), targets.end(), [&](Sequence target) {
    return bool(effect_of(question.state, target)->undone_by);
  });
}

std::vector<fb::ActionUnion> single_undos(const Question& question) {
  std::vector<fb::ActionUnion> actions;
  const auto targets = targets_of(question);
  const auto sent = sequences_in(question);
  if (sent.size() == 1 && targets.size() == 1 && targets.front() == sent.front()) return actions;
  for (const auto target : targets) {
    fb::UndoAppliedT undo;
    undo.sequences = {target.value};
    actions.emplace_back();
    actions.back().Set(std::move(undo));
  }
  return actions;
}

Verdict undo_is_free(const Question& question) {
  const auto sent = sequences_in(question);
  if (sent.size() != 1 || !single_undos(question).empty()) return {};
  const auto effect = effect_of(question.state, sent.front());
  const auto* rule = rule_of_effect(*effect);
  if (rule->need == Need::Owner && question.group < static_cast<std::uint8_t>(fb::Group::Owner))
    return refuse(fb::RefusalCode::Denied, "role");
  if (auto verdict = check_lease_of(question, *effect)) return verdict;
  Blockers blockers(question.state);
  for (const auto& entry : effect->entries) blockers.look_at(entry);
  if (auto verdict = blockers.verdict()) return verdict;
  for (const auto& entry : effect->entries)
    if (auto verdict = check_place(question, entry)) return verdict;
  return {};
}

}  // namespace qualog::engine
