// SPDX-License-Identifier: Apache-2.0
// Answer: what the sender of a command is told, once and for ever. `accepted` and `refused` are
// outcomes and durable; `not_applied` is about this attempt (send it again with the same id);
// `unknown` says that nobody can know before the log has been read back; `error` is no outcome.
#pragma once

#include "schema/error.h"
#include "schema/fbs/aside_generated.h"
#include "schema/ids.h"

#include <memory>
#include <string>

namespace qualog::engine {

enum class Outcome : std::uint8_t { accepted, refused, not_applied, unknown, error };

struct Answer {
  Outcome outcome = Outcome::error;
  CommandId command;
  Sequence sequence;  // accepted: of the last event, or the head when `noop`
  bool noop = false;  // it was so already
  std::shared_ptr<const fb::ConflictRefusedT> refusal;
  std::string message;   // not_applied, unknown, error: why, in one line
  Code code = Code::io;  // of the same
};

// not_applied, unknown or error, and why.
inline Answer without_outcome(Outcome outcome, const CommandId& command, const Error& why) {
  return {outcome, command, {}, false, nullptr, why.message, why.code};
}

// "accepted", as printed.
std::string_view name(Outcome outcome);

}  // namespace qualog::engine
