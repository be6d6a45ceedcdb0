// SPDX-License-Identifier: Apache-2.0
// Uncoding: taking codings off by name, or what coders have coded in a range, of which the pieces
// outside stay with their coder, time and notes. What its author has not seen stays, and is listed.
#include "engine/rules/anchors.h"
#include "engine/rules/coding/living.h"
#include "engine/rules/references.h"
#include "engine/rules/specials.h"
#include "engine/rules/versions.h"
#include "schema/commands.h"

#include <algorithm>

namespace qualog::engine {

using projector::Facet;

namespace {

bool is_chosen(const Question& question, const fb::CodingRemovedT& removal, const ItemId& coder) {
  const auto is_of = [&](std::string_view principal) {
    return projector::merge_target(question.state, coder) ==
           projector::merge_target(question.state, projector::profile_item(principal));
  };
  if (removal.coders.empty()) return is_of(question.context.principal);
  return std::any_of(
      removal.coders.begin(), removal.coders.end(),
      [&](const std::string& principal) { return principal == "*" || is_of(principal); });
}

// Of the code itself, or of one that is merged into it: whoever looks sees both under one name.
bool is_under(const projector::Reader& state, const ItemId& code, const LivingCoding& coding) {
  return coding.place.code == code || projector::merge_target(state, coding.place.code) == code;
}

// A whole source, 0 to 0, is in no range.
bool is_touched(const fb::CodingRemovedT& removal, const text::Range& range) {
  return !removal.begin ||
         (!range.detached && range.begin < *removal.end && *removal.begin < range.end);
}

bool is_meant(const Question& question, const fb::CodingRemovedT& removal,
              const LivingCoding& coding) {
  return (!removal.code || is_under(question.state, removal.code, coding)) &&
         is_chosen(question, removal, coding.place.coder);
}

std::vector<LivingCoding> touched(const Question& question, const fb::CodingRemovedT& removal) {
  std::vector<ItemId> ids;
  projector::visit_anchored(question.state, removal.source.view(),
                            [&](const projector::Anchored& anchored) {
                              if (is_touched(removal, anchored.range)) ids.push_back(anchored.item);
                              return true;
                            });
  std::vector<LivingCoding> chosen;
  for (const auto& id : ids) {
    auto coding = living_coding(question.state, id);
    if (coding && is_meant(question, removal, *coding)) chosen.push_back(std::move(*coding));
  }
  return chosen;
}

fb::ActionUnion removal_of(const std::vector<ItemId>& codings) {
  fb::CodingRemovedT action;
  action.codings = codings;
  return action_of(std::move(action));
}

// With what stands beside its words: the area is no part of what was cut.
fb::ActionUnion shrunk(const LivingCoding& coding, std::uint32_t begin, std::uint32_t end) {
  fb::CodingRangeChangedT action;
  action.coding = coding.id;
  action.area = projector::area_to(coding.area);
  action.begin = begin;
  action.end = end;
  return action_of(std::move(action));
}

fb::ActionUnion piece(const Question& question, const LivingCoding& of, std::uint32_t begin,
                      std::uint32_t end) {
  auto action = of.derived_as(derived_id(question, "qualog.piece.v1", of.id));
  action.begin = begin;
  action.end = end;
  return action_of(std::move(action));
}

}  // namespace

Verdict anchor_uncoding(const Question& question, fb::ActionUnion& action) {
  auto& removal = *action.AsCodingRemoved();
  if (removal.codings.empty() == !removal.source)
    return refuse(fb::RefusalCode::Invalid, "either codings, or code, source and range");
  if (!removal.source) return {};
  if (auto verdict = carry(question, removal.source, removal.begin, removal.end, false))
    return verdict;
  removal.left.clear();
  for (const auto& coding : touched(question, removal))
    if (check_work_seen(question, {coding.id})) removal.left.push_back(coding.id);
  return {};
}

std::vector<fb::ActionUnion> uncoded_pieces(const Question& question) {
  std::vector<fb::ActionUnion> actions;
  fb::CodingRemovedT asked;
  question.as<fb::CodingRemoved>().UnPackTo(&asked);
  if (!asked.source) return actions;
  std::vector<ItemId> removed;
  for (const auto& coding : touched(question, asked)) {
    if (std::ranges::find(asked.left, coding.id) != asked.left.end()) continue;
    const auto& range = coding.range.range;
    const bool before = asked.begin && range.begin < *asked.begin;
    const bool behind = asked.begin && *asked.end < range.end;
    if (!before && !behind) removed.push_back(coding.id);
    if (before) actions.push_back(shrunk(coding, range.begin, *asked.begin));
    if (behind && !before) actions.push_back(shrunk(coding, *asked.end, range.end));
    if (behind && before) actions.push_back(piece(question, coding, *asked.end, range.end));
  }
  if (!removed.empty()) actions.push_back(removal_of(removed));
  return actions;
}

bool codings_gone(const Question& question) {
  if (question.id("source"))
    return question.ids("left").empty() && uncoded_pieces(question).empty();
  const auto ids = question.ids("codings");
  return std::all_of(ids.begin(), ids.end(),
                     [&](const ItemId& id) { return has_ended(question.state, id); });
}

// STALE where the range has nothing but what its author has not seen.
Verdict check_range_seen(const Question& question) {
  const auto left = question.ids("left");
  if (left.empty() || !uncoded_pieces(question).empty()) return {};
  return check_work_seen(question, left);
}

}  // namespace qualog::engine
