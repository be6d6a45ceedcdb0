// SPDX-License-Identifier: Apache-2.0
#include "replay/members.h"

#include "projector/items.h"
#include "schema/fbs/action_generated.h"

#include <fmt/format.h>

namespace qualog::replay {

Result<void> check_owner(const projector::Reader& state, const std::string& actor) {
  constexpr auto kOwner = static_cast<std::uint8_t>(fb::Group::Owner);
  if (projector::group_of(state, actor) == kOwner) return {};
  return fail(Code::forbidden,
              fmt::format("{} is no Owner of the project; an Owner can do it", actor));
}

}  // namespace qualog::replay
