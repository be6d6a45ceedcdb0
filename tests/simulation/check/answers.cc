// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/check/answers.h"

#include "schema/codec.h"
#include "schema/fbs/command_generated.h"

#include <algorithm>

namespace qualog::simulation {

using engine::Answer;
using engine::Outcome;

std::string told(const Answer& answer) {
  InLog outcome;
  if (answer.refusal) {
    outcome.refused = answer.refusal->code;
    outcome.detail = answer.refusal->detail;
  } else if (answer.noop) {
    outcome.repeated_at = answer.sequence.value;
  } else {
    outcome.events = 1;
    outcome.last_event = answer.sequence.value;
  }
  return outcome.told();
}

bool is_outcome(const Answer& answer) {
  return answer.outcome == Outcome::accepted || answer.outcome == Outcome::refused;
}

void Answers::wrong(const char* invariant, const SentCommand& sent, const std::string& what) {
  verdicts_.wrong(invariant, "command " + sent.id.text() + " " + what);
}

void Answers::heard(SentCommand& sent, std::size_t variant, const Answer& answer, bool newest) {
  if (answer.command != sent.id) return wrong("I14", sent, "got the answer of another");
  if (is_outcome(answer)) return heard_outcome(sent, variant, answer);
  if (answer.outcome == Outcome::error) return heard_error(sent, variant, answer);
  if (answer.outcome == Outcome::not_applied && newest && truth_.outcomes().of(sent.id) != nullptr)
    wrong("I3", sent, "was called not applied, and is in the log");
}

// Also behind a crash, in what the next owner reads.
void Answers::came_to_be(const SentCommand& sent) {
  if (sent.denied) wrong("I3", sent, "was called not applied, and came to be");
}

void Answers::heard_outcome(SentCommand& sent, std::size_t variant, const Answer& answer) {
  const auto words = told(answer);
  const auto* outcome = truth_.outcomes().of(sent.id);
  if (outcome == nullptr) return wrong("I2", sent, "was told " + words + ", and is not in the log");
  if (outcome->told() != words)
    return wrong("I14", sent, "was told " + words + ", and the log says " + outcome->told());
  if (outcome->digest != sent.digests[variant])
    return wrong("I14", sent, "got the answer of other bytes under its id");
  if (outcome->principal != sent.principal)
    return wrong("I14", sent, "is in the log as somebody else's");
  if (!sent.told.empty() && sent.told != words)
    return wrong("I14", sent, "was told " + sent.told + ", then " + words);
  if (!sent.told.empty()) return;
  sent.told = words;
  if (outcome->events == 0) return;
  check_header(sent, variant, answer.sequence);
  if (answer.sequence <= sent.answered_before)
    return wrong("I17", sent,
                 "was sent after event " + std::to_string(sent.answered_before.value) +
                     " was answered, and comes before it");
  last_answered_ = std::max(last_answered_, answer.sequence);
}

// Its event says who sent it, from where; and what it builds on was not refused.
void Answers::check_header(const SentCommand& sent, std::size_t variant, Sequence at) {
  const auto& command = **command_view(sent.variants[variant]);
  const auto& event = trusted_event(truth_.events()[at.value - 1]);
  if (flatbuffers::UnPack(*event.session()) != flatbuffers::UnPack(*command.session()))
    wrong("I14", sent, "is in the log as another session's");
  if (command.after() == nullptr) return;
  const auto* before = truth_.outcomes().of(flatbuffers::UnPack(*command.after()));
  if (before == nullptr || before->refused != fb::RefusalCode::None)
    wrong("I14", sent, "is accepted, and builds on what was not");
}

void Answers::heard_error(const SentCommand& sent, std::size_t variant, const Answer& answer) {
  if (answer.code == Code::damaged) return wrong("I5", sent, "met damage: " + answer.message);
  if (answer.code != Code::invalid) return;
  const auto* outcome = truth_.outcomes().of(sent.id);
  const bool same = outcome != nullptr && outcome->digest == sent.digests[variant] &&
                    outcome->principal == sent.principal;
  // Where an id was misused, an error may come of a use that was then not applied.
  if (same && sent.variants.size() == 1) wrong("I14", sent, "is refused its own answer");
}

void Answers::check_all(const std::vector<SentCommand>& sent) {
  for (const auto& [id, outcome] : truth_.outcomes().all())
    if (const auto flaw = outcome.flaw(); !flaw.empty())
      return verdicts_.wrong("I3", "command " + id.text() + " " + flaw);
  for (const auto& command : sent) {
    const auto* outcome = truth_.outcomes().of(command.id);
    if (command.told.empty()) continue;
    if (outcome == nullptr) return wrong("I2", command, "is not in the log any more");
    if (outcome->told() != command.told)
      return wrong("I14", command, "was told " + command.told + ": " + outcome->told());
  }
}

}  // namespace qualog::simulation
