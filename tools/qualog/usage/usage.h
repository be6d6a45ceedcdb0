// SPDX-License-Identifier: Apache-2.0
// Usage: how the program is typed: which commands there are, their options, their help with
// examples. Each family of commands adds itself from a file of its own. Only this folder knows
// CLI11. One thread.
#pragma once

#include "tools/qualog/commands.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace qualog::tools {

class Usage {
 public:
  Usage();

  // Reads the line and does what it says; the exit code.
  int run(int argc, char** argv);

  CLI::App& top() { return app_; }
  const Globals& globals() const { return globals_; }

  // Options that live as long as this: what a command's arguments are read into.
  template <class Options>
  Options& keep() {
    auto made = std::make_shared<Options>();
    kept_.push_back(made);
    return *made;
  }

  // What will be done, if the line can be read.
  void choose(std::function<Exit()> chosen) { chosen_ = std::move(chosen); }

  // A sub-command with its examples; `options`, which keep() made, are bound before it runs.
  template <class Options>
  CLI::App* command(CLI::App& parent, const std::string& name, const std::string& what,
                    const std::string& examples, Options& options,
                    Exit (*function)(const Globals&, const Options&)) {
    auto* made = parent.add_subcommand(name, what);
    made->footer("Examples:\n" + examples);
    made->fallthrough();
    made->callback([this, &options, function] {
      choose([this, &options, function] { return function(globals_, options); });
    });
    return made;
  }

  // Commands that share their first word.
  CLI::App* group(const std::string& name, const std::string& what, const std::string& examples);
  // One that prints a table.
  CLI::App* with_table(CLI::App* command);

 private:
  int help_without_command();
  const CLI::App& named() const;
  std::string complaint(const CLI::ParseError& error) const;
  int wrong_usage(const CLI::ParseError& error, bool json);
  Result<void> settle_globals();

  CLI::App app_{"qualog: a team codes interviews together, and nothing is lost", "qualog"};
  Globals globals_;
  std::vector<std::shared_ptr<void>> kept_;
  std::function<Exit()> chosen_;
};

// What --at takes.
inline constexpr const char* kMoment = "A sequence, a time (RFC 3339) or a milestone";

// The argument that nearly every command begins with.
void project_argument(CLI::App* command, std::string& into);
// --at, of what is shown as it is now or was.
void moment_option(CLI::App* command, std::string& into);
// Checks of values, as CLI11 takes them: empty, or what is wrong.
std::string check_whole_number(const std::string& given);
std::string check_not_empty(const std::string& given);

// The families, in the order of the help.
void add_projects(Usage& usage);
void add_history(Usage& usage);
void add_views(Usage& usage);
void add_acts(Usage& usage);
void add_files(Usage& usage);
void add_proof(Usage& usage);

}  // namespace qualog::tools
