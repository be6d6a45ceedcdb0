// SPDX-License-Identifier: Apache-2.0
// Undo by meaning: allowed iff no later effective event stands on what the event wrote; it needs
// what the undone action needed. Groups are undone newest first, each event for itself.
#include "engine/rules/undo/undo.h"

#include "engine/rules/lease.h"
#include "engine/rules/past.h"
#include "engine/rules/specials.h"
#include "engine/rules/undo/blockers.h"
#include "engine/rules/undo/places.h"
#include "schema/commands.h"

#include <algorithm>
#include <set>

namespace qualog::engine {

using projector::EffectEntry;
using projector::EffectRow;
using projector::Facet;
using projector::Table;

namespace {

const Rule* rule_of_effect(const EffectRow& effect) {
  return rule_of(static_cast<fb::Action>(effect.action));
}

// What was done first, where undos and redos of it were undone themselves.
EffectRow root_of(const projector::Reader& state, EffectRow effect) {
  while (effect.undo_of) effect = *projector::effect_at(state, effect.undo_of);
  return effect;
}

// Whether the event is of a group that begins with this action.
bool is_in_group_of(const projector::Reader& state, const EffectRow& effect, fb::Action intent) {
  if (!effect.group) return false;
  return static_cast<fb::Action>(projector::effect_at(state, effect.group)->action) == intent;
}

}  // namespace

bool can_be_undone(const EffectRow& effect) {
  const auto* rule = rule_of_effect(effect);
  const bool writes_something = !effect.entries.empty() || effect.edit.has_value();
  return rule != nullptr && rule->undo == UndoRule::Restore && writes_something;
}

namespace {

// The events of the group that begins at `first`.
std::vector<Sequence> group_events(const projector::Reader& state, Sequence first) {
  std::vector<Sequence> events;
  for (Sequence at = first;; at = at.next()) {
    const auto effect = projector::effect_at(state, at);
    if (!effect || effect->group != first) return events;
    events.push_back(at);
  }
}

}  // namespace

bool is_undo(const EffectRow& effect) {
  const auto* rule = rule_of_effect(effect);
  return effect.undo_of && rule != nullptr && rule->undone == &undone_by;
}

bool is_restoration(const projector::Reader& state, const EffectRow& effect) {
  return is_in_group_of(state, effect, fb::Action::ProjectRestored);
}

namespace {

// What a redo without a number takes back, or an undo. A restoration is an act of its own.
bool is_wanted(const projector::Reader& state, const EffectRow& effect, bool an_undo) {
  if (is_restoration(state, effect)) return !an_undo;
  return an_undo ? is_undo(effect) : !effect.undo_of;
}

// The newest act of the session that is in effect and can be taken back: an event alone or a
// group's first.
Sequence newest_own(const Question& question, bool an_undo) {
  const auto session = projector::row_of<projector::SessionRow>(question.state, Table::Sessions,
                                                                question.command.session.view());
  const auto last = session ? session->last : Sequence{};  // behind it nothing is the session's
  for (Sequence at = std::min(question.context.head, last); at; at = at.previous()) {
    const auto effect = projector::effect_at(question.state, at);
    if (!effect || effect->session != question.command.session) continue;
    if (!can_be_undone(*effect) || effect->undone_by) continue;
    if (is_wanted(question.state, *effect, an_undo)) return effect->group ? effect->group : at;
  }
  return {};
}

std::vector<Sequence> sequences_in(const Question& question) {
  std::vector<Sequence> sequences;
  if (const auto* listed = question.held<flatbuffers::Vector<std::uint64_t>>("sequences"))
    for (const auto value : *listed) sequences.push_back(Sequence{value});
  return sequences;
}

// An event alone, or a group with one that can be undone.
bool acts_undoably(const projector::Reader& state, const EffectRow& effect) {
  if (!effect.group) return can_be_undone(effect);
  const auto members = group_events(state, effect.group);
  return std::any_of(members.begin(), members.end(), [&](Sequence member) {
    return can_be_undone(*projector::effect_at(state, member));
  });
}

// Every event that the undo takes back, newest first.
std::vector<Sequence> targets_of(const Question& question) {
  std::set<Sequence, std::greater<>> targets;
  for (const auto sequence : sequences_in(question)) {
    const auto effect = projector::effect_at(question.state, sequence);
    if (!effect) continue;
    if (!effect->group || question.computed) {
      targets.insert(sequence);
      continue;
    }
    for (const auto member : group_events(question.state, effect->group)) {
      const auto of_group = projector::effect_at(question.state, member);
      if (can_be_undone(*of_group) && !of_group->undone_by) targets.insert(member);
    }
  }
  return {targets.begin(), targets.end()};
}

// What an import has made was not made in edit mode; in an exclusive session there is nobody whom
// edit mode would keep away (EX-4).
bool needs_no_edit_mode(const Question& question, const EffectRow& root) {
  return is_in_group_of(question.state, root, fb::Action::ImportStarted) ||
         exclusive_is_mine(question);
}

Verdict check_lease_of(const Question& question, const Rule& rule, const EffectRow& effect,
                       const EffectRow& root) {
  const bool edits = rule.lease == LeaseRule::Holds || effect.edit;
  if (!edits && rule.lease != LeaseRule::FreeOf) return {};
  std::vector<ItemId> items;
  if (effect.edit) items.push_back(effect.edit->source);
  for (const auto& entry : effect.entries) items.push_back(entry.item);
  if (edits && !needs_no_edit_mode(question, root)) return check_leases_held(question, items);
  for (const auto& item : items)
    if (auto verdict = check_free_of_lease(question, item)) return verdict;
  return {};
}

Verdict check_role_of(const Question& question, const Rule& rule, const EffectRow& effect) {
  const ItemId self = projector::profile_item(question.context.principal);
  const bool own = std::all_of(effect.entries.begin(), effect.entries.end(),
                               [&](const EffectEntry& entry) { return entry.item == self; });
  if (question.by_owner()) return {};
  if (rule.need == Need::Contributor || (rule.need == Need::Self && own)) return {};
  return refuse(fb::RefusalCode::Denied, "role");
}

}  // namespace

Sequence undone_by(const fb::ActionUnion& action) {
  return Sequence{action.AsUndoApplied()->sequences.front()};
}

Sequence redone_by(const fb::ActionUnion& action) {
  return Sequence{action.AsRedoApplied()->sequences.front()};
}

namespace {

// A restoration is taken back by who made it, or by an Owner.
Verdict check_restorer(const Question& question, const EffectRow& effect) {
  const ItemId self = projector::profile_item(question.context.principal);
  const bool may =
      question.by_owner() || effect.profile == self || !is_restoration(question.state, effect);
  return may ? Verdict() : refuse(fb::RefusalCode::Denied, "role");
}

Verdict check_undoable(const Question& question, const std::vector<std::uint64_t>& sequences) {
  for (const auto value : sequences) {
    const auto effect = projector::effect_at(question.state, Sequence{value});
    if (!effect) return refuse(fb::RefusalCode::BadRef, "sequences");
    if (!acts_undoably(question.state, *effect))
      return refuse(fb::RefusalCode::Policy, "this act cannot be undone");
    if (auto verdict = check_restorer(question, *effect)) return verdict;
  }
  return {};
}

// Empty: the intent of a group, which writes nothing itself.
std::vector<FacetRef> first_facet(const Question& question, const EffectRow& effect) {
  if (effect.edit) return {{projector::Kind::Source, effect.edit->source, Facet::Content}};
  if (effect.entries.empty()) return {};
  const auto& entry = effect.entries.front();
  return {{projector::kind_of(question.state, entry.item), entry.item, entry.facet}};
}

}  // namespace

Verdict check_acts_seen(const Question& question, std::span<const Sequence> acts) {
  Sequence unseen;
  for (const auto act : acts)
    if (act > question.seen && act > unseen &&
        projector::effect_at(question.state, act)->session != question.command.session)
      unseen = act;
  if (!unseen) return {};
  auto refusal = refuse(fb::RefusalCode::Stale, "seen");
  refusal.facets = first_facet(question, *projector::effect_at(question.state, unseen));
  refusal.winner = unseen;
  return refusal;
}

namespace {

// An undo alone, or a group of nothing else.
bool is_act_of_undo(const projector::Reader& state, const EffectRow& effect) {
  if (!effect.group) return is_undo(effect);
  const auto members = group_events(state, effect.group);
  return std::all_of(members.begin(), members.end(), [&](Sequence member) {
    const auto of_group = projector::effect_at(state, member);
    return is_undo(*of_group) || !can_be_undone(*of_group);
  });
}

// All acts of an account in a span, as far as they can be undone and are in effect.
std::vector<Sequence> span_of(const Question& question, const fb::UndoAppliedT& undo) {
  const ItemId profile = projector::profile_item(undo.actor);
  const auto last = std::min(undo.last == 0 ? question.context.head.value : undo.last,
                             question.context.head.value);
  std::vector<Sequence> found;
  for (Sequence at{std::max<std::uint64_t>(undo.first, 1)}; at.value <= last; at = at.next()) {
    const auto effect = projector::effect_at(question.state, at);
    const bool theirs = effect && effect->profile == profile && !effect->undone_by &&
                        !effect->undo_of && can_be_undone(*effect);
    const auto act = theirs && effect->group ? effect->group : at;
    if (theirs && (found.empty() || found.back() != act)) found.push_back(act);
  }
  return found;
}

}  // namespace

Verdict find_undone(const Question& question, fb::ActionUnion& action) {
  auto& undo = *action.AsUndoApplied();
  if (!undo.actor.empty() && !undo.sequences.empty())
    return refuse(fb::RefusalCode::Invalid, "either sequences or actor");
  if (!undo.actor.empty()) {
    const auto acts = span_of(question, undo);
    if (acts.empty()) return refuse(fb::RefusalCode::Policy, "there is nothing of theirs to undo");
    if (auto verdict = check_acts_seen(question, acts)) return verdict;
    for (const auto act : acts) undo.sequences.push_back(act.value);
  }
  if (undo.sequences.empty()) undo.sequences = {newest_own(question, false).value};
  return check_undoable(question, undo.sequences);
}

Verdict find_redone(const Question& question, fb::ActionUnion& action) {
  auto& redo = *action.AsRedoApplied();
  if (redo.sequences.empty()) redo.sequences = {newest_own(question, true).value};
  if (auto verdict = check_undoable(question, redo.sequences)) return verdict;
  for (const auto value : redo.sequences)
    if (!is_act_of_undo(question.state, *projector::effect_at(question.state, Sequence{value})))
      return refuse(fb::RefusalCode::Policy, "this act is no undo");
  return {};
}

bool already_undone(const Question& question) {
  const auto targets = targets_of(question);
  return std::all_of(targets.begin(), targets.end(), [&](Sequence target) {
    return bool(projector::effect_at(question.state, target)->undone_by);
  });
}

namespace {

template <class Table>
fb::ActionUnion single(Sequence target) {
  Table one;
  one.sequences = {target.value};
  return action_of(std::move(one));
}

fb::ActionUnion single_undo(Sequence target, const fb::Text* name) {
  auto action = undo_of(target);
  if (name != nullptr) action.AsUndoApplied()->name = text_to(text_from(name));
  return action;
}

}  // namespace

fb::ActionUnion undo_of(Sequence event) { return single<fb::UndoAppliedT>(event); }

std::vector<fb::ActionUnion> single_undos(const Question& question) {
  std::vector<fb::ActionUnion> actions;
  const auto targets = targets_of(question);
  const auto sent = sequences_in(question);
  if (sent.size() == 1 && targets.size() == 1 && targets.front() == sent.front()) return actions;
  const auto* name = new_name_given(question) ? question.as<fb::UndoApplied>().name() : nullptr;
  const bool redo = question.rule.action == fb::Action::RedoApplied;
  for (const auto target : targets)
    actions.push_back(redo ? single<fb::RedoAppliedT>(target) : single_undo(target, name));
  return actions;
}

Verdict undo_is_free(const Question& question) {
  const auto sent = sequences_in(question);
  const auto singles = single_undos(question);
  if (singles.size() > 1 && new_name_given(question))
    return refuse(fb::RefusalCode::Invalid, "name: several acts are undone");
  if (sent.size() != 1 || !singles.empty()) return {};
  const auto effect = projector::effect_at(question.state, sent.front());
  const auto root = root_of(question.state, *effect);
  const auto* rule = rule_of_effect(root);
  if (auto verdict = check_role_of(question, *rule, *effect)) return verdict;
  if (auto verdict = check_frozen(question, *rule)) return verdict;
  if (auto verdict = check_lease_of(question, *rule, *effect, root)) return verdict;
  if (auto verdict = check_unblocked(question, *effect, sent.front())) return verdict;
  return check_places(question, *effect);
}

}  // namespace qualog::engine
