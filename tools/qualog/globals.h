// SPDX-License-Identifier: Apache-2.0
// Globals: what every command is given: the data directory, who acts, how to print. stdout is data
// only, stderr messages and progress. One thread.
#pragma once

#include "engine/data_directory.h"
#include "schema/commands.h"
#include "tools/qualog/exit_code.h"

#include <boost/json/object.hpp>

#include <functional>
#include <optional>
#include <string>

namespace qualog::tools {

struct Globals {
  std::string data;   // -d or QUALOG_DATA
  std::string actor;  // --actor or QUALOG_ACTOR, else the account of the operating system
  bool json = false;
  bool csv = false;           // a table for programs
  bool allow_others = false;  // a data directory whose mode lets other accounts in

  engine::Effects effects() const;
  // The data directory; an error when none was named.
  Result<engine::DataDirectory> directory() const;
  // A project of it, by name or id.
  Result<engine::ProjectPlace> place(const std::string& project) const;
  // Opens a project as owner.
  Result<std::unique_ptr<engine::Project>> open(const std::string& project) const;
  // Looks at one. Every command that prints what a project holds comes by here: forbidden, unless
  // the actor is a member now or guests may read.
  Result<std::unique_ptr<engine::View>> view(const std::string& project) const;
  Result<std::unique_ptr<engine::View>> view(const engine::ProjectPlace& place) const;
  // Forbidden, unless the actor may read a project of this state.
  Result<void> check_may_read(const projector::Reader& state) const;
};

// The account that runs this process.
std::string account_name();

// Prints one JSON object as a line on stdout.
void print_line(const boost::json::object& line);
// Prints "qualog: MESSAGE" on stderr, or {"message_type":"exit_error",...} with --json; gives the
// exit code.
Exit report(const Globals& globals, const Error& error);
// Data that did not get out is no success: the exit code given, once stdout has all of it.
Exit all_was_printed(const Globals& globals, Exit exit);
// The exit code of what was done, or of the error, which is reported.
Exit finish(const Globals& globals, const Result<Exit>& outcome);

// What JSON calls an answer (docs/commands.md); the shape scripts rely on.
boost::json::object answer_json(const engine::Answer& answer);
// One line for people: "refused STALE: ...".
std::string answer_text(const engine::Answer& answer);

// The same for a command refused or accepted: the answer's JSON or text, and its exit code.
Exit print_answer(const Globals& globals, const engine::Answer& answer);

// What must hold before a command is handed to a project: the meaning checks of schema/validate.h,
// and an actor that the log can name. Error: invalid or too_large, with the field.
Result<void> check_command(const fb::CommandT& command);
Result<void> check_actor(std::string_view actor);

// A command by `globals.actor` in `session`, on what was newest at `seen`; none: whatever is
// newest. Errors: those of check_actor and check_command; everything else is said by the answer.
Result<engine::Answer> act_in(engine::Project& project, const Globals& globals,
                              const SessionId& session, fb::ActionUnion action,
                              std::optional<Sequence> seen = std::nullopt);
// The same in a session of its own.
Result<engine::Answer> act(engine::Project& project, const Globals& globals, fb::ActionUnion action,
                           std::optional<Sequence> seen = std::nullopt);

// Opens a project as owner, does `work`, closes it and prints the answer, with `print_it`. An
// answer is printed also where closing fails. The error of the work comes before that of the
// closing.
Result<Exit> print_answer_of(
    const Globals& globals, const std::string& project,
    const std::function<Result<engine::Answer>(engine::Project&)>& work,
    const std::function<Exit(const Globals&, const engine::Answer&)>& print_it = print_answer);

// Opens a project, lets `make` build an action with its name key, acts, closes it and prints the
// answer.
Exit act_on(const Globals& globals, const std::string& project,
            const std::function<fb::ActionUnion(const NameKey&)>& make);

}  // namespace qualog::tools
