// SPDX-License-Identifier: Apache-2.0
#include "replay/members.h"

#include "projector/items.h"

#include <fmt/format.h>

namespace qualog::replay {

Result<void> check_owner(const projector::Reader& state, const std::string& actor) {
  if (projector::is_owner(state, actor)) return {};
  return fail(Code::forbidden,
              fmt::format("{} is no Owner of the project; an Owner can do it", actor));
}

}  // namespace qualog::replay
