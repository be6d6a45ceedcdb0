// SPDX-License-Identifier: Apache-2.0
#include "tools/import/one_act.h"

#include "engine/data_directory.h"
#include "engine/decide.h"

namespace qualog::tools {

fb::CommandT one_act(std::vector<fb::ActionUnion> actions, engine::Effects effects) {
  fb::CommandT command;
  command.command_id = engine::new_id<CommandId>(effects);
  command.session = engine::new_id<SessionId>(effects);
  command.seen = engine::kLatest;
  for (auto& action : actions) {
    command.actions.push_back(std::make_unique<fb::ProposalT>());
    command.actions.back()->action = std::move(action);
  }
  return command;
}

}  // namespace qualog::tools
