// SPDX-License-Identifier: Apache-2.0
// Decisions: commands decided one behind the other, as an owner does whose every record succeeds,
// with a clock of their own and no log. One thread.
#pragma once

#include "engine/decide.h"

namespace qualog::tools {

class Decisions {
 public:
  // Decides on `state`, which holds what was decided before. Nothing may be refused. Returns the
  // last event so far.
  Sequence decide(projector::Overlay& state, std::string_view principal,
                  const fb::CommandT& command);
  Sequence head() const { return context_.head; }

 private:
  engine::Context context_;
};

}  // namespace qualog::tools
