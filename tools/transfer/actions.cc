// SPDX-License-Identifier: Apache-2.0
#include "tools/transfer/actions.h"

#include "schema/actions.h"
#include "schema/codec.h"
#include "schema/limits.h"
#include "schema/time.h"
#include "tools/import/check_action.h"
#include "tools/import/names.h"
#include "tools/transfer/builder.h"
#include "tools/transfer/report.h"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace qualog::transfer {

using projector::Kind;

const std::vector<Builder::MakeRow>& Builder::makes() {
  static const std::vector<MakeRow> rows = {
      {Kind::Folder, &Builder::make_folder},
      {Kind::Classification, &Builder::make_classification},
      {Kind::Attribute, &Builder::make_attribute},
      {Kind::Attrvalue, &Builder::make_attrvalue},
      {Kind::Code, &Builder::make_code},
      {Kind::Case, &Builder::make_code},
      {Kind::Source, &Builder::make_source},
      {Kind::Set, &Builder::make_set},
      {Kind::Reltype, &Builder::make_reltype},
      {Kind::Relationship, &Builder::make_relationship},
      {Kind::Value, &Builder::make_value, true},
      {Kind::Row, &Builder::make_row},
      {Kind::Coding, &Builder::make_coding},
      {Kind::Annotation, &Builder::make_annotation},
      {Kind::Seealso, &Builder::make_link},
      {Kind::Hyperlink, &Builder::make_hyperlink},
      {Kind::Fmatrix, &Builder::make_fmatrix},
      {Kind::Summary, &Builder::make_summary, true},
      {Kind::Summarylink, &Builder::make_summary_link},
      {Kind::Query, &Builder::make_query},
      {Kind::Searchfolder, &Builder::make_searchfolder},
      {Kind::Map, &Builder::make_map},
      {Kind::Report, &Builder::make_report},
      {Kind::Extract, &Builder::make_extract},
      {Kind::Setmember, &Builder::make_member, true},
  };
  return rows;
}

std::vector<fb::ActionUnion> Builder::build(const Choice& choice, const Origin& origin) {
  add_intent(choice, origin);
  add_people();
  for (std::size_t at = 0; at <= plan_.steps.size(); ++at) {
    if (at == plan_.classified_behind) add_classified();
    if (at < plan_.steps.size()) add_step(plan_.steps[at]);
  }
  add_memos();
  add_formatting();
  add_orders();
  add_settings();
  add_counts();
  return std::move(actions_);
}

// ---- what every part needs

Builder::Words Builder::words(const Text& text) {
  return text.empty() ? nullptr : plain_text(text.plain);
}

// When it was made there, by whom, and what it was called where that is taken here.
Builder::Claim Builder::claim_of(const Made& made, const ItemId& author) const {
  auto claim = std::make_unique<fb::ClaimT>();
  claim->author = here(author);
  claim->time = rfc3339(made.row.created.time);
  if (made.step.name != made.props.name.plain) claim->original = words(made.props.name);
  return claim;
}

std::vector<ItemId> Builder::here_now(const std::vector<ItemId>& items) const {
  std::vector<ItemId> found;
  for (const auto& item : items) {
    const ItemId to = here(item);
    const bool is_there = to && (there_.contains(to) || target_.knows(to));
    if (is_there && std::find(found.begin(), found.end(), to) == found.end()) found.push_back(to);
  }
  return found;
}

// ---- the group

namespace {

// What stayed and why. There are no more reasons than the planner knows, so it fits.
std::string report_text(const Report& report) {
  return boost::json::serialize(left_out_counts(report));
}

}  // namespace

void Builder::add_intent(const Choice& choice, const Origin& origin) {
  fb::ImportStartedT intent;
  intent.format = fb::ImportFormat::Project;
  intent.file = plain_text(tools::fitting_name(origin.title));
  intent.file_hash = origin.digest;
  intent.origin = "qualog";
  intent.duplicates = choice.duplicates;
  intent.structure_only = choice.structure_only;
  intent.lineage = source_.lineage();
  intent.report = plain_text(report_text(plan_.report));
  add(std::move(intent));
}

void Builder::add_people() {
  for (const auto& person : plan_.new_people) {
    const auto row = source_.row(person.from);
    const auto props = projector::value_of<projector::Props>(row, Facet::Props);
    const auto role = projector::value_of<projector::Role>(row, Facet::Role);
    fb::UserProfileCreatedT profile;
    profile.id = person.to;
    profile.kind = fb::ProfileKind::Imported;
    profile.name =
        plain_text(tools::fitting_name(props.name.empty() ? role.principal : props.name.plain));
    profile.initials = words(props.nickname);
    profile.color = props.color;
    add(std::move(profile));
  }
}

void Builder::add_step(const Step& step) {
  const auto row = std::find_if(makes().begin(), makes().end(),
                                [&](const MakeRow& one) { return one.kind == step.kind; });
  if (step.made) {
    auto item = source_.row(step.from);
    auto props = projector::value_of<projector::Props>(item, Facet::Props);
    (this->*row->make)({step, std::move(item), std::move(props)});
    there_.insert(step.to);
  }
  if (!row->is_pair) add_mapping(step);
}

void Builder::add_mapping(const Step& step) {
  fb::ImportIdMappedT mapped;
  mapped.lineage = source_.lineage();
  mapped.foreign = step.from;
  mapped.item = step.to;
  mapped.decision = step.made ? fb::ImportDecision::Created : fb::ImportDecision::Merged;
  add(std::move(mapped));
}

void Builder::add_classified() {
  for (const auto& item : plan_.classified) {
    fb::ItemClassifiedT action;
    action.item = here(item);
    action.classification =
        here(source_.value<projector::Linked>(item, Facet::Classification).item);
    add(std::move(action));
  }
}

void Builder::add_memos() {
  for (const auto& item : plan_.memos) {
    fb::MemoLinkedT action;
    action.item = here(item);
    action.memo = here(projector::memo_of(source_.reader(), item));
    add(std::move(action));
  }
}

void Builder::add_formatting() {
  for (const auto& source : plan_.formatted) {
    fb::SourceFormattingChangedT action;
    action.source = here(source);
    for (const auto& [begin, end, style] : source_.formatting_of(source)) {
      auto& range = action.ranges.emplace_back(std::make_unique<fb::StyledRangeT>());
      range->begin = begin, range->end = end;
      range->style = style;
    }
    add(std::move(action));
  }
}

// ---- orders: of what is new, as there

namespace {

// As it was set; of codes and attributes only what still lies there.
std::vector<ItemId> order_of(const Side& side, const ItemId& item, bool is_set) {
  auto order = side.value<projector::Order>(item, projector::Facet::Order).items;
  if (is_set) return order;
  std::erase_if(order, [&](const ItemId& child) {
    return side.value<projector::Parent>(child, projector::Facet::Parent).parent != item;
  });
  return order;
}

}  // namespace

void Builder::add_orders() {
  for (const auto& step : plan_.steps)
    if (step.made) add_order(step);
}

// A set may order anything; codes and attributes only what lies below, which came with it.
void Builder::add_order(const Step& step) {
  auto order = here_now(order_of(source_, step.from, step.kind == Kind::Set));
  if (step.kind != Kind::Set)
    std::erase_if(order, [&](const ItemId& item) { return !there_.contains(item); });
  if (order.empty()) return;
  if (step.kind == Kind::Set) {
    fb::SetOrderedT action;
    action.set = step.to, action.order = std::move(order);
    return add(std::move(action));
  }
  if (step.kind == Kind::Classification) {
    fb::AttributeReorderedT action;
    action.classification = step.to, action.order = std::move(order);
    return add(std::move(action));
  }
  fb::CodebookReorderedT action;
  action.parent = step.to, action.order = std::move(order);
  add(std::move(action));
}

// ---- settings: whole at each change

void Builder::add_settings() {
  if (plan_.settings.empty()) return;
  using projector::Settings;
  const auto now = target_.value<Settings>(projector::kProjectItem, Facet::Settings);
  const auto there = source_.value<Settings>(projector::kProjectItem, Facet::Settings);
  fb::ProjectPropsChangedT action;
  const auto add_one = [&](const projector::KeyedText& setting) {
    auto& made = action.settings.emplace_back(std::make_unique<fb::SettingT>());
    made->key = setting.key;
    made->value = plain_text(setting.value.plain);
  };
  for (const auto& setting : now.settings) add_one(setting);
  for (const auto& setting : there.settings)
    if (std::find(plan_.settings.begin(), plan_.settings.end(), setting.key) !=
        plan_.settings.end())
      add_one(setting);
  add(std::move(action));
}

void Builder::add_counts() {
  std::map<std::string, std::uint64_t> skipped;
  for (const auto& [what, out] : plan_.report.left_out) skipped[what.first] += out.count;
  for (const auto& [kind, tally] : plan_.report.kinds) skipped.try_emplace(kind, 0);
  fb::ImportFinishedT finished;
  for (const auto& [kind, count] : skipped) {
    const auto found = plan_.report.kinds.find(kind);
    const auto tally = found == plan_.report.kinds.end() ? Tally{} : found->second;
    auto& made = finished.counts.emplace_back(std::make_unique<fb::ImportCountT>());
    made->kind = kind;
    made->created = static_cast<std::uint32_t>(tally.made);
    made->merged = static_cast<std::uint32_t>(tally.merged + tally.same);
    made->skipped = static_cast<std::uint32_t>(count);
  }
  add(std::move(finished));
}

// ---- what could not be written is found before it is sent

namespace {

Result<void> check_fits(const fb::ActionUnion& action) {
  const auto bytes = packed(action);
  if (bytes.size() + kHeaderBytes > limits::kItemBytesMax)
    return fail(Code::too_large,
                fmt::format("{}: what it holds does not fit into one event; shorten it in the "
                            "other project, or leave its type out with --only",
                            action_name(action.type)));
  return tools::check_action(bytes, "please report it");
}

}  // namespace

Result<std::vector<fb::ActionUnion>> actions_of(const Plan& plan, const Side& source,
                                                const Side& target, const NameKey& names,
                                                const Choice& choice, const Origin& origin) {
  auto actions = Builder(plan, source, target, names).build(choice, origin);
  if (actions.size() > limits::kGroupEventsMax)
    return fail(Code::too_large,
                fmt::format("the project makes over {} events; bring it in parts, with --only",
                            limits::kGroupEventsMax));
  for (const auto& action : actions) QUALOG_TRY(check_fits(action));
  return actions;
}

}  // namespace qualog::transfer
