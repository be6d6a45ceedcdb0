// SPDX-License-Identifier: Apache-2.0
// Commands, what was refused of them, and what takes them back, as they are typed.
#include "tools/qualog/usage/usage.h"

namespace qualog::tools {

namespace {

void add_conflicts(Usage& usage) {
  auto& options = usage.keep<ConflictsOptions>();
  auto* group = usage.group("conflicts", "What was refused, kept for its author",
                            "  qualog conflicts ls Gym\n  qualog conflicts show Gym COMMAND-ID");
  project_argument(
      usage.with_table(usage.command(*group, "ls", "List refused commands",
                                     "  qualog conflicts ls Gym", options, &conflicts_ls)),
      options.project);
  auto* shown = usage.command(*group, "show", "Base, theirs and mine of one",
                              "  qualog conflicts show Gym COMMAND-ID", options, &conflicts_show);
  project_argument(shown, options.project);
  shown->add_option("ID", options.id, "The refused command")->required();
  auto* again =
      usage.command(*group, "reapply", "Send it again on what is newest, or on who was first",
                    "  qualog conflicts reapply Gym COMMAND-ID\n"
                    "  qualog conflicts reapply Gym CREATION-ID --use Stress\n"
                    "  qualog conflicts reapply Gym CREATION-ID --name \"Stress at work\"",
                    options, &conflicts_reapply);
  project_argument(again, options.project);
  again->add_option("ID", options.id, "The refused command")->required();
  auto* use = again->add_option("--use", options.use, "An item in place of what it would create")
                  ->check(check_not_empty);
  again->add_option("--name", options.name, "Another name for what it would create")
      ->check(check_not_empty)
      ->excludes(use);
}

void add_apply(Usage& usage) {
  auto& options = usage.keep<ApplyOptions>();
  auto* applied =
      usage.command(usage.top(), "apply", "Commands as JSON lines, one answer line each",
                    "  qualog apply Gym commands.ndjson\n"
                    "  echo '{\"action\":\"undo.applied\",\"body\":{\"sequences\":[42]}}' | "
                    "qualog apply Gym",
                    options, &apply);
  project_argument(applied, options.project);
  applied->add_option("FILE", options.file, "JSON lines (default: standard input)");
}

void add_schema(Usage& usage) {
  auto& options = usage.keep<SchemaOptions>();
  auto* described =
      usage.command(usage.top(), "schema", "The actions; or one with its fields and an example",
                    "  qualog schema\n  qualog schema coding.added\n"
                    "  qualog schema --stream > qualog.events.v1.json\n"
                    "  qualog schema --json-schema > qualog.schema.json",
                    options, &schema_of);
  usage.with_table(described);
  described->add_option("ACTION", options.action, "Such as coding.added");
  described->add_flag("--stream", options.stream, "JSON Schema of the rows of events cat --format");
  described->add_flag("--json-schema", options.json_schema, "JSON Schema of commands and events");
}

void add_rules(Usage& usage) {
  auto& options = usage.keep<RulesOptions>();
  auto* rules_command =
      usage.command(usage.top(), "rules", "What may be done, by whom, what it collides with",
                    "  qualog rules\n  qualog rules --csv > rules.csv", options, &rules);
  usage.with_table(rules_command)
      ->add_flag("--markdown", options.markdown, "The page docs/rules.md");
}

void add_undo(Usage& usage) {
  auto& options = usage.keep<UndoOptions>();
  auto* undone = usage.command(usage.top(), "undo",
                               "Take acts back, as one act; your newest, if none is named",
                               "  qualog undo Gym 100\n  qualog undo Gym --by bo\n"
                               "  qualog undo Gym --from 100 --to 110",
                               options, &undo);
  project_argument(undone, options.project);
  undone->add_option("SEQUENCE", options.sequences, "Events, or groups by their first")
      ->check(check_whole_number, "NUMBER");
  undone->add_option("--by", options.by, "All that this account did and that still can be undone");
  undone->add_option("--from", options.from, "From this sequence or time (RFC 3339) on");
  undone->add_option("--to", options.to, "Up to this sequence or time");
  undone->add_option("--name", options.name, "Of what comes back, where its old name is taken")
      ->check(check_not_empty);
}

void add_redo(Usage& usage) {
  auto& options = usage.keep<RedoOptions>();
  auto* redone = usage.command(usage.top(), "redo",
                               "Take undos back, as one act; your newest, if none is named",
                               "  qualog undo Gym --by bo && qualog redo Gym\n"
                               "  qualog undo Gym 100 && qualog redo Gym --of 100",
                               options, &redo);
  project_argument(redone, options.project);
  redone->add_option("SEQUENCE", options.sequences, "Undos, or groups of them by their first")
      ->check(check_whole_number, "NUMBER");
  redone->add_option("--of", options.of, "The undo that took this event back, or this group")
      ->check(check_whole_number, "NUMBER");
}

void add_lock(Usage& usage) {
  auto& options = usage.keep<LockOptions>();
  auto* locked =
      usage.command(usage.top(), "lock", "Edit a source alone; prints the session that may",
                    "  qualog lock Gym \"Interview 1\"\n"
                    "  qualog lock Gym \"Interview 1\" --wait",
                    options, &lock);
  project_argument(locked, options.project);
  locked->add_option("ITEM", options.item, "Name or id of a source")->required();
  locked->add_flag("--wait", options.wait, "Until nobody else edits it");
  auto* unlocked = usage.command(usage.top(), "unlock", "End editing a source",
                                 "  qualog unlock Gym \"Interview 1\"", options, &unlock);
  project_argument(unlocked, options.project);
  unlocked->add_option("ITEM", options.item, "Name or id of a source")->required();
  unlocked->add_flag("--break", options.break_it, "Somebody else's, as an Owner");
}

}  // namespace

void add_acts(Usage& usage) {
  add_conflicts(usage);
  add_apply(usage);
  add_schema(usage);
  add_rules(usage);
  add_undo(usage);
  add_redo(usage);
  add_lock(usage);
}

}  // namespace qualog::tools
