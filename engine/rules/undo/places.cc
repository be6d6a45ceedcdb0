// SPDX-License-Identifier: Apache-2.0
#include "engine/rules/undo/places.h"

#include "engine/rules/classes.h"
#include "engine/rules/names.h"
#include "engine/rules/references.h"
#include "engine/rules/undo/blockers.h"
#include "projector/overlay.h"
#include "projector/query/values_then.h"

#include <algorithm>

namespace qualog::engine {

using projector::EffectEntry;
using projector::EffectRow;
using projector::Facet;
using projector::ItemRow;
using projector::LifeState;
using projector::Standing;
using projector::Table;

bool new_name_given(const Question& question) {
  return question.rule.action == fb::Action::UndoApplied &&
         question.as<fb::UndoApplied>().name() != nullptr;
}

namespace {

std::uint8_t subkind_of(const ItemRow& row) {
  return projector::value_of<projector::Props>(row, Facet::Props).subkind;
}

bool touches(const EffectRow& effect, const ItemId& item, Facet facet) {
  return std::any_of(effect.entries.begin(), effect.entries.end(), [&](const EffectEntry& entry) {
    return entry.item == item && entry.facet == facet;
  });
}

Verdict check_name(const Question& question, const ItemRow& after, const ItemId& item,
                   bool is_first, ByName& together) {
  if (after.kind == projector::Kind::Project)
    return check_labels(question.state,
                        projector::value_of<projector::Settings>(after, Facet::Settings));
  const auto parent = projector::value_of<projector::Parent>(after, Facet::Parent).parent;
  const auto match = is_first && new_name_given(question)
                         ? match_of(question.as<fb::UndoApplied>().name())
                         : projector::value_of<projector::Props>(after, Facet::Props).name.match;
  if (match.empty()) return {};
  if (after.kind == projector::Kind::Attrvalue)
    if (auto verdict = check_no_label(question.state, match)) return verdict;
  return name_is_free(question.state, parent, after.kind, match, item, together);
}

// The items as the undo of the whole event would leave them. Of what it wrote twice, what was there
// before the first counts.
void restore_all(projector::Overlay& state, const EffectRow& effect) {
  for (auto entry = effect.entries.rbegin(); entry != effect.entries.rend(); ++entry) {
    if (projector::lies_in_own_table(entry->facet)) continue;
    if (const auto row = projector::item(state, entry->item))
      projector::put_row(state, Table::Items, entry->item.view(), restored(*row, *entry));
  }
}

// Where the undo would leave an item: it passes what any action would.
Verdict check_place(const Question& question, const projector::Reader& all, const EffectRow& effect,
                    const ItemId& item, ByName& together) {
  const auto row = projector::item(question.state, item);
  if (!row) return {};
  const auto after = *projector::item(all, item);
  const bool lives = touches(effect, item, Facet::Life);
  if (lives && life_of(after) == LifeState::Merged) {
    const auto into = projector::value_of<projector::Life>(after, Facet::Life).into;
    if (auto verdict = check_alive(question.state, into)) return verdict;
    return check_above(question.state, all, into, item);
  }
  if (lives && life_of(after) != LifeState::Alive) return {};
  if (life_of(*row) == LifeState::Merged &&
      projector::standing(question.state, item) == Standing::Gone)
    return check_alive(question.state, item);
  const bool moves = lives || touches(effect, item, Facet::Parent);
  const auto parent = projector::value_of<projector::Parent>(after, Facet::Parent).parent;
  if (moves)
    if (auto verdict = check_above(question.state, all, parent, item)) return verdict;
  if (row->kind == projector::Kind::Reltype)
    if (auto verdict = check_direction(question.state, item, subkind_of(after))) return verdict;
  projector::Overlay attempt(&question.state);
  projector::put_row(attempt, Table::Items, item.view(), after);
  if (auto verdict = check_alive(attempt, item)) return verdict;
  const bool is_first = item == effect.entries.front().item;
  const bool renames = is_first && new_name_given(question);
  const bool names = touches(effect, item, Facet::Props) || touches(effect, item, Facet::Settings);
  if (!moves && !renames && !names) return {};
  return check_name(question, after, item, is_first, together);
}

}  // namespace

Verdict check_places(const Question& question, const EffectRow& undone) {
  if (undone.entries.empty() || undone.entries.front().created) return {};
  projector::Overlay all(&question.state);
  restore_all(all, undone);
  ByName together;
  for (const auto& entry : undone.entries)
    if (auto verdict = check_place(question, all, undone, entry.item, together)) return verdict;
  return {};
}

}  // namespace qualog::engine
