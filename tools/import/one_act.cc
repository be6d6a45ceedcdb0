// SPDX-License-Identifier: Apache-2.0
#include "tools/import/one_act.h"

#include "engine/data_directory.h"
#include "engine/decide.h"
#include "schema/commands.h"

namespace qualog::tools {

fb::CommandT one_act(std::vector<fb::ActionUnion> actions, engine::Effects effects) {
  const auto id = engine::new_id<CommandId>(effects);
  const auto session = engine::new_id<SessionId>(effects);
  return command_of(id, session, std::move(actions), engine::kLatest);
}

}  // namespace qualog::tools
