// SPDX-License-Identifier: Apache-2.0
// What happened in a project, as it is typed.
#include "tools/qualog/usage/usage.h"

namespace qualog::tools {

namespace {

void add_events_clear(Usage& usage, CLI::App& group) {
  auto& options = usage.keep<EventsClearOptions>();
  auto* cleared = usage.command(
      group, "clear", "Show the events up to a moment to Owners only; none is removed",
      "  qualog events clear Gym\n  qualog events clear Gym --through 2", options, &events_clear);
  project_argument(cleared, options.project);
  cleared->add_option("--through", options.through, std::string(kMoment) + " (default: now)");
}

void add_events(Usage& usage) {
  auto& options = usage.keep<EventsOptions>();
  auto* group = usage.group("events", "The events of a project, as they were written",
                            "  qualog events cat Gym -o -10");
  auto* cat = usage.command(
      *group, "cat", "Print events",
      "  qualog events cat Gym --json\n  qualog events cat Gym -o -10\n"
      "  qualog events cat Gym -o 100 -n 20 --asides\n  qualog events cat Gym --follow\n"
      "  qualog events cat Gym --format ndjson > events.ndjson\n"
      "  qualog events cat Gym --format csv --pseudonyms > events.csv",
      options, &events_cat);
  project_argument(cat, options.project);
  cat->add_option("-o,--offset", options.first, "First sequence, or -N for the last N");
  cat->add_option("-n,--count", options.count, "How many at the most")
      ->check(check_whole_number, "NUMBER");
  cat->add_flag("--follow", options.follow, "Go on as they come");
  cat->add_flag("--asides", options.asides, "Refusals and other asides too");
  cat->add_option("--format", options.format, "text; or ndjson, csv: rows for analytics")
      ->check(CLI::IsMember({"text", "ndjson", "csv"}));
  cat->add_flag("--with-text", options.with_text, "Rows with what was said, also by participants");
  cat->add_flag("--pseudonyms", options.pseudonyms, "Rows that name nobody of the team");
  add_events_clear(usage, *group);
}

void add_mirror(Usage& usage) {
  auto& options = usage.keep<MirrorOptions>();
  auto* mirrored =
      usage.command(usage.top(), "mirror", "Rows of projects into a topic on Kafka, for analytics",
                    "  qualog mirror --to kafka://127.0.0.1:9092 --follow\n"
                    "  qualog mirror Gym --to kafka://127.0.0.1:9092/gym.events --pseudonyms",
                    options, &mirror);
  mirrored->add_option("PROJECT", options.project,
                       "Name or id of a project (default: all that the actor may read)");
  mirrored
      ->add_option("--to", options.to,
                   "kafka://HOST:PORT[,...][/TOPIC] (default: where the logs lie)")
      ->check(check_not_empty);
  mirrored->add_option("--kafka-settings", options.settings, "A file with TLS and SASL settings")
      ->check(check_not_empty);
  mirrored->add_flag("--follow", options.follow, "Go on as they come, until it is ended");
  mirrored->add_option("--partitions", options.partitions, "Of a topic that is made (default 12)")
      ->check(CLI::Range(1, 10000));
  mirrored->add_option("--replicas", options.replicas, "Copies of each row there (default 3)")
      ->check(CLI::Range(1, 100));
  mirrored->add_flag("--with-text", options.with_text,
                     "Rows with what was said, also by participants");
  mirrored->add_flag("--pseudonyms", options.pseudonyms, "Rows that name nobody of the team");
}

void add_log(Usage& usage) {
  auto& options = usage.keep<LogOptions>();
  auto* log_command = usage.command(usage.top(), "log", "Who did what when, in words",
                                    "  qualog log Gym\n  qualog log Gym Stress --oneline\n"
                                    "  qualog log Gym --by bo --action coding.added\n"
                                    "  qualog log Gym --from 100 --kind code --csv > log.csv\n"
                                    "  qualog log Gym --sort user --descending\n"
                                    "  qualog log Gym --all --csv > audit.csv",
                                    options, &log);
  project_argument(usage.with_table(log_command), options.project);
  log_command->add_option("ITEM", options.item, "Only what concerns this item");
  log_command->add_option("--user,--by", options.user, "Only what this account did")
      ->check(check_not_empty);
  log_command->add_option("--action", options.action, "Only these, such as coding.added")
      ->check(check_not_empty);
  // All kinds would not fit a line; who errs is told them.
  log_command
      ->add_option("--kind", options.kind, "Only what was done to items of this kind, such as case")
      ->check(CLI::IsMember(log_kinds()).description("KIND"));
  log_command->add_option("--from", options.from, "From this sequence or time (RFC 3339) on");
  log_command->add_option("--to", options.to, "Up to this sequence or time");
  log_command->add_option("--sort", options.sort, "By this key (default: sequence)")
      ->check(CLI::IsMember(log_sort_keys()));
  log_command->add_flag("--descending", options.descending, "The last first");
  log_command->add_flag("--oneline", options.oneline, "One line each");
  log_command->add_flag("--all", options.all, "Also what was cleared; for Owners");
}

void add_show(Usage& usage) {
  auto& options = usage.keep<ShowOptions>();
  auto* show_command = usage.command(usage.top(), "show", "One event whole, with what it changed",
                                     "  qualog show Gym 42", options, &show);
  project_argument(show_command, options.project);
  show_command->add_option("SEQUENCE", options.sequence, "Its number")
      ->required()
      ->check(check_whole_number, "NUMBER");
}

void add_diff(Usage& usage) {
  auto& options = usage.keep<DiffOptions>();
  auto* diff_command =
      usage.command(usage.top(), "diff", "What was added, changed and removed between two moments",
                    "  qualog diff Gym 12..100\n  qualog diff Gym 100.. --json", options, &diff);
  project_argument(usage.with_table(diff_command), options.project);
  diff_command
      ->add_option("A..B", options.range,
                   "Two moments, as --at takes them; A left out: the beginning, B: now")
      ->required();
}

void add_milestone(Usage& usage) {
  auto& options = usage.keep<MilestoneOptions>();
  auto* group = usage.group("milestone", "Moments of a project that have a name",
                            "  qualog milestone set Gym \"Codebook v3\" --freeze codebook\n"
                            "  qualog milestone ls Gym");
  auto* made =
      usage.command(*group, "set", "Name this moment or an earlier one, and freeze what it names",
                    "  qualog milestone set Gym \"Codebook v3\" --freeze codebook\n"
                    "  qualog milestone set Gym \"Round 1\" --at 120",
                    options, &milestone_set);
  project_argument(made, options.project);
  made->add_option("NAME", options.name, "Its name")->required();
  made->add_option("--at", options.at, std::string(kMoment) + " (default: now)");
  made->add_option("--freeze", options.freeze, "What may not change while it stands")
      ->check(CLI::IsMember({"codebook", "everything", "nothing"}));
  project_argument(
      usage.with_table(usage.command(*group, "ls", "List the milestones",
                                     "  qualog milestone ls Gym --json", options, &milestone_ls)),
      options.project);
  auto* shown = usage.command(
      *group, "show", "One milestone, with the digest to cite",
      "  qualog milestone set Gym \"Round 1\" && qualog milestone show Gym \"Round 1\"", options,
      &milestone_show);
  project_argument(shown, options.project);
  shown->add_option("MILESTONE", options.name, "Name or id of a milestone")->required();
  auto* cleared = usage.command(
      *group, "clear", "End a milestone: its name is free, and what it froze can change",
      "  qualog milestone set Gym \"Round 1\" && qualog milestone clear Gym \"Round 1\"", options,
      &milestone_clear);
  project_argument(cleared, options.project);
  cleared->add_option("MILESTONE", options.name, "Name or id of a milestone")->required();
}

}  // namespace

void add_history(Usage& usage) {
  add_events(usage);
  add_mirror(usage);
  add_log(usage);
  add_show(usage);
  add_diff(usage);
  add_milestone(usage);
}

}  // namespace qualog::tools
