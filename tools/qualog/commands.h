// SPDX-License-Identifier: Apache-2.0
// Every command of `qualog`: its options as the command line gives them, and the function that does
// it, one file a command or a group; the listings are in views/views.h. usage/ reads the command
// line; nothing else knows CLI11.
#pragma once

#include "tools/qualog/globals.h"

#include <optional>
#include <string>
#include <vector>

namespace qualog::tools {

// ---- the data directory and its projects
struct InitOptions {
  std::string directory;
  std::string log;       // kafka://...; empty: embedded
  std::string settings;  // how the cluster is reached
  std::string keys;
  std::string blobs;
  std::optional<int> replicas;
};
Exit init(const Globals& globals, const InitOptions& options);

struct ProjectOptions {
  std::string project;  // name or id
  std::string name;     // a new name
  std::string confirm;  // the project's name, typed again
  std::string to;       // another data directory
};
Exit project_create(const Globals& globals, const ProjectOptions& options);
Exit project_ls(const Globals& globals, const ProjectOptions& options);
Exit project_show(const Globals& globals, const ProjectOptions& options);
Exit project_rename(const Globals& globals, const ProjectOptions& options);
Exit project_delete(const Globals& globals, const ProjectOptions& options);
Exit project_purge(const Globals& globals, const ProjectOptions& options);
Exit project_move(const Globals& globals, const ProjectOptions& options);
Exit project_undelete(const Globals& globals, const ProjectOptions& options);

struct ImportOptions {
  std::string file;
  std::string name;  // --as
  bool dry_run = false;
  // Or a project into a project:
  std::string from;  // the project that it comes from
  std::string into;
  std::string at;          // a moment of the former
  std::string only;        // types of items, by commas
  std::string users;       // people of the former, by commas
  std::string people;      // a file: who is who
  std::string duplicates;  // merge or number; empty: merge
  bool structure_only = false;
  bool exclusive = false;  // takes the project for itself, for as long as it takes
  bool drain = false;      // and ends the edit modes of others
};
Exit project_import(const Globals& globals, const ImportOptions& options);
Exit project_transfer(const Globals& globals, const ImportOptions& options);

struct MemberOptions {
  std::string project;
  std::string principal;
  std::string group;
};
Exit member_ls(const Globals& globals, const MemberOptions& options);
Exit member_add(const Globals& globals, const MemberOptions& options);
Exit member_rm(const Globals& globals, const MemberOptions& options);

struct GuestOptions {
  std::string project;
  std::string state;  // on, off, or empty: print it
};
Exit guest(const Globals& globals, const GuestOptions& options);

// ---- history
struct EventsOptions {
  std::string project;
  std::string first;  // a sequence, or -N for the last N
  std::optional<std::uint64_t> count;
  bool follow = false;
  bool asides = false;
  std::string format;       // text, ndjson or csv; empty: text, or with --json an object a line
  bool with_text = false;   // of ndjson and csv
  bool pseudonyms = false;  // the same
};
Exit events_cat(const Globals& globals, const EventsOptions& options);

struct EventsClearOptions {
  std::string project;
  std::optional<std::string> through;  // a sequence, a time or a milestone; else: now
};
Exit events_clear(const Globals& globals, const EventsClearOptions& options);

struct MirrorOptions {
  std::string project;            // empty: all that the actor may read
  std::string to;                 // kafka://...; empty: where the logs lie
  std::string settings;           // how that cluster is reached
  std::optional<int> replicas;    // of a topic that is made
  std::optional<int> partitions;  // the same
  bool follow = false;
  bool with_text = false;
  bool pseudonyms = false;
};
Exit mirror(const Globals& globals, const MirrorOptions& options);

struct LogOptions {
  std::string project;
  std::string item;
  std::string user;
  std::string action;
  std::string kind;
  std::optional<std::string> from;  // a sequence or a time
  std::optional<std::string> to;
  std::string sort;  // a key of log_sort_keys(); empty: as they happened
  bool descending = false;
  bool oneline = false;
  bool all = false;  // also what was cleared
};
// What --kind and --sort take.
const std::vector<std::string>& log_kinds();
const std::vector<std::string>& log_sort_keys();
Exit log(const Globals& globals, const LogOptions& options);

struct ShowOptions {
  std::string project;
  std::uint64_t sequence = 0;
};
Exit show(const Globals& globals, const ShowOptions& options);

struct DiffOptions {
  std::string project;
  std::string range;  // A..B, each a sequence or a time
};
Exit diff(const Globals& globals, const DiffOptions& options);

struct MilestoneOptions {
  std::string project;
  std::string name;               // or its id
  std::optional<std::string> at;  // a sequence, a time or another milestone; else: now
  std::string freeze = "nothing";
};
Exit milestone_set(const Globals& globals, const MilestoneOptions& options);
Exit milestone_ls(const Globals& globals, const MilestoneOptions& options);
Exit milestone_show(const Globals& globals, const MilestoneOptions& options);
Exit milestone_clear(const Globals& globals, const MilestoneOptions& options);

// ---- state
struct StateOptions {
  std::string project;
  std::string at;  // a sequence, a time or a milestone
};
Exit state(const Globals& globals, const StateOptions& options);

struct CodesOptions {
  std::string project;
  std::string at;
};
Exit codes(const Globals& globals, const CodesOptions& options);

struct SourcesOptions {
  std::string project;
  std::string source;  // name or id; of `text`
  std::string at;
};
Exit sources(const Globals& globals, const SourcesOptions& options);
Exit text(const Globals& globals, const SourcesOptions& options);

struct SourceOptions {
  std::string project;
  std::string source;  // name or id
  std::string file;
  std::vector<std::string> files;  // of `add`
  std::string external;            // of `add`: where something is that is no file
  std::string folder;              // name or id
  std::string name;                // --as; empty: the file's
  std::string sheet;               // of a spreadsheet; empty: the first
  bool cut = false;                // of `supply`: passages that end behind the text
};
Exit source_add(const Globals& globals, const SourceOptions& options);
Exit source_look(const Globals& globals, const SourceOptions& options);
Exit source_supply(const Globals& globals, const SourceOptions& options);

struct CasesOptions {
  std::string project;
  std::string classification;  // name or id; empty: all
  std::string at;
};
Exit cases(const Globals& globals, const CasesOptions& options);

struct CodingsOptions {
  std::string project;
  std::string code;
  std::string source;
  std::string coder;
  std::string at;
  bool cases = false;  // with the cases of each passage and their attributes
};
Exit codings(const Globals& globals, const CodingsOptions& options);

// ---- conflicts and commands
struct ConflictsOptions {
  std::string project;
  std::string id;
  std::string use;   // the item that stands for the one that was refused
  std::string name;  // of what was refused, where another has its own
};
Exit conflicts_ls(const Globals& globals, const ConflictsOptions& options);
Exit conflicts_show(const Globals& globals, const ConflictsOptions& options);
Exit conflicts_reapply(const Globals& globals, const ConflictsOptions& options);

struct ApplyOptions {
  std::string project;
  std::string file;  // empty or "-": standard input
};
Exit apply(const Globals& globals, const ApplyOptions& options);

struct SchemaOptions {
  std::string action;
  bool stream = false;       // of the rows of events cat --format
  bool json_schema = false;  // of commands and events
};
Exit schema_of(const Globals& globals, const SchemaOptions& options);

struct RulesOptions {
  bool markdown = false;  // docs/rules.md
};
Exit rules(const Globals& globals, const RulesOptions& options);

struct UndoOptions {
  std::string project;
  std::vector<std::uint64_t> sequences;  // events, or groups by their first
  std::optional<std::string> by;
  std::optional<std::string> from;  // a sequence or a time
  std::optional<std::string> to;
  std::string name;  // of what comes back, where its old one is taken
};
Exit undo(const Globals& globals, const UndoOptions& options);

struct RedoOptions {
  std::string project;
  std::vector<std::uint64_t> sequences;  // undos, alone or groups by their first
  std::optional<std::uint64_t> of;       // or what they took back
};
Exit redo(const Globals& globals, const RedoOptions& options);

struct LockOptions {
  std::string project;
  std::string item;
  bool wait = false;
  bool break_it = false;  // of unlock: somebody else's
};
Exit lock(const Globals& globals, const LockOptions& options);
Exit unlock(const Globals& globals, const LockOptions& options);

// ---- files
struct BlobOptions {
  std::string project;
  std::string file;  // of the operating system
  std::string hash;
  bool resume = false;
};
Exit blob_put(const Globals& globals, const BlobOptions& options);
Exit blob_get(const Globals& globals, const BlobOptions& options);
Exit blob_ls(const Globals& globals, const BlobOptions& options);
Exit blob_discard(const Globals& globals, const BlobOptions& options);

// ---- proof and time travel
struct VerifyOptions {
  std::string project;
  bool rebuild = false;
  std::vector<std::string> expect;  // SEQUENCE:CHAIN, kept by somebody
};
Exit verify(const Globals& globals, const VerifyOptions& options);

struct RepairOptions {
  std::string project;
};
Exit repair(const Globals& globals, const RepairOptions& options);

struct RestoreOptions {
  std::string project;
  std::string at;
  std::string name;  // --as
};
Exit restore(const Globals& globals, const RestoreOptions& options);

struct DemoOptions {
  std::string directory;
};
Exit demo(const Globals& globals, const DemoOptions& options);

Exit version(const Globals& globals);
// The line for people.
std::string version_text();

}  // namespace qualog::tools
