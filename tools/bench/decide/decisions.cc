// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/decide/decisions.h"

#include "schema/assert.h"

namespace qualog::tools {

namespace {
constexpr std::int64_t kBetweenCommandsUs = 750'000;
}  // namespace

Sequence Decisions::decide(projector::Overlay& state, std::string_view principal,
                           const fb::CommandT& command) {
  context_.principal = principal;
  context_.now += kBetweenCommandsUs;
  const auto decision = engine::decide(state, command, context_).value();
  const auto* acceptance = std::get_if<engine::Acceptance>(&decision);
  // A code that is moved to where it is stays there, and nothing happens.
  QUALOG_ASSERT(acceptance != nullptr || std::holds_alternative<engine::Repetition>(decision));
  if (acceptance != nullptr) context_.head = acceptance->last;
  return context_.head;
}

}  // namespace qualog::tools
