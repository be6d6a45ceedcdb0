// SPDX-License-Identifier: Apache-2.0
// Planner: what stands for a pair of items (values, members of sets, summaries), and what is said
// of an item that is here: its classification, its memo, its formatting; the project's settings.
// What is said otherwise here stays as it is here.
#include "projector/value_type.h"
#include "tools/transfer/planner.h"

#include <algorithm>

namespace qualog::transfer {

using projector::Ends;
using projector::Kind;
using projector::Standing;

namespace {

constexpr std::string_view kTwice = "it is said twice of what is one item here";

}  // namespace

void Planner::plan_pairs(Kind kind) {
  for (const auto& id : source_.living(kind)) {
    const Foreign item{id, source_.row(id)};
    if (!is_ready(item)) continue;
    if (kind == Kind::Value) plan_value(item);
    if (kind == Kind::Setmember) plan_member(item);
    if (kind == Kind::Summary) plan_summary(item);
  }
}

// It is chosen, and both its ends are here.
bool Planner::is_ready(const Foreign& item) {
  const auto not_chosen = why_not_chosen(item);
  if (!not_chosen.empty()) leave(item, not_chosen);
  if (!not_chosen.empty()) return false;
  if (is_sealed(item.row)) leave(item, kSealed);
  if (is_sealed(item.row)) return false;
  const auto ends = projector::value_of<Ends>(item.row, Facet::Ends);
  const bool here_both = here(ends.from) && here(ends.to);
  if (!here_both) leave(item, kGroundStays);
  return here_both;
}

void Planner::add_pair(const Foreign& item, const ItemId& pair) {
  if (!pairs_.insert(pair).second) return leave(item, kTwice);
  plan_.steps.push_back({item.row.kind, item.id, pair, true, {}});
  ++tally(item.row.kind).made;
}

// ---- values

ItemId Planner::classification_here(const ItemId& item) const {
  const auto planned = classified_.find(item);
  if (planned != classified_.end()) return planned->second;
  const auto now = target_.value<projector::Linked>(item, Facet::Classification);
  return target_.standing_for(now.item);
}

std::string_view Planner::value_obstacle(const Foreign& item) const {
  const auto ends = projector::value_of<Ends>(item.row, Facet::Ends);
  const auto value = projector::value_of<projector::ItemValue>(item.row, Facet::Value);
  const ItemId attribute = here(ends.to);
  const bool is_here = target_.knows(attribute);
  const ItemId parent = is_here
                            ? target_.value<projector::Parent>(attribute, Facet::Parent).parent
                            : here(source_.value<projector::Parent>(ends.to, Facet::Parent).parent);
  if (classification_here(here(ends.from)) != target_.standing_for(parent))
    return "the item is classified otherwise here";
  if (value.value && !here(value.value)) return "the value that it names does not come";
  const auto type = is_here ? target_.value<projector::AttributeType>(attribute, Facet::Type)
                            : source_.value<projector::AttributeType>(ends.to, Facet::Type);
  const auto words = static_cast<fb::AttributeType>(type.type);
  if (!value.value && !projector::is_of_type(words, value.text.plain))
    return "its text is not of the attribute's type";
  return {};
}

void Planner::plan_value(const Foreign& item) {
  const auto ends = projector::value_of<Ends>(item.row, Facet::Ends);
  const auto value = projector::value_of<projector::ItemValue>(item.row, Facet::Value);
  if (!value.value && value.text.empty()) return;
  const auto obstacle = value_obstacle(item);
  if (!obstacle.empty()) return leave(item, obstacle);
  const ItemId pair = projector::value_item(here(ends.from), here(ends.to));
  if (projector::standing(target_.reader(), pair) != Standing::Alive) return add_pair(item, pair);
  const auto now = target_.value<projector::ItemValue>(pair, Facet::Value);
  const bool same =
      target_.standing_for(now.value) == here(value.value) && now.text.plain == value.text.plain;
  if (!same) return leave(item, kOtherwiseHere);
  ++tally(item.row.kind).same;
}

// ---- members and summaries

void Planner::plan_member(const Foreign& item) {
  const auto ends = projector::value_of<Ends>(item.row, Facet::Ends);
  if (!projector::value_of<projector::On>(item.row, Facet::On).on) return;
  const ItemId pair = projector::setmember_item(here(ends.from), here(ends.to));
  if (projector::standing(target_.reader(), pair) != Standing::Alive) return add_pair(item, pair);
  if (!target_.value<projector::On>(pair, Facet::On).on) return leave(item, kOtherwiseHere);
  ++tally(item.row.kind).same;
}

void Planner::plan_summary(const Foreign& item) {
  const auto ends = projector::value_of<Ends>(item.row, Facet::Ends);
  const ItemId pair = projector::summary_item(here(ends.from), here(ends.to));
  if (projector::standing(target_.reader(), pair) != Standing::Alive) return add_pair(item, pair);
  const auto words = projector::value_of<projector::TextValue>(item.row, Facet::Text);
  if (target_.value<projector::TextValue>(pair, Facet::Text).text.plain != words.text.plain)
    return leave(item, kOtherwiseHere);
  ++tally(item.row.kind).same;
}

// ---- classifications of items

void Planner::plan_classified() {
  if (!choice_.has(ItemType::Values)) return;
  for (const auto kind : {Kind::Source, Kind::Case})
    for (const auto& id : source_.living(kind)) {
      const Foreign item{id, source_.row(id)};
      const auto wanted = projector::value_of<projector::Linked>(item.row, Facet::Classification);
      const ItemId author = source_.standing_for(item.row.created.profile);
      const bool chosen = choice_.users.empty() || choice_.users.contains(author);
      if (wanted.item && chosen) plan_one_classified(item, wanted.item);
    }
}

void Planner::plan_one_classified(const Foreign& item, const ItemId& classification) {
  constexpr std::string_view kWhat = "classified item";
  if (projector::standing(source_.reader(), classification) == Standing::Gone) return;
  const ItemId to = here(item.id), wanted = here(classification);
  if (!to || !wanted) return leave(kWhat, kGroundStays);
  const ItemId now = classification_here(to);
  if (now == wanted) return void(++tally(kWhat).same);
  if (now) return leave(kWhat, kOtherwiseHere);
  plan_.classified.push_back(item.id);
  classified_[to] = wanted;
  ++tally(kWhat).made;
}

// ---- memos

void Planner::plan_memos() {
  if (!choice_.has(ItemType::Memos)) return;
  for (const auto kind : {Kind::Source, Kind::Code, Kind::Case})
    for (const auto& id : source_.living(kind))
      if (const ItemId memo = projector::memo_of(source_.reader(), id)) plan_memo(id, memo);
}

void Planner::plan_memo(const ItemId& item, const ItemId& memo) {
  constexpr std::string_view kWhat = "memo link";
  const ItemId on = here(item), linked = here(memo);
  if (!on || !linked) return leave(kWhat, kGroundStays);
  if (projector::memo_of(target_.reader(), on) == linked) return void(++tally(kWhat).same);
  const bool taken = projector::memo_of(target_.reader(), on) ||
                     projector::item_of_memo(target_.reader(), linked) || with_memo_.contains(on) ||
                     with_memo_.contains(linked) || on == linked;
  if (taken) return leave(kWhat, kOtherwiseHere);
  with_memo_.insert(on);
  with_memo_.insert(linked);
  plan_.memos.push_back(item);
  ++tally(kWhat).made;
}

// ---- formatting: of a source that has none here

void Planner::plan_formatting() {
  for (const auto& id : source_.living(Kind::Source)) {
    const auto formatting = source_.formatting_of(id);
    if (!formatting.empty() && is_chosen({id, source_.row(id)})) plan_formatted(id, formatting);
  }
}

void Planner::plan_formatted(const ItemId& source,
                             const std::vector<projector::Styled>& formatting) {
  constexpr std::string_view kWhat = "formatting";
  const ItemId to = here(source);
  if (!to) return leave(kWhat, kGroundStays);
  if (!ground_of(source).text) return leave(kWhat, kOtherText);
  const auto now = target_.formatting_of(to);
  if (now == formatting) return void(++tally(kWhat).same);
  if (!now.empty()) return leave(kWhat, kOtherwiseHere);
  if (!with_formatting_.insert(to).second) return leave(kWhat, kTwice);
  plan_.formatted.push_back(source);
  ++tally(kWhat).made;
}

// ---- settings: those that are not here come, the others stay as they are

void Planner::plan_settings() {
  constexpr std::string_view kWhat = "setting";
  const auto there = source_.value<projector::Settings>(projector::kProjectItem, Facet::Settings);
  const auto now = target_.value<projector::Settings>(projector::kProjectItem, Facet::Settings);
  for (const auto& setting : there.settings) {
    if (!choice_.has(ItemType::Settings)) leave(kWhat, kNotChosen);
    if (!choice_.has(ItemType::Settings)) continue;
    const auto found = std::find_if(now.settings.begin(), now.settings.end(),
                                    [&](const auto& one) { return one.key == setting.key; });
    if (found != now.settings.end()) {
      if (found->value.plain == setting.value.plain)
        ++tally(kWhat).same;
      else
        leave(kWhat, kOtherwiseHere);
      continue;
    }
    if (setting.value.seal) leave(kWhat, kSealed);
    if (setting.value.seal) continue;
    plan_.settings.push_back(setting.key);
    ++tally(kWhat).made;
  }
  leave_labels(there, now);
}

// How a project calls a value that is not given, or makes no sense, is its own affair.
void Planner::leave_labels(const projector::Settings& there, const projector::Settings& now) {
  for (const auto label : {&projector::Settings::unassigned, &projector::Settings::not_applicable})
    if (!(there.*label).empty() && (there.*label).plain != (now.*label).plain)
      leave("label", "what a value that is not given is called stays with its project");
}

}  // namespace qualog::transfer
