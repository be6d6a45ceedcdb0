// SPDX-License-Identifier: Apache-2.0
// Undo by meaning: allowed iff no later effective event stands on what the event wrote; it needs
// what the undone action needed. Groups are undone newest first, each event for itself.
#include "engine/rules/specials.h"
#include "projector/overlay.h"

#include <algorithm>
#include <set>

namespace qualog::engine {

using projector::EffectEntry;
using projector::EffectRow;
using projector::Facet;
using projector::ItemRow;
using projector::LifeState;
using projector::Standing;
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
  for (Sequence at = std::min(question.context.head, last); at; at = Sequence{at.value - 1}) {
    const auto effect = projector::effect_at(question.state, at);
    if (!effect || effect->session != question.command.session) continue;
    if (!can_be_undone(*effect) || effect->undone_by) continue;
    if (is_wanted(question.state, *effect, an_undo)) return effect->group ? effect->group : at;
  }
  return {};
}

std::vector<Sequence> sequences_in(const Question& question) {
  std::vector<Sequence> sequences;
  using Numbers = flatbuffers::Vector<std::uint64_t>;
  const auto& field = field_in(question.rule.action, "sequences");
  if (const auto* listed = question.action.GetPointer<const Numbers*>(field.offset()))
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

// The item as the undo of this entry would leave it.
ItemRow restored(const ItemRow& row, const EffectEntry& entry) {
  ItemRow after = row;
  after.slot(entry.facet).value = entry.before;
  return after;
}

std::uint8_t subkind_of(const ItemRow& row) {
  return projector::value_of<projector::Props>(row, Facet::Props).subkind;
}

LifeState life_of(const ItemRow& row) {
  return projector::value_of<projector::Life>(row, Facet::Life).state;
}

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
            if (!slot.version || slot.facet == Facet::Lease || looked_at) continue;
            if (is_later(slot.version->effective, *slot.version))
              add(row.kind, id, slot.facet, slot.version->sequence);
          }
          look_at_uses(id);
          return true;
        });
  }

  void look_at(const ItemId& id, const ItemRow& row, Facet facet) {
    const auto version = row.version(facet);
    if (is_later(version.effective, version)) add(row.kind, id, facet, version.sequence);
  }

  // What has the item as its value or classification.
  void look_at_uses(const ItemId& used) {
    projector::visit_uses(question_.state, used,
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
    projector::visit_uses(question_.state, classification,
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

// A redo gives none.
bool new_name_given(const Question& question) {
  return question.rule.action == fb::Action::UndoApplied &&
         question.as<fb::UndoApplied>().name() != nullptr;
}

Bytes match_given(const Question& question) {
  const auto* match = question.as<fb::UndoApplied>().name()->match();
  return match != nullptr ? Bytes(match->begin(), match->end()) : Bytes{};
}

bool touches(const EffectRow& effect, const ItemId& item, Facet facet) {
  return std::any_of(effect.entries.begin(), effect.entries.end(), [&](const EffectEntry& entry) {
    return entry.item == item && entry.facet == facet;
  });
}

// The item as the undo of the whole event would leave it.
ItemRow restored(ItemRow row, const EffectRow& effect, const ItemId& item) {
  for (auto entry = effect.entries.rbegin(); entry != effect.entries.rend(); ++entry)
    if (entry->item == item) row = restored(row, *entry);
  return row;
}

Verdict check_name(const Question& question, const ItemRow& after, const ItemId& item,
                   bool is_first) {
  if (after.kind == projector::Kind::Project)
    return check_labels(question.state,
                        projector::value_of<projector::Settings>(after, Facet::Settings));
  const auto parent = projector::value_of<projector::Parent>(after, Facet::Parent).parent;
  const auto match = is_first && new_name_given(question)
                         ? match_given(question)
                         : projector::value_of<projector::Props>(after, Facet::Props).name.match;
  if (match.empty()) return {};
  if (after.kind == projector::Kind::Attrvalue)
    if (auto verdict = check_no_label(question.state, match)) return verdict;
  return name_is_free(question.state, parent, after.kind, match, item);
}

// Under a parent, or merged into a code: never into what is below it.
Verdict check_tree(const Question& question, const ItemId& above, const ItemId& item) {
  if (!above) return {};
  if (projector::is_within(question.state, above, item))
    return refuse(fb::RefusalCode::Cycle, "parent");
  return check_depth(question.state, above, item);
}

Verdict check_merge_again(const Question& question, const ItemId& into, const ItemId& item) {
  if (auto verdict = check_alive(question.state, into)) return verdict;
  return check_tree(question, into, item);
}

// Where the undo would leave an item: it passes what any action would.
Verdict check_place(const Question& question, const EffectRow& effect, const ItemId& item) {
  const auto row = projector::item(question.state, item);
  if (!row || effect.entries.front().created) return {};
  const auto after = restored(*row, effect, item);
  const bool lives = touches(effect, item, Facet::Life);
  if (lives && life_of(after) == LifeState::Merged)
    return check_merge_again(question,
                             projector::value_of<projector::Life>(after, Facet::Life).into, item);
  if (lives && life_of(after) != LifeState::Alive) return {};
  if (life_of(*row) == LifeState::Merged &&
      projector::standing(question.state, item) == Standing::Gone)
    return check_alive(question.state, item);
  const bool moves = lives || touches(effect, item, Facet::Parent);
  const auto parent = projector::value_of<projector::Parent>(after, Facet::Parent).parent;
  if (moves)
    if (auto verdict = check_tree(question, parent, item)) return verdict;
  if (row->kind == projector::Kind::Reltype)
    if (auto verdict = check_direction(question.state, item, subkind_of(after))) return verdict;
  projector::Overlay attempt(&question.state);
  projector::put_row(attempt, Table::Items, item.view(), after);
  if (auto verdict = check_alive(attempt, item)) return verdict;
  const bool is_first = item == effect.entries.front().item;
  const bool renames = is_first && new_name_given(question);
  const bool names = touches(effect, item, Facet::Props) || touches(effect, item, Facet::Settings);
  if (!moves && !renames && !names) return {};
  return check_name(question, after, item, is_first);
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
  if (question.group >= static_cast<std::uint8_t>(fb::Group::Owner)) return {};
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
  const bool may = question.group >= static_cast<std::uint8_t>(fb::Group::Owner) ||
                   effect.profile == self || !is_restoration(question.state, effect);
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

FacetRef first_facet(const Question& question, const EffectRow& effect) {
  if (effect.edit) return {projector::Kind::Source, effect.edit->source, Facet::Content};
  const auto& entry = effect.entries.front();
  return {projector::kind_of(question.state, entry.item), entry.item, entry.facet};
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
  refusal.facets = {first_facet(question, *projector::effect_at(question.state, unseen))};
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
  fb::ActionUnion action;
  action.Set(std::move(one));
  return action;
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
  Blockers blockers(question, *effect, sent.front());
  for (const auto& entry : effect->entries) blockers.look_at(entry);
  if (auto verdict = blockers.verdict()) return verdict;
  for (const auto& entry : effect->entries)
    if (auto verdict = check_place(question, *effect, entry.item)) return verdict;
  return {};
}

}  // namespace qualog::engine
