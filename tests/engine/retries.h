// SPDX-License-Identifier: Apache-2.0
// Retries: a client that sends each of its commands until it has an outcome, opening the project
// again when it takes no more, and that knows what it was told. What must be true whatever the log
// does: one outcome of each command in the log, for ever the one first told; what was called not
// applied is in no log, not even after everything that is still under way has landed.
#pragma once

#include "tests/engine/memory_project.h"

#include <map>
#include <string>
#include <vector>

namespace qualog::test {

// What is wrong, if so.
using Wrong = std::optional<std::string>;

bool is_outcome(const engine::Answer& answer);
// What is told of an answer that is an outcome; the same for ever.
std::string told(const engine::Answer& answer);

class Retries {
 public:
  Retries(MemoryProject& project, const std::vector<fb::CommandT>& commands)
      : project_(project), commands_(commands) {}

  Wrong send_all();
  // What the log holds is what was told.
  Wrong check_log();
  // The state is what the log holds, also when it is built anew.
  Wrong check_state();

 private:
  Wrong send(const fb::CommandT& command);
  Wrong heard(const fb::CommandT& command, const engine::Answer& answer);
  void open_again();

  MemoryProject& project_;
  const std::vector<fb::CommandT>& commands_;
  std::map<CommandId, std::string> first_;
};

// Commands 2, 3, ...: lone ones, a repetition, a refusal, groups and a refusal of several records.
std::vector<fb::CommandT> story_of_every_outcome();

}  // namespace qualog::test
