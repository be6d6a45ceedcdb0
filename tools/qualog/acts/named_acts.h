// SPDX-License-Identifier: Apache-2.0
// The acts that an undo or a redo names: sent in the session that may take them back, and told in
// words with its answer. One thread.
#pragma once

#include "tools/qualog/globals.h"

namespace qualog::tools {

// An undo or a redo, and the acts that it names.
struct Taking {
  fb::ActionUnion action;
  std::vector<std::uint64_t> sequences;
};
using MakeTaking = std::function<Result<Taking>(engine::Project&, const projector::Reader&)>;

// Opens a project as owner, sends what `make` says in the actor's session that has edit mode of
// what one of the acts has edited, else in a new one, and prints the answer with the acts: "acts"
// in JSON, else a line each. Errors: those of `make`; not_found, there is no such event; as
// print_answer_of().
Result<Exit> take_acts_back(const Globals& globals, const std::string& project,
                            const MakeTaking& make);

}  // namespace qualog::tools
