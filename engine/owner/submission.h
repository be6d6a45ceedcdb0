// SPDX-License-Identifier: Apache-2.0
// Submission: a command on its way, who sent it and who waits for the answer.
#pragma once

#include "engine/answer.h"
#include "schema/fbs/command_generated.h"
#include "schema/ids.h"

#include <functional>
#include <string>
#include <vector>

namespace qualog::engine {

struct Submission {
  fb::CommandT command;
  std::string principal;  // set by the server, never taken from the command
  bool trusted = false;   // the engine itself
  std::function<void(const Answer&)> done;
  std::vector<std::string> groups = {};  // that the principal is in, as the server's directory says
  // Whose submissions keep their order among each other; zero: its session's.
  SessionId sender = {};
};

}  // namespace qualog::engine
