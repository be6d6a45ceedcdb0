// SPDX-License-Identifier: Apache-2.0
#include "tools/transfer/plan.h"

#include "projector/query/milestones.h"
#include "schema/limits.h"
#include "schema/text.h"
#include "tools/transfer/planner.h"

#include <algorithm>
#include <array>

namespace qualog::transfer {

using projector::Kind;
using projector::Standing;

namespace {

// Each behind what it stands on and what it may name.
constexpr std::array kBeforeValues = {
    Kind::Folder, Kind::Classification, Kind::Attribute, Kind::Attrvalue, Kind::Code,
    Kind::Case,   Kind::Source,         Kind::Set,       Kind::Reltype,   Kind::Relationship};
constexpr std::array kBehindValues = {Kind::Row,         Kind::Coding,    Kind::Annotation,
                                      Kind::Seealso,     Kind::Hyperlink, Kind::Fmatrix,
                                      Kind::Summarylink, Kind::Query,     Kind::Searchfolder,
                                      Kind::Map,         Kind::Report,    Kind::Extract};

constexpr std::string_view kBySomebodyElse = "by somebody who was not chosen";
constexpr std::string_view kDeletedHere = "it came before, and was deleted here since";

}  // namespace

ItemId Plan::here(const Side& source, const ItemId& item) const {
  const auto found = ids.find(source.standing_for(item));
  return found == ids.end() ? ItemId{} : found->second;
}

Plan plan(const Side& source, const Side& target, const Choice& choice, HasFile has_file) {
  return Planner(source, target, choice, has_file).plan();
}

Planner::Planner(const Side& source, const Side& target, const Choice& choice, HasFile has_file)
    : source_(source),
      target_(target),
      choice_(choice),
      has_file_(has_file),
      origins_(source, target) {}

Plan Planner::plan() {
  find_needed_folders();
  for (const auto kind : kBeforeValues) plan_kind(kind);
  plan_.classified_behind = plan_.steps.size();
  plan_classified();
  plan_pairs(Kind::Value);
  for (const auto kind : kBehindValues) plan_kind(kind);
  plan_pairs(Kind::Summary);
  plan_pairs(Kind::Setmember);
  plan_memos();
  plan_formatting();
  plan_settings();
  for (std::size_t left = source_.living(Kind::Comment).size(); left > 0; --left)
    leave(name(Kind::Comment), why_it_stays(Kind::Comment));
  leave_milestones();
  tell_what_differs();
  return std::move(plan_);
}

void Planner::plan_kind(Kind kind) {
  index_target(kind);
  take_names(kind);
  for (const auto& id : source_.living(kind)) consider({id, source_.row(id)});
}

void Planner::leave(std::string_view what, std::string_view why) {
  ++plan_.report.left_out[{std::string(what), std::string(why)}].count;
}

void Planner::leave(const Foreign& item, std::string_view why) {
  leave(name(item.row.kind), why);
  auto& out = plan_.report.left_out[{std::string(name(item.row.kind)), std::string(why)}];
  const auto called = projector::value_of<projector::Props>(item.row, Facet::Props).name.plain;
  if (!called.empty() && out.names.size() < kNamedMax) out.names.push_back(called);
}

// ---- what is chosen

std::string_view Planner::why_not_chosen(const Foreign& item) const {
  const auto type = type_of(item.row);
  if (!choice_.has(type)) return kNotChosen;
  const auto types = item_types();
  const bool structure = std::any_of(types.begin(), types.end(), [&](const ItemTypeRow& row) {
    return row.type == type && row.structure;
  });
  if (choice_.users.empty() || structure) return {};
  const auto place = projector::value_of<projector::Place>(item.row, Facet::Place);
  const ItemId author = place.coder ? place.coder : item.row.created.profile;
  return choice_.users.contains(source_.standing_for(author)) ? std::string_view{}
                                                              : kBySomebodyElse;
}

bool Planner::is_chosen(const Foreign& item) const {
  return needed_.contains(item.id) || why_not_chosen(item).empty();
}

// A source cannot be where its folder is not.
void Planner::find_needed_folders() {
  for (const auto& id : source_.living(Kind::Source)) {
    const Foreign item{id, source_.row(id)};
    if (!is_chosen(item) || origins_.same_as(id, Kind::Source)) continue;
    ItemId at = projector::value_of<projector::Parent>(item.row, Facet::Parent).parent;
    for (; at && needed_.insert(at).second;)
      at = source_.value<projector::Parent>(at, Facet::Parent).parent;
  }
}

// ---- who is who

ItemId Planner::person_here(const ItemId& profile) const {
  const ItemId person = source_.standing_for(profile);
  const auto mapped = choice_.people.find(person);
  return mapped != choice_.people.end() ? mapped->second : origins_.person_for(person);
}

void Planner::bring_person(const ItemId& profile) {
  const ItemId person = source_.standing_for(profile);
  if (!person || !people_.insert(person).second) return;
  const ItemId to = target_.standing_for(person_here(person));
  plan_.ids[person] = to;
  if (!target_.knows(to)) plan_.new_people.push_back({person, to});
}

ItemId Planner::here(const ItemId& item) const {
  if (!item) return {};
  if (projector::kind_of(source_.reader(), item) == Kind::Profile)
    return target_.standing_for(person_here(item));
  return target_.standing_for(plan_.here(source_, item));
}

bool Planner::stands_here(const ItemRow& row) const {
  const auto below = projector::supports_of(row);
  return std::all_of(below.begin(), below.end(), [&](const ItemId& id) { return !id || here(id); });
}

// ---- what is here already

void Planner::index_target(Kind kind) {
  twins_.clear();
  const auto* likeness = likeness_of(kind);
  const auto as_it_is = [this](const ItemId& id) { return here_in_target(id); };
  for (const auto& id : target_.living(kind)) {
    const auto row = target_.row(id);
    if (is_sealed(row)) continue;  // nobody can say what it is like
    twins_.emplace(likeness->key({target_, id, row, as_it_is}), id);
  }
}

ItemId Planner::twin_of(const Foreign& item) {
  const auto* likeness = likeness_of(item.row.kind);
  const auto translated = [this](const ItemId& id) { return here(id); };
  const auto key = likeness->key({source_, item.id, item.row, translated});
  const auto [first, last] = twins_.equal_range(key);
  for (auto at = first; at != last; ++at) {
    if (likeness->alike == nullptr) return at->second;
    if (likeness->alike(source_.content_of(item.id), target_.content_of(at->second)))
      return at->second;
  }
  return {};
}

void Planner::consider(const Foreign& item) {
  const bool chosen = is_chosen(item);
  if (const ItemId known = origins_.same_as(item.id, item.row.kind))
    return take_known(item, known, chosen);
  if (!stands_here(item.row)) return leave(item, chosen ? kGroundStays : why_not_chosen(item));
  if (is_sealed(item.row)) return leave(item, chosen ? kSealed : why_not_chosen(item));
  const auto twice = likeness_of(item.row.kind)->twice;
  const bool numbered =
      chosen && twice == Twice::Numbered && choice_.duplicates == fb::Duplicates::Numbered;
  const ItemId twin = numbered ? ItemId{} : twin_of(item);
  if (twin) plan_.ids[item.id] = twin;
  if (!chosen) return leave(item, why_not_chosen(item));
  if (!twin) return take_new(item);
  plan_.steps.push_back({item.row.kind, item.id, twin, false, {}});
  ++tally(item.row.kind).merged;
  met_.emplace_back(item.id, twin);
}

void Planner::take_known(const Foreign& item, const ItemId& known, bool chosen) {
  const bool lives = projector::standing(target_.reader(), known) != Standing::Gone;
  if (lives) plan_.ids[item.id] = target_.standing_for(known);
  if (!chosen) return leave(item, why_not_chosen(item));
  if (!lives) return leave(item, kDeletedHere);
  ++tally(item.row.kind).same;
  tell_name(item, known);
  met_.emplace_back(item.id, known);
}

void Planner::take_new(const Foreign& item) {
  const auto obstacle = obstacle_to(item);
  if (!obstacle.empty()) return leave(item, obstacle);
  make(item);
}

void Planner::make(const Foreign& item) {
  const ItemId to = origins_.id_for(item.id);
  const ItemId parent = projector::value_of<projector::Parent>(item.row, Facet::Parent).parent;
  Step step{item.row.kind, item.id, to, true, {}};
  const bool has_name = likeness_of(item.row.kind)->twice != Twice::United;
  if (has_name) step.name = name_for(item, here(parent));
  auto& counts = tally(item.row.kind);
  ++counts.made;
  if (!why_not_chosen(item).empty()) ++counts.along;
  const auto place = projector::value_of<projector::Place>(item.row, Facet::Place);
  const bool says_whose = item.row.kind == Kind::Coding || item.row.kind == Kind::Annotation;
  if (says_whose) bring_person(place.coder);
  const auto ends = projector::value_of<projector::Ends>(item.row, Facet::Ends);
  for (const auto& end : {ends.from, ends.to})
    if (projector::kind_of(source_.reader(), end) == Kind::Profile) bring_person(end);
  if (item.row.kind == Kind::Source) bring_person(item.row.created.profile);
  plan_.ids[item.id] = to;
  if (!has_name) {
    const auto translated = [this](const ItemId& id) { return here(id); };
    const auto* likeness = likeness_of(item.row.kind);
    twins_.emplace(likeness->key({source_, item.id, item.row, translated}), to);
  }
  note_what_stays(item);
  plan_.steps.push_back(std::move(step));
}

// ---- what stays of an item that is here already

// Behind all else: what an item names may come after it.
void Planner::tell_what_differs() {
  std::map<ItemId, ItemId> made;
  for (const auto& step : plan_.steps)
    if (step.made) made.emplace(step.to, step.from);
  for (const auto& [there, now] : met_) {
    const Foreign item{there, source_.row(there)};
    const auto twin = made.find(now);  // one of two that are one here
    if (twin == made.end())
      tell_difference(item, target_, now);
    else
      tell_difference(item, source_, twin->second);
  }
}

void Planner::tell_difference(const Foreign& item, const Side& side, const ItemId& now) {
  const auto translated = [this](const ItemId& id) { return here(id); };
  const auto as_it_is = [this](const ItemId& id) {
    const bool gone = projector::standing(target_.reader(), id) == Standing::Gone;
    return gone ? ItemId{} : here_in_target(id);
  };
  const auto row = side.row(now);
  const auto place = projector::value_of<projector::Place>(item.row, Facet::Place);
  const bool same_text = !place.source || ground_of(place.source).text;
  const auto here_of = &side == &target_ ? Translate(as_it_is) : Translate(translated);
  const auto why = said_otherwise({source_, item.id, item.row, translated},
                                  {side, now, row, here_of}, same_text);
  if (!why.empty()) leave(item, why);
}

void Planner::tell_name(const Foreign& item, const ItemId& known) {
  if (likeness_of(item.row.kind)->twice == Twice::United) return;
  const auto there = projector::value_of<projector::Props>(item.row, Facet::Props).name;
  const auto now = target_.value<projector::Props>(known, Facet::Props).name;
  if (there.seal || now.seal || there.plain == now.plain) return;
  plan_.report.renamed.push_back({std::string(name(item.row.kind)), there.plain, now.plain});
}

// Forks share the moments of before.
void Planner::leave_milestones() {
  for (const auto& milestone : projector::milestones(source_.reader()))
    if (!origins_.same_as(milestone.id, Kind::Milestone))
      leave(name(Kind::Milestone), "it names a moment of the other project");
}

// ---- names

void Planner::take_names(Kind kind) {
  for (const auto& id : target_.living(kind)) {
    const auto row = target_.row(id);
    const auto parent = projector::value_of<projector::Parent>(row, Facet::Parent).parent;
    const auto props = projector::value_of<projector::Props>(row, Facet::Props);
    book_.take(target_.standing_for(parent), static_cast<int>(kind), props.name.plain);
  }
}

// An offered value is never called as the project calls a value that is not given.
std::string Planner::name_for(const Foreign& item, const ItemId& parent) {
  const auto kind = item.row.kind;
  const auto wanted = projector::value_of<projector::Props>(item.row, Facet::Props).name.plain;
  const auto labels = target_.value<projector::Settings>(projector::kProjectItem, Facet::Settings);
  if (kind == Kind::Attrvalue)
    for (const auto& label : {labels.unassigned.plain, labels.not_applicable.plain})
      if (!label.empty() && normalised_name(label) == normalised_name(wanted))
        book_.take(parent, static_cast<int>(kind), label);
  auto taken = book_.take(parent, static_cast<int>(kind), wanted);
  if (taken == wanted) return taken;
  if (code_points(taken) > limits::kNameCodePointsMax)
    taken = book_.take(parent, static_cast<int>(kind), tools::fitting_name(wanted));
  ++tally(kind).numbered;
  plan_.report.renamed.push_back({std::string(name(kind)), wanted, taken});
  return taken;
}

}  // namespace qualog::transfer
