// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/check/outcomes.h"

namespace qualog::simulation {

std::string InLog::told() const {
  if (events > 0) return "accepted " + std::to_string(last_event);
  if (refused != fb::RefusalCode::None)
    return "refused " + std::to_string(static_cast<int>(refused)) + " " + detail;
  return "noop " + std::to_string(repeated_at);
}

std::string InLog::flaw() const {
  if (events > 0 && answers > 0) return "has events and was answered without";
  if (answers > 1) return "was answered more than once";
  if (events > 0 && last_event - first_event + 1 != events) return "has events apart";
  return {};
}

void Outcomes::take(const fb::Event& event) {
  auto& outcome = outcomes_[flatbuffers::UnPack(*event.command_id())];
  if (outcome.events == 0) outcome.first_event = event.sequence();
  outcome.last_event = event.sequence();
  ++outcome.events;
  outcome.principal = event.actor()->str();
  outcome.digest = flatbuffers::UnPack(*event.command_digest());
}

void Outcomes::take(const fb::Aside& aside) {
  const auto* refusal = aside.body_as_ConflictRefused();
  const auto* answered = aside.body_as_CommandAnswered();
  if (refusal == nullptr && answered == nullptr) return;
  auto& outcome = outcomes_[flatbuffers::UnPack(*aside.command_id())];
  ++outcome.answers;
  outcome.principal = aside.actor() != nullptr ? aside.actor()->str() : "";
  outcome.digest = flatbuffers::UnPack(*aside.command_digest());
  if (answered != nullptr) outcome.repeated_at = answered->sequence();
  if (refusal == nullptr) return;
  outcome.refused = refusal->code();
  outcome.detail = refusal->detail() != nullptr ? refusal->detail()->str() : "";
}

const InLog* Outcomes::of(const CommandId& id) const {
  const auto found = outcomes_.find(id);
  return found == outcomes_.end() ? nullptr : &found->second;
}

}  // namespace qualog::simulation
