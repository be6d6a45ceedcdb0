// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/usage/usage.h"

#include "schema/bytes.h"
#include "schema/near_names.h"
#include "tools/qualog/support/print.h"

#include <algorithm>
#include <string_view>

namespace qualog::tools {

// CLI11 2.1 reads "-1" as 2^64 - 1 and what is too large as the largest.
std::string check_whole_number(const std::string& given) {
  return parse_number<std::uint64_t>(given) ? "" : "must be a whole number";
}

std::string check_not_empty(const std::string& given) {
  return given.empty() ? "it must not be empty" : "";
}

void project_argument(CLI::App* command, std::string& into) {
  command->add_option("PROJECT", into, "Name or id of a project")->required();
}

void moment_option(CLI::App* command, std::string& into) {
  command->add_option("--at", into, kMoment)->check(check_not_empty);
}

Usage::Usage() {
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
  for (const auto add :
       {&add_projects, &add_history, &add_views, &add_acts, &add_files, &add_proof})
    add(*this);
}

int Usage::run(int argc, char** argv) {
  if (argc < 2) return help_without_command();
  try {
    app_.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0)
      return static_cast<int>(all_was_printed(globals_, static_cast<Exit>(app_.exit(error))));
    return wrong_usage(error,
                       std::find(argv, argv + argc, std::string_view("--json")) != argv + argc);
  }
  if (const auto settled = settle_globals(); !settled)
    return static_cast<int>(report(globals_, settled.error()));
  return static_cast<int>(all_was_printed(globals_, chosen_()));
}

Result<void> Usage::settle_globals() {
  if (globals_.json && globals_.csv)
    return fail(Code::invalid, "--json and --csv: give one of the two");
  if (app_.get_option("--actor")->count() == 0) globals_.actor = account_name();
  return check_actor(globals_.actor);
}

CLI::App* Usage::group(const std::string& name, const std::string& what,
                       const std::string& examples) {
  auto* made = app_.add_subcommand(name, what);
  made->require_subcommand(1);
  made->footer("Examples:\n" + examples);
  made->fallthrough();
  return made;
}

CLI::App* Usage::with_table(CLI::App* command) {
  command->add_flag("--csv", globals_.csv, "The table as CSV, every cell whole");
  return command;
}

// stdout is for data, and there is none.
int Usage::help_without_command() {
  put(stderr, app_.help());
  return static_cast<int>(Exit::usage);
}

// The innermost command that was named.
const CLI::App& Usage::named() const {
  const CLI::App* innermost = &app_;
  for (auto below = innermost->get_subcommands(); !below.empty();
       below = innermost->get_subcommands())
    innermost = below.front();
  return *innermost;
}

// What is wrong; of a command that there is not, which may be meant.
std::string Usage::complaint(const CLI::ParseError& error) const {
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
int Usage::wrong_usage(const CLI::ParseError& error, bool json) {
  std::string path;
  for (const auto* app = &named(); app != nullptr; app = app->get_parent())
    path = app->get_name() + (path.empty() ? "" : " " + path);
  globals_.json = json;
  auto words = complaint(error);
  words += words.ends_with('?') ? " See " : "; see ";
  return static_cast<int>(report(globals_, fail(Code::invalid, words + path + " --help")));
}

}  // namespace qualog::tools
