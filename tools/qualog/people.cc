// SPDX-License-Identifier: Apache-2.0
// qualog member ls|add|rm, qualog guest: who may work in a project, and who did.
#include "projector/query/members.h"
#include "schema/actions.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/json_text.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"

namespace qualog::tools {

namespace {

std::string group_word(std::uint8_t group) {
  return group == 0 ? "" : snake_case(fb::EnumNameGroup(static_cast<fb::Group>(group)));
}

Result<fb::Group> group_called(const std::string& word) {
  for (const auto group : {fb::Group::Reader, fb::Group::Contributor, fb::Group::Owner})
    if (group_word(static_cast<std::uint8_t>(group)) == word) return group;
  return fail(Code::invalid, "--group must be reader, contributor or owner");
}

boost::json::object user_json(const projector::User& user) {
  return {{"principal", user.principal},
          {"name", or_null(user.name.plain)},
          {"initials", or_null(user.initials.plain)},
          {"color", or_null(user.color)},
          {"group", or_null(group_word(user.group))},
          {"has_access", user.has_access},
          {"contributed", user.contributed},
          {"profile", user.profile.text()}};
}

const char* yes_or_no(bool yes) { return yes ? "yes" : "no"; }

void print_users(const Globals& globals, const std::vector<projector::User>& users) {
  Table table(
      {{"Account"}, {"Name"}, {"Group"}, {"Access"}, {"Contributed"}, id_column("Profile id")});
  for (const auto& user : users)
    table.add({user.principal, user.name.plain, group_word(user.group), yes_or_no(user.has_access),
               yes_or_no(user.contributed), id_cell(user.profile)});
  table.print(globals.csv);
}

Result<Exit> print_guest_access(const Globals& globals, const std::string& project) {
  QUALOG_ASSIGN(const auto view, globals.view(project));
  const bool on = projector::guests_may_read(view->state());
  if (globals.json)
    print_line({{"guest_access", on}});
  else
    print("guest access is {}\n", on ? "on" : "off");
  return Exit::done;
}

Result<Exit> list(const Globals& globals, const MemberOptions& options) {
  QUALOG_ASSIGN(const auto view, globals.view(options.project));
  const auto users = projector::users(view->state());
  QUALOG_TRY(view->state().undamaged());
  if (globals.json)
    for (const auto& user : users) print_line(user_json(user));
  else
    print_users(globals, users);
  return Exit::done;
}

}  // namespace

Exit member_ls(const Globals& globals, const MemberOptions& options) {
  return finish(globals, list(globals, options));
}

Exit member_add(const Globals& globals, const MemberOptions& options) {
  const auto group = group_called(options.group);
  if (!group) return report(globals, group.error());
  return act_on(globals, options.project, [&](const NameKey&) {
    fb::MemberAddedT member;
    member.principal = options.principal;
    member.group = *group;
    return action_of(std::move(member));
  });
}

Exit member_rm(const Globals& globals, const MemberOptions& options) {
  return act_on(globals, options.project, [&](const NameKey&) {
    fb::MemberRemovedT member;
    member.principal = options.principal;
    return action_of(std::move(member));
  });
}

Exit guest(const Globals& globals, const GuestOptions& options) {
  if (options.state.empty()) return finish(globals, print_guest_access(globals, options.project));
  if (options.state != "on" && options.state != "off")
    return report(globals, fail(Code::invalid, "guest access is switched \"on\" or \"off\""));
  return act_on(globals, options.project, [&](const NameKey&) {
    fb::ProjectGuestAccessSetT change;
    change.on = options.state == "on";
    return action_of(std::move(change));
  });
}

}  // namespace qualog::tools
