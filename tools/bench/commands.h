// SPDX-License-Identifier: Apache-2.0
// How the benches put commands together: actions that want whatever is newest. Pure.
#pragma once

#include "engine/decide.h"

#include <vector>

namespace qualog::tools {

template <class Action>
fb::ActionUnion made(Action action) {
  fb::ActionUnion made;
  made.Set(std::move(action));
  return made;
}

inline fb::CommandT command_of(const CommandId& id, const SessionId& session,
                               std::vector<fb::ActionUnion> actions) {
  fb::CommandT command;
  command.command_id = id;
  command.session = session;
  command.seen = engine::kLatest;
  for (auto& action : actions) {
    command.actions.push_back(std::make_unique<fb::ProposalT>());
    command.actions.back()->action = std::move(action);
  }
  return command;
}

}  // namespace qualog::tools
