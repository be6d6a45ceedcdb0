// SPDX-License-Identifier: Apache-2.0
// Globals: what every command is given: the data directory, who acts, how to print. stdout is data
// only, stderr messages and progress. One thread.
#pragma once

#include "engine/data_directory.h"
#include "tools/qualog/exit_code.h"

#include <boost/json/object.hpp>

#include <string>

namespace qualog::tools {

struct Globals {
  std::string data;   // -d or QUALOG_DATA
  std::string actor;  // --actor or QUALOG_ACTOR, else the account of the operating system
  bool json = false;

  engine::Effects effects() const;
  // The data directory; an error when none was named.
  Result<engine::DataDirectory> directory() const;
  // A project of it, by name or id.
  Result<engine::ProjectPlace> place(const std::string& project) const;
  // Opens a project as owner, or looks at it.
  Result<std::unique_ptr<engine::Project>> open(const std::string& project) const;
  Result<std::unique_ptr<engine::View>> view(const std::string& project) const;
};

// The account that runs this process.
std::string account_name();

// Prints one JSON object as a line on stdout.
void print_line(const boost::json::object& line);
// Prints "qualog: MESSAGE" on stderr, or {"message_type":"exit_error",...} with --json; gives the
// exit code.
Exit report(const Globals& globals, const Error& error);

// What JSON calls an answer (docs/commands.md); the shape scripts rely on.
boost::json::object answer_json(const engine::Answer& answer);
// One line for people: "refused STALE: ...".
std::string answer_text(const engine::Answer& answer);

// A command by `globals.actor` in a session of its own.
engine::Answer act(engine::Project& project, const Globals& globals, fb::ActionUnion action,
                   std::optional<std::uint64_t> seen);

}  // namespace qualog::tools
