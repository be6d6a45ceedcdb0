// SPDX-License-Identifier: Apache-2.0
// What names a moment of the project: milestones and what they freeze, the horizon of the log that
// people see, results and static maps.
#include "engine/rules/past.h"

#include "engine/rules/specials.h"
#include "projector/digest.h"

namespace qualog::engine {

using projector::Facet;
using projector::Kind;

namespace {

Verdict check_past(const Question& question, std::string_view name) {
  if (question.number(name) <= question.context.head.value) return {};
  return refuse(fb::RefusalCode::SeenAhead, std::string(name));
}

bool freezes(fb::Frozen frozen, Layer layer) {
  return frozen == fb::Frozen::Everything ||
         (frozen == fb::Frozen::Codebook && layer == Layer::Codebook);
}

// The living milestone that freezes a layer, of several the one with the least id.
ItemId freezing(const projector::Reader& state, Layer layer) {
  for (const auto& id : projector::ends_of_keys(state, projector::Table::Children,
                                                projector::key_of(ItemId{}, Kind::Milestone))) {
    const auto row = projector::item_slice(state, id);
    if (!row) {
      projector::report_damaged_row(state);
      continue;
    }
    const auto freeze = projector::value_of<projector::Freeze>(*row, Facet::Freeze);
    const bool alive = projector::standing(state, *row) == projector::Standing::Alive;
    if (alive && freezes(static_cast<fb::Frozen>(freeze.frozen), layer)) return id;
  }
  return {};
}

}  // namespace

Verdict check_frozen(const Question& question, const Rule& rule) {
  if (rule.layer == Layer::None) return {};
  const ItemId milestone = freezing(question.state, rule.layer);
  if (!milestone) return {};
  auto refusal = refuse(fb::RefusalCode::Policy, "frozen by a milestone");
  refusal.facets = {{Kind::Milestone, milestone, Facet::Freeze}};
  refusal.winner = projector::item(question.state, milestone)->created.sequence;
  return refusal;
}

Verdict check_frozen(const Question& question) { return check_frozen(question, question.rule); }

Verdict moment_is_past(const Question& question) { return check_past(question, "sequence"); }

// Of a moment that is now, the digest is taken here; of an earlier one it comes with the command.
Verdict stamp_milestone(const Question& question, fb::ActionUnion& action) {
  auto& milestone = *action.AsProjectMilestoneSet();
  if (question.command.actions.size() > 1)
    return refuse(fb::RefusalCode::Invalid, "a milestone has a command of its own");
  const bool earlier = milestone.sequence != 0 && milestone.sequence < question.context.head.value;
  if (earlier && milestone.digest == Digest{})
    return refuse(fb::RefusalCode::Invalid, "digest: that of the content at the sequence");
  if (earlier || milestone.sequence > question.context.head.value) return {};
  milestone.sequence = question.context.head.value;
  milestone.digest = projector::content_digest(question.state);
  return {};
}

Verdict horizon_is_past(const Question& question) { return check_past(question, "through"); }

Verdict result_is_past(const Question& question) { return check_past(question, "at_sequence"); }

}  // namespace qualog::engine
