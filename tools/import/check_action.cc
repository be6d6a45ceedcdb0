// SPDX-License-Identifier: Apache-2.0
#include "tools/import/check_action.h"

#include "schema/actions.h"
#include "schema/codec.h"
#include "schema/fbs/command_generated.h"
#include "schema/validate.h"

#include <fmt/format.h>

namespace qualog::tools {

Result<void> check_action(ByteView packed, std::string_view advice) {
  const auto& proposal = trusted_proposal(packed);
  const auto& table = *static_cast<const flatbuffers::Table*>(proposal.action());
  const auto flaw = flaw_in(proposal.action_type(), table);
  if (!flaw) return {};
  return fail(Code::invalid, fmt::format("{}: {} {}; {}", action_name(proposal.action_type()),
                                         flaw->field, flaw->problem, advice));
}

}  // namespace qualog::tools
