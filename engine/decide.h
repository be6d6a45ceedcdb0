// SPDX-License-Identifier: Apache-2.0
// decide: what becomes of a command. Pure: the same state, command and context give the same bytes;
// no clock, no random, no thread, no file, no key. What is asked, in which order and with which
// refusal: docs/architecture.md. The rules are rows of engine/rules/rows, and of no action is it
// asked here which it is.
#pragma once

#include "engine/rules/question.h"
#include "projector/overlay.h"

#include <variant>

namespace qualog::engine {

// The command was answered before: the sequence of its last event, or the number of its aside.
struct Known {
  Sequence accepted;
  AsideNumber aside;
};

// The id was used before by somebody else or with other bytes: an error, nothing is written. It
// holds as long as that use does, which may still be in flight.
struct Misused {
  std::string problem;
  Known use;
};

// It would change nothing; the head's sequence is its answer.
struct Repetition {};

// The events, packed and folded into the state that decide was given.
struct Acceptance {
  std::vector<Bytes> events;
  Sequence first;
  Sequence last;
  bool is_group = false;
};

using Decision = std::variant<Known, Misused, Refusal, Repetition, Acceptance>;

// Decides `command` on `state`. On an Acceptance the events are folded into it; on anything else it
// is unchanged. Error: the state is damaged.
Result<Decision> decide(projector::Overlay& state, const fb::CommandT& command,
                        const Context& context);

// `seen` when a command wants whatever is newest.
inline constexpr std::uint64_t kLatest = ~std::uint64_t{0};

}  // namespace qualog::engine
