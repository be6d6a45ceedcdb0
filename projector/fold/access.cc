// SPDX-License-Identifier: Apache-2.0
// The project itself, its members and profiles, and edit leases.
#include "projector/fold/families.h"

namespace qualog::projector {

namespace {

void set_role(Change& change, std::string_view principal, fb::Group group) {
  const ItemId member = member_item(principal);
  if (!change.store().get(Table::Items, member.view())) change.create(member, Kind::Member);
  change.set(member, Facet::Role, Role{static_cast<std::uint8_t>(group), std::string(principal)});
}

void set_title(Change& change, const fb::Text* title) {
  auto props = value_of<Props>(change.item(kProjectItem), Facet::Props);
  assign(props.name, title);
  change.set(kProjectItem, Facet::Props, props);
}

// A fork's members, leases and sessions are not the original's.
void forget_everybody(Change& change) {
  std::vector<ItemId> members, leased;
  change.store().scan(Table::Items, {}, [&](ByteView key, ByteView value) {
    const auto row = decode<ItemRow>(value);
    if (row && row->kind == Kind::Member) members.push_back(item_in(key, 0));
    if (row && value_of<Lease>(*row, Facet::Lease).token != 0) leased.push_back(item_in(key, 0));
    return true;
  });
  for (const auto& member : members) {
    auto role = value_of<Role>(change.item(member), Facet::Role);
    role.group = 0;
    change.set(member, Facet::Role, role);
  }
  for (const auto& item : leased) change.set(item, Facet::Lease, Lease{});
}

void end_lease(Change& change, const fb::ItemId* item) {
  change.set(id_of(item), Facet::Lease, Lease{});
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
  set_role(change, change.act().principal, fb::Group::Owner);
}

void fold_action(Change& change, const fb::ProjectPropsChanged& action) {
  auto props = value_of<Props>(change.item(kProjectItem), Facet::Props);
  assign(props.name, action.title());
  assign(props.description, action.description());
  assign(props.language, action.language());
  assign(props.registry_id, action.registry_id());
  change.set(kProjectItem, Facet::Props, props);
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
}

void fold_action(Change& change, const fb::LeaseReleased& action) {
  end_lease(change, action.item());
}

void fold_action(Change& change, const fb::LeaseBroken& action) {
  end_lease(change, action.item());
}

// The intent of an import: its group holds what it made.
void fold_action(Change&, const fb::ImportStarted&) {}

}  // namespace qualog::projector
