// SPDX-License-Identifier: Apache-2.0
// The command line of `qualog`, and nothing else: which commands there are, their options, their
// help with examples. The only file that knows CLI11.

#include "schema/near_names.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/print.h"

#include <CLI/CLI.hpp>
#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <functional>
#include <string_view>
#include <unistd.h>

namespace qualog::tools {

namespace {

// CLI11 2.1 reads "-1" as 2^64 - 1 and what is too large as the largest.
std::string check_whole_number(const std::string& given) {
  std::uint64_t number = 0;
  const auto* end = given.data() + given.size();
  const auto [stop, error] = std::from_chars(given.data(), end, number);
  return error == std::errc() && stop == end ? "" : "must be a whole number";
}

std::string check_not_empty(const std::string& given) {
  return given.empty() ? "it must not be empty" : "";
}

// A sub-command with its examples, whose options are bound before it runs.
class CommandLine {
 public:
  CommandLine() {
    app_.require_subcommand(1);
    app_.fallthrough();
    app_.add_option("-d,--data", globals_.data, "Data directory")->envname("QUALOG_DATA");
    app_.add_option("--actor", globals_.actor, "Who acts (default: the account that runs this)")
        ->envname("QUALOG_ACTOR");
    app_.add_flag("--json", globals_.json, "One JSON object a line on stdout");
    app_.add_flag("--allow-others", globals_.allow_others,
                  "A data directory that other accounts may enter")
        ->envname("QUALOG_ALLOW_OTHERS");
    app_.set_version_flag("--version", version_text(), "The line of qualog version");
    app_.footer("Examples:\n  qualog demo\n  qualog codings --help");
    add_projects();
    add_people();
    add_history();
    add_log();
    add_state();
    add_conflicts();
    add_acts();
    add_files();
    add_proof();
  }

  int run(int argc, char** argv) {
    if (argc < 2) return help_without_command();
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      if (error.get_exit_code() == 0)
        return static_cast<int>(all_was_printed(globals_, static_cast<Exit>(app_.exit(error))));
      return wrong_usage(error,
                         std::find(argv, argv + argc, std::string_view("--json")) != argv + argc);
    }
    if (globals_.json && globals_.csv)
      return static_cast<int>(
          report(globals_, fail(Code::invalid, "--json and --csv: give one of the two")));
    globals_.actor_named = app_.get_option("--actor")->count() > 0;
    if (!globals_.actor_named) globals_.actor = account_name();
    if (const auto checked = check_actor(globals_.actor); !checked)
      return static_cast<int>(report(globals_, checked.error()));
    return static_cast<int>(all_was_printed(globals_, chosen_()));
  }

 private:
  // stdout is for data, and there is none.
  int help_without_command() {
    put(stderr, app_.help());
    return static_cast<int>(Exit::usage);
  }

  // The innermost command that was named.
  const CLI::App& named() const {
    const CLI::App* innermost = &app_;
    for (auto below = innermost->get_subcommands(); !below.empty();
         below = innermost->get_subcommands())
      innermost = below.front();
    return *innermost;
  }

  // What is wrong; of a command that there is not, which may be meant.
  std::string complaint(const CLI::ParseError& error) const {
    std::vector<std::string> names;
    for (const auto* below : named().get_subcommands({})) names.push_back(below->get_name());
    const auto left = app_.remaining(true);
    const auto typed = std::find_if(left.begin(), left.end(), [](const std::string& argument) {
      return argument.empty() || argument.front() != '-';
    });
    if (names.empty() || typed == left.end()) return error.what();
    return "no command \"" + *typed + "\"" + did_you_mean(*typed, {names.begin(), names.end()});
  }

  // One line: what is wrong, and where the help is.
  int wrong_usage(const CLI::ParseError& error, bool json) {
    std::string path;
    for (const auto* app = &named(); app != nullptr; app = app->get_parent())
      path = app->get_name() + (path.empty() ? "" : " " + path);
    globals_.json = json;
    auto words = complaint(error);
    words += words.ends_with('?') ? " See " : "; see ";
    return static_cast<int>(report(globals_, fail(Code::invalid, words + path + " --help")));
  }

  template <class Options>
  CLI::App* command(CLI::App& parent, const std::string& name, const std::string& what,
                    const std::string& examples, Options& options,
                    Exit (*function)(const Globals&, const Options&)) {
    auto* made = parent.add_subcommand(name, what);
    made->footer("Examples:\n" + examples);
    made->fallthrough();
    made->callback([this, &options, function] {
      chosen_ = [this, &options, function] { return function(globals_, options); };
    });
    return made;
  }

  // Commands that share their first word.
  CLI::App* add_group(const std::string& name, const std::string& what,
                      const std::string& examples) {
    auto* made = app_.add_subcommand(name, what);
    made->require_subcommand(1);
    made->footer("Examples:\n" + examples);
    made->fallthrough();
    return made;
  }

  // One that prints a table.
  CLI::App* with_table(CLI::App* command) {
    command->add_flag("--csv", globals_.csv, "The table as CSV, every cell whole");
    return command;
  }

  static void project(CLI::App* command, std::string& into) {
    command->add_option("PROJECT", into, "Name or id of a project")->required();
  }

  void add_projects();
  void add_people();
  void add_history();
  void add_log();
  void add_state();
  void add_conflicts();
  void add_acts();
  void add_files();
  void add_proof();

  CLI::App app_{"qualog: a team codes interviews together, and nothing is lost", "qualog"};
  Globals globals_;
  std::function<Exit()> chosen_;

  InitOptions init_;
  ProjectOptions project_;
  ImportOptions import_;
  MemberOptions member_;
  GuestOptions guest_;
  EventsOptions events_;
  MirrorOptions mirror_;
  LogOptions log_;
  ShowOptions show_;
  DiffOptions diff_;
  StateOptions state_;
  CodesOptions codes_;
  SourcesOptions sources_;
  SourceOptions source_;
  CodingsOptions codings_;
  ConflictsOptions conflicts_;
  ApplyOptions apply_;
  SchemaOptions schema_;
  RulesOptions rules_;
  UndoOptions undo_;
  LockOptions lock_;
  BlobOptions blob_;
  VerifyOptions verify_;
  RestoreOptions restore_;
  DemoOptions demo_;
};

void CommandLine::add_projects() {
  auto* init_command =
      command(app_, "init", "Make a data directory", "  qualog init ~/qualog", init_, &init);
  init_command->add_option("DIR", init_.directory, "A new or empty directory")->required();
  auto* log = init_command->add_option("--log", init_.log,
                                       "Logs on Apache Kafka: kafka://HOST:PORT[,...]/NAMESPACE");
  init_command->add_option("--kafka-settings", init_.settings, "A file with TLS and SASL settings")
      ->needs(log);
  init_command->add_option("--keys", init_.keys, "The key store that all machines share")
      ->needs(log);
  init_command->add_option("--blobs", init_.blobs, "The blob store that all machines share")
      ->needs(log);
  init_command->add_option("--replicas", init_.replicas, "Copies of each record (default 3)")
      ->needs(log);

  auto* group = add_group("project", "Projects of the data directory",
                          "  qualog project create \"Gym 2027\"\n  qualog project ls");
  auto* made = command(*group, "create", "Make a project; who makes it is its Owner",
                       "  qualog -d ~/qualog project create Swimming", project_, &project_create);
  made->add_option("NAME", project_.name, "Its name")->required();
  with_table(command(*group, "ls", "List the projects", "  qualog project ls --json", project_,
                     &project_ls));
  project(command(*group, "show", "What a project holds", "  qualog project show \"Gym in change\"",
                  project_, &project_show),
          project_.project);
  auto* renamed =
      command(*group, "rename", "Give a project another name",
              "  qualog project rename \"Gym in change\" \"Gym 2027\"", project_, &project_rename);
  project(renamed, project_.project);
  renamed->add_option("NAME", project_.name, "Its new name")->required();
  auto* deleted = command(*group, "delete", "Delete a project; undelete brings it back",
                          "  qualog project delete Gym --confirm Gym", project_, &project_delete);
  project(deleted, project_.project);
  deleted->add_option("--confirm", project_.confirm, "The project's name, typed again");
  project(command(*group, "undelete", "Bring a deleted project back",
                  "  qualog project undelete Gym", project_, &project_undelete),
          project_.project);
  auto* purged =
      command(*group, "purge", "Remove a deleted project for good; nothing brings it back",
              "  qualog project delete Gym --confirm Gym && qualog project purge Gym --confirm Gym",
              project_, &project_purge);
  project(purged, project_.project);
  purged->add_option("--confirm", project_.confirm, "The project's name, typed again");
  auto* moved =
      command(*group, "move", "Move a project to another data directory, or to a new topic",
              "  qualog project move Gym --to ~/elsewhere", project_, &project_move);
  project(moved, project_.project);
  moved->add_option("--to", project_.to, "The data directory where it goes on")->required();
  auto* imported =
      command(*group, "import", "Make a project from a REFI-QDA file, a document or a text",
              "  qualog project import interviews.qdpx --dry-run\n"
              "  qualog project import interviews.qdpx --as Interviews",
              import_, &project_import);
  imported->add_option("FILE", import_.file, ".qdpx, .qde, .qdc, .docx, .odt or .txt")->required();
  imported->add_option("--as", import_.name, "Name of the project (default: the file's)")
      ->check(check_not_empty);
  imported->add_flag("--dry-run", import_.dry_run, "Report only; write nothing");
}

void CommandLine::add_people() {
  auto* group = add_group("member", "Who may work in a project",
                          "  qualog member ls Gym\n  qualog member add Gym bo --group contributor");
  project(with_table(command(*group, "ls", "Members, and all who have worked in it",
                             "  qualog member ls Gym", member_, &member_ls)),
          member_.project);
  auto* added = command(*group, "add", "Add a member or move one to another group",
                        "  qualog member add Gym bo --group contributor", member_, &member_add);
  project(added, member_.project);
  added->add_option("NAME", member_.principal, "An account")->required();
  added->add_option("--group,--role", member_.group, "reader, contributor or owner")->required();
  auto* removed = command(*group, "rm", "Remove a member; their work stays theirs",
                          "  qualog member rm Gym bo", member_, &member_rm);
  project(removed, member_.project);
  removed->add_option("NAME", member_.principal, "An account")->required();

  auto* guest_command = command(app_, "guest", "Guest access: print it, or switch it",
                                "  qualog guest Gym off", guest_, &guest);
  project(guest_command, guest_.project);
  guest_command->add_option("STATE", guest_.state, "on or off");
}

void CommandLine::add_history() {
  auto* group = add_group("events", "The events of a project, as they were written",
                          "  qualog events cat Gym -o -10");
  auto* cat =
      command(*group, "cat", "Print events",
              "  qualog events cat Gym --json\n  qualog events cat Gym -o -10\n"
              "  qualog events cat Gym -o 100 -n 20 --asides\n  qualog events cat Gym --follow\n"
              "  qualog events cat Gym --format ndjson > events.ndjson\n"
              "  qualog events cat Gym --format csv --pseudonyms > events.csv",
              events_, &events_cat);
  project(cat, events_.project);
  cat->add_option("-o,--offset", events_.first, "First sequence, or -N for the last N");
  cat->add_option("-n,--count", events_.count, "How many at the most")
      ->check(check_whole_number, "NUMBER");
  cat->add_flag("--follow", events_.follow, "Go on as they come");
  cat->add_flag("--asides", events_.asides, "Refusals and other asides too");
  cat->add_option("--format", events_.format, "text; or ndjson, csv: rows for analytics")
      ->check(CLI::IsMember({"text", "ndjson", "csv"}));
  cat->add_flag("--with-text", events_.with_text, "Rows with what was said, also by participants");
  cat->add_flag("--pseudonyms", events_.pseudonyms, "Rows that name nobody of the team");

  auto* mirrored =
      command(app_, "mirror", "Rows of projects into a topic on Kafka, for analytics",
              "  qualog mirror --to kafka://127.0.0.1:9092 --follow\n"
              "  qualog mirror Gym --to kafka://127.0.0.1:9092/gym.events --pseudonyms",
              mirror_, &mirror);
  mirrored->add_option("PROJECT", mirror_.project,
                       "Name or id of a project (default: all that the actor may read)");
  mirrored
      ->add_option("--to", mirror_.to,
                   "kafka://HOST:PORT[,...][/TOPIC] (default: where the logs lie)")
      ->check(check_not_empty);
  mirrored->add_option("--kafka-settings", mirror_.settings, "A file with TLS and SASL settings")
      ->check(check_not_empty);
  mirrored->add_flag("--follow", mirror_.follow, "Go on as they come, until it is ended");
  mirrored->add_option("--partitions", mirror_.partitions, "Of a topic that is made (default 12)")
      ->check(CLI::Range(1, 10000));
  mirrored->add_option("--replicas", mirror_.replicas, "Copies of each row there (default 3)")
      ->check(CLI::Range(1, 100));
  mirrored->add_flag("--with-text", mirror_.with_text,
                     "Rows with what was said, also by participants");
  mirrored->add_flag("--pseudonyms", mirror_.pseudonyms, "Rows that name nobody of the team");
}

void CommandLine::add_log() {
  auto* log_command = command(app_, "log", "Who did what when, in words",
                              "  qualog log Gym\n  qualog log Gym Stress --oneline\n"
                              "  qualog log Gym --by bo --action coding.added\n"
                              "  qualog log Gym --from 100 --kind code --csv > log.csv\n"
                              "  qualog log Gym --sort user --descending",
                              log_, &log);
  project(with_table(log_command), log_.project);
  log_command->add_option("ITEM", log_.item, "Only what concerns this item");
  log_command->add_option("--user,--by", log_.user, "Only what this account did")
      ->check(check_not_empty);
  log_command->add_option("--action", log_.action, "Only these, such as coding.added")
      ->check(check_not_empty);
  log_command->add_option("--kind", log_.kind, "Only what was done to items of this kind")
      ->check(CLI::IsMember(log_kinds()));
  log_command->add_option("--from", log_.from, "From this sequence or time (RFC 3339) on");
  log_command->add_option("--to", log_.to, "Up to this sequence or time");
  log_command->add_option("--sort", log_.sort, "By this key (default: sequence)")
      ->check(CLI::IsMember(log_sort_keys()));
  log_command->add_flag("--descending", log_.descending, "The last first");
  log_command->add_flag("--oneline", log_.oneline, "One line each");

  auto* show_command = command(app_, "show", "One event whole, with what it changed",
                               "  qualog show Gym 42", show_, &show);
  project(show_command, show_.project);
  show_command->add_option("SEQUENCE", show_.sequence, "Its number")
      ->required()
      ->check(check_whole_number, "NUMBER");

  auto* diff_command =
      command(app_, "diff", "What was added, changed and removed between two moments",
              "  qualog diff Gym 12..100\n  qualog diff Gym 100.. --json", diff_, &diff);
  project(with_table(diff_command), diff_.project);
  diff_command
      ->add_option("A..B", diff_.range, "Two sequences or times; A left out: the beginning, B: now")
      ->required();
}

void CommandLine::add_state() {
  auto* state_command = command(app_, "state", "Digest and counts of a project, at any moment",
                                "  qualog state Gym --json\n  qualog state Gym --at 120\n"
                                "  qualog state Gym --at 2026-11-21T14:00:00Z",
                                state_, &state);
  project(state_command, state_.project);
  state_command->add_option("--at", state_.at, "A sequence or a time (RFC 3339)");

  auto* codes_command = command(app_, "codes", "The codebook as a tree, with counts per coder",
                                "  qualog codes Gym", codes_, &codes);
  project(with_table(codes_command), codes_.project);
  codes_command->add_option("--at", codes_.at, "A sequence or a time");

  auto* sources_command =
      command(app_, "sources", "The sources, their size and who coded in them",
              "  qualog sources Gym\n  qualog sources Gym --at 120 --json", sources_, &sources);
  project(with_table(sources_command), sources_.project);
  sources_command->add_option("--at", sources_.at, "A sequence or a time");

  auto* text_command = command(app_, "text", "The text of a source, exactly",
                               "  qualog text Gym \"Interview 1\"\n"
                               "  qualog text Gym \"Interview 1\" --at 120 > interview.txt",
                               sources_, &text);
  project(text_command, sources_.project);
  text_command->add_option("SOURCE", sources_.source, "Name or id of a source")->required();
  text_command->add_option("--at", sources_.at, "A sequence or a time");

  auto* source_group = add_group("source", "Sources and the files they come from",
                                 "  qualog source supply Gym \"Interview 2\" interview2.txt");
  auto* added =
      command(*source_group, "add", "Make a source of a file, in a project that is there",
              "  qualog source add Gym talk.txt --as \"Interview 3\"", source_, &source_add);
  project(added, source_.project);
  added->add_option("FILE", source_.file, "A .txt, .docx or .odt")->required();
  added->add_option("--as", source_.name, "Name of the source (default: the file's)")
      ->check(check_not_empty);
  auto* looked =
      command(*source_group, "look", "What a file holds as a source, and what it would leave out",
              "  qualog source look interview2.txt\n  qualog source look survey.csv --json",
              source_, &source_look);
  looked->add_option("FILE", source_.file, "A text, document, table, PDF, picture, sound or film")
      ->required();
  looked->add_option("--sheet", source_.sheet, "Name of a sheet (default: the first)")
      ->check(check_not_empty);
  auto* supplied = command(
      *source_group, "supply", "Bring the text that a source has been missing since its import",
      "  qualog source supply Gym \"Interview 2\" interview2.txt", source_, &source_supply);
  project(supplied, source_.project);
  supplied->add_option("SOURCE", source_.source, "Name or id of a source")->required();
  supplied->add_option("FILE", source_.file, "A file that holds its text")->required();

  auto* codings_command = command(app_, "codings", "The coded passages",
                                  "  qualog codings Gym --code Stress --coder bo\n"
                                  "  qualog codings Gym --source \"Interview 1\" --json",
                                  codings_, &codings);
  project(with_table(codings_command), codings_.project);
  codings_command->add_option("--code", codings_.code, "Name or id of a code");
  codings_command->add_option("--source", codings_.source, "Name or id of a source");
  codings_command->add_option("--coder", codings_.coder, "An account or imported name");
  codings_command->add_option("--at", codings_.at, "A sequence or a time");
}

void CommandLine::add_conflicts() {
  auto* group = add_group("conflicts", "What was refused, kept for its author",
                          "  qualog conflicts ls Gym\n  qualog conflicts show Gym COMMAND-ID");
  project(with_table(command(*group, "ls", "List refused commands", "  qualog conflicts ls Gym",
                             conflicts_, &conflicts_ls)),
          conflicts_.project);
  auto* shown = command(*group, "show", "Base, theirs and mine of one",
                        "  qualog conflicts show Gym COMMAND-ID", conflicts_, &conflicts_show);
  project(shown, conflicts_.project);
  shown->add_option("ID", conflicts_.id, "The refused command")->required();
  auto* again = command(*group, "reapply", "Send it again on what is newest, or on who was first",
                        "  qualog conflicts reapply Gym COMMAND-ID\n"
                        "  qualog conflicts reapply Gym CREATION-ID --use Stress",
                        conflicts_, &conflicts_reapply);
  project(again, conflicts_.project);
  again->add_option("ID", conflicts_.id, "The refused command")->required();
  again->add_option("--use", conflicts_.use, "An item to use in place of what it would create")
      ->check(check_not_empty);

  auto* applied = command(app_, "apply", "Commands as JSON lines, one answer line each",
                          "  qualog apply Gym commands.ndjson\n"
                          "  echo '{\"action\":\"undo.applied\",\"body\":{\"sequences\":[42]}}' | "
                          "qualog apply Gym",
                          apply_, &apply);
  project(applied, apply_.project);
  applied->add_option("FILE", apply_.file, "JSON lines (default: standard input)");

  auto* described = command(app_, "schema", "The actions; or one with its fields and an example",
                            "  qualog schema\n  qualog schema coding.added\n"
                            "  qualog schema --stream > qualog.events.v1.json\n"
                            "  qualog schema --json-schema > qualog.schema.json",
                            schema_, &schema_of);
  with_table(described);
  described->add_option("ACTION", schema_.action, "Such as coding.added");
  described->add_flag("--stream", schema_.stream, "JSON Schema of the rows of events cat --format");
  described->add_flag("--json-schema", schema_.json_schema, "JSON Schema of commands and events");

  auto* rules_command = command(app_, "rules", "What may be done, by whom, what it collides with",
                                "  qualog rules\n  qualog rules --csv > rules.csv", rules_, &rules);
  with_table(rules_command)->add_flag("--markdown", rules_.markdown, "The page docs/rules.md");
}

void CommandLine::add_acts() {
  auto* undone = command(app_, "undo", "Take acts back, as one act; your newest, if none is named",
                         "  qualog undo Gym 100\n  qualog undo Gym --by bo\n"
                         "  qualog undo Gym --from 100 --to 110",
                         undo_, &undo);
  project(undone, undo_.project);
  undone->add_option("SEQUENCE", undo_.sequences, "Events, or groups by their first")
      ->check(check_whole_number, "NUMBER");
  undone->add_option("--by", undo_.by, "All that this account did and that still can be undone");
  undone->add_option("--from", undo_.from, "From this sequence or time (RFC 3339) on");
  undone->add_option("--to", undo_.to, "Up to this sequence or time");
  undone->add_option("--name", undo_.name, "Of what comes back, where its old name is taken")
      ->check(check_not_empty);

  auto* locked = command(app_, "lock", "Edit a source alone; prints the session that may",
                         "  qualog lock Gym \"Interview 1\"\n"
                         "  qualog lock Gym \"Interview 1\" --wait",
                         lock_, &lock);
  project(locked, lock_.project);
  locked->add_option("ITEM", lock_.item, "Name or id of a source")->required();
  locked->add_flag("--wait", lock_.wait, "Until nobody else edits it");
  auto* unlocked = command(app_, "unlock", "End editing a source",
                           "  qualog unlock Gym \"Interview 1\"", lock_, &unlock);
  project(unlocked, lock_.project);
  unlocked->add_option("ITEM", lock_.item, "Name or id of a source")->required();
  unlocked->add_flag("--break", lock_.break_it, "Somebody else's, as an Owner");
}

void CommandLine::add_files() {
  auto* group = add_group("blob", "The files of a project: PDFs, media, what texts came from",
                          "  qualog blob put Gym interviews.qdpx\n  qualog blob ls Gym");
  auto* put_in = command(*group, "put", "Bring a file into the project; prints its hash",
                         "  qualog blob put Gym interviews.qdpx\n"
                         "  qualog blob put Gym interviews.qdpx --resume",
                         blob_, &blob_put);
  project(put_in, blob_.project);
  put_in->add_option("FILE", blob_.file, "The file")->required();
  put_in->add_flag("--resume", blob_.resume, "Go on where an upload of it was cut");
  auto* got = command(*group, "get", "Write a file of the project into a new file",
                      "  qualog blob get Gym $(qualog blob put Gym interviews.qdpx) copy.qdpx",
                      blob_, &blob_get);
  project(got, blob_.project);
  got->add_option("HASH", blob_.hash, "As put and ls print it")->required();
  got->add_option("FILE", blob_.file, "A new file")->required();
  project(with_table(command(*group, "ls", "List the files, and uploads that are unfinished",
                             "  qualog blob ls Gym --json", blob_, &blob_ls)),
          blob_.project);
  auto* discarded = command(*group, "discard", "Take away what has come of an unfinished upload",
                            "  qualog blob discard Gym UPLOAD-HASH", blob_, &blob_discard);
  project(discarded, blob_.project);
  discarded->add_option("HASH", blob_.hash, "As ls prints it")->required();
}

void CommandLine::add_proof() {
  auto* verified = command(app_, "verify", "Prove that a project is what was written",
                           "  qualog verify Gym\n  qualog verify Gym --rebuild\n"
                           "  qualog verify Gym --expect 120:CHAIN",
                           verify_, &verify);
  project(verified, verify_.project);
  verified->add_flag("--rebuild", verify_.rebuild, "Replace a state that is missing or differs");
  verified->add_option("--expect", verify_.expect, "SEQUENCE:CHAIN that somebody kept");

  auto* restored =
      command(app_, "restore", "A new project from any moment of an old one",
              "  qualog restore Gym --at 120 --as \"Gym before the accident\"", restore_, &restore);
  project(restored, restore_.project);
  restored->add_option("--at", restore_.at, "A sequence or a time (RFC 3339)")->required();
  restored->add_option("--as", restore_.name, "Name of the new project")->required();

  auto* demo_command =
      command(app_, "demo", "A sample project, four people at once, a crash, a rewind",
              "  qualog demo\n  qualog demo ./qualog-demo", demo_, &demo);
  demo_command->add_option("DIR", demo_.directory, "Where to leave it (default: a new directory)");

  auto* version_command = app_.add_subcommand("version", "Versions of program and formats");
  version_command->footer("Examples:\n  qualog version --json");
  version_command->fallthrough();
  version_command->callback([this] { chosen_ = [this] { return version(globals_); }; });
}

// A last word; then the signal does what it does.
void say_what_may_help(int fault) {
  constexpr std::string_view kWords =
      "qualog: ended by a fault; if it comes again, run qualog verify PROJECT --rebuild\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kWords.data(), kWords.size());
  std::signal(fault, SIG_DFL);
  std::raise(fault);
}

// Unless somebody listens already: a sanitizer says more.
void listen_for_faults() {
  for (const int fault : {SIGSEGV, SIGBUS, SIGABRT}) {
    const auto before = std::signal(fault, &say_what_may_help);
    if (before != SIG_DFL) std::signal(fault, before);
  }
}

// What is opened takes the lowest free number: with stdout closed, answers would be written into a
// project's file. Each is opened the wrong way round, so that using it fails.
void fill_standard_streams() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(number, F_GETFD) >= 0) continue;
    if (::open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY) != number)
      std::_Exit(static_cast<int>(Exit::failed));
  }
}

}  // namespace

}  // namespace qualog::tools

int main(int argc, char** argv) {
  qualog::tools::fill_standard_streams();
  // A pipe that ends early is no failure of ours to print about.
  std::signal(SIGPIPE, SIG_DFL);
  ::umask(0077);
  qualog::tools::listen_for_faults();
  return qualog::tools::CommandLine().run(argc, argv);
}
