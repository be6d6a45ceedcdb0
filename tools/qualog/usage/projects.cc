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

void add_import(Usage& usage, CLI::App& group) {
  auto& options = usage.keep<ImportOptions>();
  auto* imported =
      usage.command(group, "import", "Make a project from a REFI-QDA file, a document or a text",
                    "  qualog project import interviews.qdpx --dry-run\n"
                    "  qualog project import interviews.qdpx --as Interviews",
                    options, &project_import);
  imported->add_option("FILE", options.file, ".qdpx, .qde, .qdc, .docx, .odt or .txt")->required();
  imported->add_option("--as", options.name, "Name of the project (default: the file's)")
      ->check(check_not_empty);
  imported->add_flag("--dry-run", options.dry_run, "Report only; write nothing");
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
