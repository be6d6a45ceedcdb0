// SPDX-License-Identifier: Apache-2.0
// What a project holds, now or at a moment, as it is typed.
#include "tools/qualog/usage/usage.h"
#include "tools/qualog/views/views.h"

namespace qualog::tools {

namespace {

void add_state(Usage& usage) {
  auto& options = usage.keep<StateOptions>();
  auto* state_command =
      usage.command(usage.top(), "state", "Digest and counts of a project, at any moment",
                    "  qualog state Gym --json\n  qualog state Gym --at 120\n"
                    "  qualog state Gym --at 2026-11-21T14:00:00Z\n"
                    "  qualog milestone set Gym \"Round 1\" && qualog state Gym --at \"Round 1\"",
                    options, &state);
  project_argument(state_command, options.project);
  moment_option(state_command, options.at);
}

void add_codes(Usage& usage) {
  auto& options = usage.keep<CodesOptions>();
  auto* codes_command =
      usage.command(usage.top(), "codes", "The codebook as a tree, with counts per coder",
                    "  qualog codes Gym", options, &codes);
  project_argument(usage.with_table(codes_command), options.project);
  moment_option(codes_command, options.at);
}

void add_sources(Usage& usage) {
  auto& options = usage.keep<SourcesOptions>();
  auto* sources_command = usage.command(
      usage.top(), "sources", "The sources, their size and who coded in them",
      "  qualog sources Gym\n  qualog sources Gym --at 120 --json", options, &sources);
  project_argument(usage.with_table(sources_command), options.project);
  moment_option(sources_command, options.at);

  auto* text_command = usage.command(usage.top(), "text", "The text of a source, exactly",
                                     "  qualog text Gym \"Interview 1\"\n"
                                     "  qualog text Gym \"Interview 1\" --at 120 > interview.txt",
                                     options, &text);
  project_argument(text_command, options.project);
  text_command->add_option("SOURCE", options.source, "Name or id of a source")->required();
  moment_option(text_command, options.at);
}

void add_cases(Usage& usage) {
  auto& options = usage.keep<CasesOptions>();
  auto* cases_command =
      usage.command(usage.top(), "cases", "The cases, with their attributes",
                    "  qualog cases Gym\n  qualog cases Gym --csv > cases.csv", options, &cases);
  project_argument(usage.with_table(cases_command), options.project);
  cases_command->add_option("--classification", options.classification,
                            "Only the cases and attributes of this one");
  moment_option(cases_command, options.at);
}

void add_view(Usage& usage, const std::string& name, const std::string& what,
              Exit (*function)(const Globals&, const ViewOptions&)) {
  auto& options = usage.keep<ViewOptions>();
  const auto examples = "  qualog " + name + " Gym\n  qualog " + name + " Gym --at 120 --json";
  auto* view = usage.command(usage.top(), name, what, examples, options, function);
  project_argument(usage.with_table(view), options.project);
  moment_option(view, options.at);
}

void add_codings(Usage& usage) {
  auto& options = usage.keep<CodingsOptions>();
  auto* codings_command = usage.command(usage.top(), "codings", "The coded passages",
                                        "  qualog codings Gym --code Stress --coder bo\n"
                                        "  qualog codings Gym --source \"Interview 1\" --json\n"
                                        "  qualog codings Gym --cases --csv > codings.csv",
                                        options, &codings);
  project_argument(usage.with_table(codings_command), options.project);
  codings_command->add_option("--code", options.code, "Name or id of a code");
  codings_command->add_option("--source", options.source, "Name or id of a source");
  codings_command->add_option("--coder", options.coder, "An account or imported name");
  moment_option(codings_command, options.at);
  codings_command->add_flag("--cases", options.cases,
                            "With the cases of each passage and their attributes");
}

void add_stripe_choices(CLI::App* command, StripesOptions& options) {
  command->add_option("--show", options.show, "all (default), most, least, recent")
      ->check(CLI::IsMember(stripe_orders()));
  command->add_option("-n,--count", options.count, "Stripes at the most: 1 to 200 (default 200)")
      ->check(CLI::Range(std::size_t{1}, projector::kStripesMax));
  command->add_option("--code", options.codes, "Only this code; may be given again")
      ->allow_extra_args(false);
  command->add_option("--set", options.set, "Only the codes in this set");
  command->add_option("--classification", options.classification, "Only the cases of this one");
  command->add_option("--coder", options.coders, "Only by this coder; may be given again")
      ->allow_extra_args(false);
}

void add_stripes(Usage& usage) {
  auto& options = usage.keep<StripesOptions>();
  auto* stripes_command = usage.command(
      usage.top(), "stripes", "Where in a source each code lies, and how densely it is coded",
      "  qualog stripes Gym \"Interview 1\"\n"
      "  qualog stripes Gym \"Interview 1\" --show most -n 7 --by-coder\n"
      "  qualog stripes Gym \"Interview 1\" --code Stress --coder bo --json\n"
      "  qualog stripes Gym \"Interview 1\" --density --csv > density.csv",
      options, &stripes);
  project_argument(usage.with_table(stripes_command), options.project);
  stripes_command->add_option("SOURCE", options.source, "Name or id of a source")->required();
  add_stripe_choices(stripes_command, options);
  stripes_command->add_flag("--by-coder", options.by_coder, "A stripe for each code and coder");
  stripes_command->add_flag("--density", options.density,
                            "How many codings lie at each place, whatever is shown");
  moment_option(stripes_command, options.at);
}

}  // namespace

void add_views(Usage& usage) {
  add_state(usage);
  add_codes(usage);
  add_sources(usage);
  add_cases(usage);
  add_view(usage, "classifications", "Classifications, their attributes and values",
           &classifications);
  add_view(usage, "relationships", "What is related to what, and how", &relationships);
  add_view(usage, "sets", "The sets, and what is in them", &sets);
  add_codings(usage);
  add_stripes(usage);
}

}  // namespace qualog::tools
