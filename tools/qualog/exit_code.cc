// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/exit_code.h"

namespace qualog::tools {

Exit exit_of(Code code) {
  switch (code) {
    case Code::invalid:
    case Code::too_large:
      return Exit::usage;
    case Code::not_found:
      return Exit::not_found;
    case Code::forbidden:
      return Exit::denied;
    case Code::conflict:
      return Exit::conflict;
    case Code::held:
    case Code::moved:
      return Exit::held;
    case Code::damaged:
      return Exit::damaged;
    case Code::unreachable:
      return Exit::connection;
    case Code::too_new:
      return Exit::version;
    default:
      return Exit::failed;
  }
}

Exit exit_of(const engine::Answer& answer) {
  using engine::Outcome;
  if (answer.outcome == Outcome::accepted) return Exit::done;
  if (answer.outcome == Outcome::error) return exit_of(answer.code);
  if (answer.outcome != Outcome::refused) return Exit::failed;
  const auto code = answer.refusal->code;
  if (code == fb::RefusalCode::UnknownPrincipal) return Exit::not_found;
  const bool denied = code == fb::RefusalCode::Denied || code == fb::RefusalCode::GuestReadonly;
  return denied ? Exit::denied : Exit::conflict;
}

}  // namespace qualog::tools
