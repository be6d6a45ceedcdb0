// SPDX-License-Identifier: Apache-2.0
// Answers: what owners have told about each command, held against the log and against what was told
// before: an outcome is durable and the same for ever (I2, I3, I14), an id used again with other
// bytes is an error (I14), what was answered before another was sent comes before it (I17). One
// thread.
#pragma once

#include "engine/answer.h"
#include "tests/simulation/check/truth.h"

#include <string>
#include <vector>

namespace qualog::simulation {

// A command and all that was sent under its id.
struct SentCommand {
  CommandId id;
  std::size_t client = 0;
  std::string principal;
  std::vector<Bytes> variants;  // the first is what its author meant
  std::vector<Digest> digests;
  Sequence answered_before;  // the last event that was answered when it was first sent
  std::string told;          // its outcome; "": none was told
  bool done = false;         // its author has heard it
  std::size_t open = 0;      // of so many copies that owners have had nobody knows what became
  bool denied = false;       // of none any more, and the last was called not applied
};

// "accepted 17", as InLog::told() says it.
std::string told(const engine::Answer& answer);
bool is_outcome(const engine::Answer& answer);

class Answers {
 public:
  Answers(Verdicts& verdicts, const Truth& truth) : verdicts_(verdicts), truth_(truth) {}

  // `newest`: the owner that gave it has not been followed by another.
  void heard(SentCommand& sent, std::size_t variant, const engine::Answer& answer, bool newest);
  // Something with its id is in the log since now.
  void came_to_be(const SentCommand& sent);
  // At the end: the log has what was told, all of it and nothing else.
  void check_all(const std::vector<SentCommand>& sent);
  Sequence last_answered() const { return last_answered_; }

 private:
  void heard_outcome(SentCommand& sent, std::size_t variant, const engine::Answer& answer);
  void check_header(const SentCommand& sent, std::size_t variant, Sequence at);
  void heard_error(const SentCommand& sent, std::size_t variant, const engine::Answer& answer);
  void wrong(const char* invariant, const SentCommand& sent, const std::string& what);

  Verdicts& verdicts_;
  const Truth& truth_;
  Sequence last_answered_;
};

}  // namespace qualog::simulation
