// SPDX-License-Identifier: Apache-2.0
// References: what an action names must be there, alive and of the right kind (GONE, MERGED,
// BAD_REF), and a new item's id must be new.
#include "engine/rules/references.h"

#include "engine/rules/specials.h"

#include <algorithm>

namespace qualog::engine {

using projector::Facet;
using projector::Standing;

namespace {

// `ended`: the item itself, or what it stood on.
Refusal ended_with(fb::RefusalCode code, const projector::Reader& state, const ItemId& id,
                   const ItemId& ended) {
  auto refusal = refuse(code, std::string(name(projector::kind_of(state, id))));
  const auto row = projector::item(state, ended);
  if (!row) return refusal;
  refusal.facets = {{row->kind, ended, Facet::Life}};
  refusal.winner = row->version(Facet::Life).sequence;
  return refusal;
}

Verdict check_one(const Question& question, const Reference& reference, const ItemId& id) {
  if (!id) return {};
  const auto row = projector::item_slice(question.state, id);
  if (!row || !reference.kinds.has(row->kind))
    return refuse(fb::RefusalCode::BadRef, std::string(reference.field));
  if (reference.any_standing || projector::standing(question.state, *row) == Standing::Alive)
    return {};
  auto verdict = check_alive(question.state, id);
  // What the engine computes keeps to the code that was applied.
  if (verdict && question.computed && verdict->code == fb::RefusalCode::Merged) return {};
  return verdict;
}

}  // namespace

Verdict check_alive(const projector::Reader& state, const ItemId& item) {
  switch (projector::standing(state, item)) {
    case Standing::Alive:
      return {};
    case Standing::Merged: {
      auto refusal = ended_with(fb::RefusalCode::Merged, state, item, item);
      refusal.target = projector::merge_target(state, item);
      return refusal;
    }
    default:
      return ended_with(fb::RefusalCode::Gone, state, item, projector::cause_of_end(state, item));
  }
}

Verdict check_not_merged(const projector::Reader& state, const ItemId& item) {
  auto verdict = check_alive(state, item);
  return verdict && verdict->code == fb::RefusalCode::Merged ? verdict : Verdict();
}

bool has_ended(const projector::Reader& state, const ItemId& item) {
  const auto row = projector::item_slice(state, item);
  return row && projector::value_of<projector::Life>(*row, Facet::Life).state !=
                    projector::LifeState::Alive;
}

ItemId derived_id(const Question& question, std::string_view domain, const ItemId& item) {
  const Digest digest =
      Sha256{}.add(view(domain)).add(question.command.command_id.view()).add(item.view()).finish();
  return id_from<ItemId>(digest);
}

Verdict check_references(const Question& question) {
  if (!question.rule.creates.empty() &&
      question.state.get(projector::Table::Items, question.id(question.rule.creates).view()))
    return refuse(fb::RefusalCode::IdReused, std::string(question.rule.creates));
  for (const auto& reference : question.rule.references)
    for (const auto& id : question.ids(reference.field))
      if (auto verdict = check_one(question, reference, id)) return verdict;
  return {};
}

}  // namespace qualog::engine
