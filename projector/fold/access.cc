// SPDX-License-Identifier: Apache-2.0
// The project itself, its members and profiles, edit leases and the exclusive session.
#include "projector/fold/shapes.h"

#include <algorithm>

namespace qualog::projector {

namespace {

void set_role(Change& change, std::string_view principal, fb::Group group) {
  const ItemId member = member_item(principal);
  change.derive(member, Kind::Member);
  change.set(member, Facet::Role, Role{static_cast<std::uint8_t>(group), std::string(principal)});
}

void set_title(Change& change, const fb::Text* title) {
  auto props = value_of<Props>(change.item(kProjectItem), Facet::Props);
  assign(props.name, title);
  change.set(kProjectItem, Facet::Props, props);
}

// A fork's members, leases and sessions are not the original's.
void forget_everybody(Change& change) {
  std::vector<ItemId> members, leased, awaited;
  scan_rows<ItemRow>(change.store(), Table::Items, {}, [&](ByteView key, const ItemRow& row) {
    if (row.kind == Kind::Member) members.push_back(item_in(key, 0));
    if (value_of<Lease>(row, Facet::Lease).token != 0) leased.push_back(item_in(key, 0));
    if (row.find(Facet::Waiting) != nullptr) awaited.push_back(item_in(key, 0));
    return true;
  });
  for (const auto& member : members) {
    auto role = value_of<Role>(change.item(member), Facet::Role);
    role.group = 0;
    change.set(member, Facet::Role, role);
  }
  for (const auto& item : leased) change.set(item, Facet::Lease, Lease{});
  for (const auto& item : awaited) change.set(item, Facet::Waiting, Waiting{});
}

void leave_queue(Change& change, const ItemId& item) {
  auto waiting = value_of<Waiting>(change.item(item), Facet::Waiting);
  const auto gone = std::erase_if(waiting.waiters, [&](const Waiter& waiter) {
    return waiter.session == change.act().session;
  });
  if (gone > 0) change.set(item, Facet::Waiting, waiting);
}

// What it ended stays ended: the leases of others from before.
void end_exclusive(Change& change) {
  const auto now = value_of<Exclusive>(change.item(kProjectItem), Facet::Exclusive);
  change.set(kProjectItem, Facet::Exclusive,
             Exclusive{0, {}, {}, 0, now.last_token, now.last_session});
}

void end_exclusive_of_others(Change& change) {
  if (value_of<Exclusive>(change.item(kProjectItem), Facet::Exclusive).token != 0)
    end_exclusive(change);
}

template <class Action>
bool names_labels(const Action& action) {
  return action.unassigned() != nullptr || action.not_applicable() != nullptr ||
         action.settings() != nullptr;
}

void set_settings(Change& change, const fb::ProjectPropsChanged& action) {
  if (!names_labels(action)) return;
  auto settings = value_of<Settings>(change.item(kProjectItem), Facet::Settings);
  assign(settings.unassigned, action.unassigned());
  assign(settings.not_applicable, action.not_applicable());
  if (action.settings() != nullptr) settings.settings.clear();
  if (action.settings() != nullptr)
    for (const auto* setting : *action.settings())
      settings.settings.push_back({setting->key()->str(), text_from(setting->value())});
  change.set(kProjectItem, Facet::Settings, settings);
}

void assign_profile(Props& props, const fb::Text* name, const fb::Text* initials,
                    const flatbuffers::String* color) {
  assign(props.name, name);
  assign(props.nickname, initials);
  assign(props.color, color);
}

}  // namespace

void fold_action(Change& change, const fb::ProjectCreated& action) {
  const LineageId lineage = flatbuffers::UnPack(*action.lineage());
  change.store().put(Table::Facts, view("lineage"), lineage.view());
  change.create(kProjectItem, Kind::Project);
  Props props;
  assign(props.name, action.title());
  assign(props.description, action.description());
  assign(props.language, action.language());
  assign(props.registry_id, action.registry_id());
  change.set(kProjectItem, Facet::Props, props);
  change.set(kProjectItem, Facet::Guest, Guest{true});
  set_role(change, change.act().principal, fb::Group::Owner);
}

void fold_action(Change& change, const fb::ProjectForked& action) {
  forget_everybody(change);
  set_title(change, action.title());
  change.set(kProjectItem, Facet::Guest, Guest{false});
  change.set(kProjectItem, Facet::Life, Life{});
  end_exclusive_of_others(change);
  set_role(change, change.act().principal, fb::Group::Owner);
}

void fold_action(Change& change, const fb::ProjectPropsChanged& action) {
  auto props = value_of<Props>(change.item(kProjectItem), Facet::Props);
  assign(props.name, action.title());
  assign(props.description, action.description());
  assign(props.language, action.language());
  assign(props.registry_id, action.registry_id());
  change.set(kProjectItem, Facet::Props, props);
  set_settings(change, action);
}

void fold_action(Change& change, const fb::ProjectGuestAccessSet& action) {
  change.set(kProjectItem, Facet::Guest, Guest{action.on().value_or(true)});
}

void fold_action(Change& change, const fb::ProjectDeleted&) {
  change.set(kProjectItem, Facet::Life, Life{LifeState::Deleted, {}});
}

void fold_action(Change& change, const fb::ProjectUndeleted&) {
  change.set(kProjectItem, Facet::Life, Life{});
}

void fold_action(Change& change, const fb::MemberAdded& action) {
  set_role(change, action.principal()->string_view(), action.group());
  const ItemId member = member_item(action.principal()->string_view());
  auto props = value_of<Props>(change.item(member), Facet::Props);
  const auto kind = static_cast<std::uint8_t>(action.kind());
  if (props.subkind == kind) return;
  props.subkind = kind;
  change.set(member, Facet::Props, props);
}

void fold_action(Change& change, const fb::MemberMoved& action) {
  set_role(change, action.principal()->string_view(), action.group());
}

void fold_action(Change& change, const fb::MemberRemoved& action) {
  set_role(change, action.principal()->string_view(), fb::Group::None);
}

void fold_action(Change& change, const fb::UserProfileCreated& action) {
  const ItemId id = id_of(action.id());
  change.create(id, Kind::Profile);
  Props props;
  assign_profile(props, action.name(), action.initials(), action.color());
  props.subkind = static_cast<std::uint8_t>(action.kind());
  change.set(id, Facet::Props, props);
  Role role;
  assign(role.principal, action.principal());
  change.set(id, Facet::Role, role);
}

void fold_action(Change& change, const fb::UserPropsChanged& action) {
  const ItemId id = id_of(action.profile());
  auto props = value_of<Props>(change.item(id), Facet::Props);
  assign_profile(props, action.name(), action.initials(), action.color());
  change.set(id, Facet::Props, props);
}

void fold_action(Change& change, const fb::LeaseAcquired& action) {
  const auto& act = change.act();
  change.set(id_of(action.item()), Facet::Lease,
             Lease{act.sequence.value, act.session, act.profile, act.time});
  leave_queue(change, id_of(action.item()));
}

// Of a lease that is held, or of the place among those who wait for it.
void fold_action(Change& change, const fb::LeaseReleased& action) {
  const ItemId item = id_of(action.item());
  const auto lease = value_of<Lease>(change.item(item), Facet::Lease);
  if (lease.session == change.act().session) change.set(item, Facet::Lease, Lease{});
  leave_queue(change, item);
}

void fold_action(Change& change, const fb::LeaseBroken& action) {
  change.set(id_of(action.item()), Facet::Lease, Lease{});
}

void fold_action(Change& change, const fb::LeaseAwaited& action) {
  const auto& act = change.act();
  const ItemId item = id_of(action.item());
  auto waiting = value_of<Waiting>(change.item(item), Facet::Waiting);
  waiting.waiters.push_back({act.session, act.profile, act.time});
  change.set(item, Facet::Waiting, waiting);
}

// ---- the exclusive session

void fold_action(Change& change, const fb::ExclusiveAcquired&) {
  const auto& act = change.act();
  change.set(kProjectItem, Facet::Exclusive,
             Exclusive{act.sequence.value, act.session, act.profile, act.time, act.sequence.value,
                       act.session});
}

void fold_action(Change& change, const fb::ExclusiveReleased&) { end_exclusive(change); }
void fold_action(Change& change, const fb::ExclusiveBroken&) { end_exclusive(change); }

// ---- profiles, milestones, horizon

void fold_action(Change& change, const fb::AdminOwnerAdded& action) {
  set_role(change, action.principal()->string_view(), fb::Group::Owner);
}

void fold_action(Change& change, const fb::UserProfileMerged& action) {
  merge(change, action.from(), action.into());
}

void fold_action(Change& change, const fb::UserProfileSplit& action) {
  change.set(id_of(action.profile()), Facet::Life, Life{});
}

void fold_action(Change& change, const fb::ProjectMilestoneSet& action) {
  const ItemId id = create_named(change, Kind::Milestone, action);
  Freeze freeze{action.sequence(), {}, static_cast<std::uint8_t>(action.frozen())};
  if (action.digest() != nullptr) freeze.digest = flatbuffers::UnPack(*action.digest());
  change.set(id, Facet::Freeze, freeze);
}

void fold_action(Change& change, const fb::ProjectMilestoneCleared& action) {
  end_life(change, action.milestone());
}

void fold_action(Change& change, const fb::EventlogCleared& action) {
  change.set(kProjectItem, Facet::Horizon, Horizon{action.through()});
}

// The intent of a group: its computed events do the work.
void fold_action(Change&, const fb::ProjectRestored&) {}

}  // namespace qualog::projector
