// SPDX-License-Identifier: Apache-2.0
// Outcomes: what the log says became of each command id: its events, or its refusal, or that it
// changed nothing. Read from the items themselves, so that nothing is believed that an owner says.
// One thread.
#pragma once

#include "schema/fbs/aside_generated.h"
#include "schema/fbs/event_generated.h"
#include "schema/ids.h"

#include <map>
#include <string>

namespace qualog::simulation {

struct InLog {
  std::uint64_t first_event = 0;
  std::uint64_t last_event = 0;
  std::size_t events = 0;
  std::size_t answers = 0;  // refusals and repetitions
  fb::RefusalCode refused = fb::RefusalCode::None;
  std::string detail;
  std::uint64_t repeated_at = 0;  // of a repetition: the head
  std::string principal;
  Digest digest{};

  // As an answer would be told.
  std::string told() const;
  // Everything about it fits together; else what does not.
  std::string flaw() const;
};

class Outcomes {
 public:
  void take(const fb::Event& event);
  void take(const fb::Aside& aside);
  // nullptr: the log has nothing of it.
  const InLog* of(const CommandId& id) const;
  const std::map<CommandId, InLog>& all() const { return outcomes_; }

 private:
  std::map<CommandId, InLog> outcomes_;
};

}  // namespace qualog::simulation
