// SPDX-License-Identifier: Apache-2.0
// The data directory, its projects and who may work in them, as they are typed.
#include "tools/qualog/usage/usage.h"

namespace qualog::tools {

namespace {

void add_init(Usage& usage) {
  auto& options = usage.keep<InitOptions>();
  auto* init_command = usage.command(usage.top(), "init", "Make a data directory",
                                     "  qualog init ~/qualog", options, &init);
  init_command->add_option("DIR", options.directory, "A new or empty directory")->required();
  auto* log = init_command->add_option("--log", options.log,
                                       "Logs on Apache Kafka: kafka://HOST:PORT[,...]/NAMESPACE");
  init_command
      ->add_option("--kafka-settings", options.settings, "A file with TLS and SASL settings")
      ->needs(log);
  init_command->add_option("--keys", options.keys, "The key store that all machines share")
      ->needs(log);
  init_command->add_option("--blobs", options.blobs, "The blob store that all machines share")
      ->needs(log);
  init_command->add_option("--replicas", options.replicas, "Copies of each record (default 3)")
      ->needs(log);
}

// A project into a project: none of these goes with a FILE.
void add_transfer(CLI::App* imported, ImportOptions& options) {
  auto* from = imported->add_option("--from-project", options.from, "Name or id of a project");
  auto* into = imported->add_option("--into", options.into, "The project that it comes into");
  from->check(check_not_empty)->excludes("FILE")->excludes("--as")->needs(into);
  const auto add = [&](const char* name, std::string& value, const char* what) {
    return imported->add_option(name, value, what)->check(check_not_empty)->needs(from);
  };
  into->check(check_not_empty)->needs(from);
  add("--at", options.at, kMoment);
  add("--only", options.only, "Types of items: codes,sources,codings ...");
  add("--users", options.users, "Only the sources and codings of these, by commas");
  add("--people", options.people, "A file of lines THERE = HERE: who is who");
  add("--duplicates", options.duplicates, "merge (default), or number: a new one with a number")
      ->check(CLI::IsMember({"merge", "number"}));
  const auto flag = [&](const char* name, bool& value, const char* what) {
    return imported->add_flag(name, value, what)->needs(from);
  };
  flag("--structure-only", options.structure_only, "The codebook without any content");
  auto* alone = flag("--exclusive", options.exclusive, "Take the project for yourself meanwhile");
  flag("--drain", options.drain, "and end the edit modes of other sessions")->needs(alone);
}

void add_import(Usage& usage, CLI::App& group) {
  auto& options = usage.keep<ImportOptions>();
  auto* imported = usage.command(
      group, "import", "Make a project from a file, or bring a project into another one",
      "  qualog project import interviews.qdpx --dry-run\n"
      "  qualog project import interviews.qdpx --as Interviews\n"
      "  qualog project import --from-project Pilot --into Gym --dry-run\n"
      "  qualog project import --from-project Pilot --into Gym --only codes --exclusive --drain",
      options, &project_import);
  imported->add_option("FILE", options.file,
                       ".qdpx, .qde or .qdc, or one file that source add takes");
  imported->add_option("--as", options.name, "Name of the project (default: the file's)")
      ->check(check_not_empty);
  imported->add_flag("--dry-run", options.dry_run, "Report only; write nothing");
  add_transfer(imported, options);
}

void add_project(Usage& usage) {
  auto& options = usage.keep<ProjectOptions>();
  auto* group = usage.group("project", "Projects of the data directory",
                            "  qualog project create \"Gym 2027\"\n  qualog project ls");
  auto* made =
      usage.command(*group, "create", "Make a project; who makes it is its Owner",
                    "  qualog -d ~/qualog project create Swimming", options, &project_create);
  made->add_option("NAME", options.name, "Its name")->required();
  usage.with_table(usage.command(*group, "ls", "List the projects", "  qualog project ls --json",
                                 options, &project_ls));
  project_argument(usage.command(*group, "show", "What a project holds",
                                 "  qualog project show \"Gym in change\"", options, &project_show),
                   options.project);
  auto* renamed = usage.command(*group, "rename", "Give a project another name",
                                "  qualog project rename \"Gym in change\" \"Gym 2027\"", options,
                                &project_rename);
  project_argument(renamed, options.project);
  renamed->add_option("NAME", options.name, "Its new name")->required();
  auto* deleted =
      usage.command(*group, "delete", "Delete a project; undelete brings it back",
                    "  qualog project delete Gym --confirm Gym", options, &project_delete);
  project_argument(deleted, options.project);
  deleted->add_option("--confirm", options.confirm, "The project's name, typed again");
  project_argument(usage.command(*group, "undelete", "Bring a deleted project back",
                                 "  qualog project undelete Gym", options, &project_undelete),
                   options.project);
  auto* purged = usage.command(
      *group, "purge", "Remove a deleted project for good; nothing brings it back",
      "  qualog project delete Gym --confirm Gym && qualog project purge Gym --confirm Gym",
      options, &project_purge);
  project_argument(purged, options.project);
  purged->add_option("--confirm", options.confirm, "The project's name, typed again");
  auto* moved =
      usage.command(*group, "move", "Move a project to another data directory, or to a new topic",
                    "  qualog project move Gym --to ~/elsewhere", options, &project_move);
  project_argument(moved, options.project);
  moved->add_option("--to", options.to, "The data directory where it goes on")->required();
  add_import(usage, *group);
}

void add_member(Usage& usage) {
  auto& options = usage.keep<MemberOptions>();
  auto* group =
      usage.group("member", "Who may work in a project",
                  "  qualog member ls Gym\n  qualog member add Gym bo --group contributor");
  project_argument(
      usage.with_table(usage.command(*group, "ls", "Members, and all who have worked in it",
                                     "  qualog member ls Gym", options, &member_ls)),
      options.project);
  auto* added =
      usage.command(*group, "add", "Add a member or move one to another group",
                    "  qualog member add Gym bo --group contributor", options, &member_add);
  project_argument(added, options.project);
  added->add_option("NAME", options.principal, "An account")->required();
  added->add_option("--group,--role", options.group, "reader, contributor or owner")->required();
  auto* removed = usage.command(*group, "rm", "Remove a member; their work stays theirs",
                                "  qualog member rm Gym bo", options, &member_rm);
  project_argument(removed, options.project);
  removed->add_option("NAME", options.principal, "An account")->required();
}

void add_guest(Usage& usage) {
  auto& options = usage.keep<GuestOptions>();
  auto* guest_command = usage.command(usage.top(), "guest", "Guest access: print it, or switch it",
                                      "  qualog guest Gym off", options, &guest);
  project_argument(guest_command, options.project);
  guest_command->add_option("STATE", options.state, "on or off");
}

}  // namespace

void add_projects(Usage& usage) {
  add_init(usage);
  add_project(usage);
  add_member(usage);
  add_guest(usage);
}

}  // namespace qualog::tools
