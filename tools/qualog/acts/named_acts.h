// SPDX-License-Identifier: Apache-2.0
// The acts that an undo or a redo names: sent in the session that may take them back, and told in
// words with its answer. One thread.
#pragma once

#include "tools/qualog/globals.h"

namespace qualog::tools {

struct NamedActs {
  std::vector<std::uint64_t> sequences;
  std::vector<std::string> words;  // of each: "event 42 (coded "Stress")"
};

// Error: not_found, there is no such event.
Result<NamedActs> named_acts(const projector::Reader& state,
                             const std::vector<std::uint64_t>& sequences);

// The actor's session that has edit mode of what one of the acts has edited; else a new one.
SessionId session_for(const Globals& globals, const projector::Reader& state,
                      const NamedActs& acts);

// print_answer(), and which acts it took back, or left as they are: "acts" in JSON, else a line
// each.
Exit print_taken_back(const Globals& globals, const engine::Answer& answer, const NamedActs& acts);

}  // namespace qualog::tools
