// SPDX-License-Identifier: Apache-2.0
// How commands are put together from actions. Pure.
#pragma once

#include "schema/fbs/command_generated.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace qualog {

// One member of the catalogue as the union that commands and events hold.
template <class Action>
fb::ActionUnion action_of(Action action) {
  fb::ActionUnion made;
  made.Set(std::move(action));
  return made;
}

inline std::unique_ptr<fb::ProposalT> proposal_of(fb::ActionUnion action) {
  auto proposal = std::make_unique<fb::ProposalT>();
  proposal->action = std::move(action);
  return proposal;
}

// `seen`: the sequence that its author has seen; none where no action of it asks for one.
inline fb::CommandT command_of(const CommandId& id, const SessionId& session,
                               std::vector<fb::ActionUnion> actions,
                               std::optional<std::uint64_t> seen = std::nullopt) {
  fb::CommandT command;
  command.command_id = id;
  command.session = session;
  if (seen) command.seen = *seen;
  for (auto& action : actions) command.actions.push_back(proposal_of(std::move(action)));
  return command;
}

}  // namespace qualog
