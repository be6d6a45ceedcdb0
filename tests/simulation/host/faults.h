// SPDX-License-Identifier: Apache-2.0
// What a planted bug of the host replaces: parts of the machine, or of the owner's promises, that
// the engine takes for granted. All off: nothing is planted (planted/README.md).
#pragma once

#include "engine/log/topic_log.h"
#include "projector/store.h"
#include "tests/crash/weak_files.h"

#include <optional>

namespace qualog::simulation {

struct HostBugs {
  test::Weakness disk = test::Weakness::None;
  log::Obligations obligations{};
  // Between owner and log.
  bool answers_early = false;    // `durable` for what was not appended, now and then
  bool denies_unknown = false;   // `unknown` is called `not_applied`
  bool affirms_unknown = false;  // `unknown` is called `durable`
  bool splits_groups = false;    // each record of a group settles by itself
  bool appends_twice = false;
  bool skips_record = false;  // one is acknowledged and never sent
  // The owner.
  bool forgets_commands = false;      // when it opens: the ids of what was accepted
  bool forgets_answers = false;       // and of what was refused
  bool swaps_answers = false;         // now and then the answer of the one before
  bool answers_head = false;          // the head for the event's own sequence
  bool hides_refusals = false;        // a refusal is told as accepted
  bool answers_nobody_twice = false;  // who sends again hears nothing
  bool publishes_shifted = false;
  bool skips_publishing = false;
  bool trusts_senders = false;    // everybody passes as the engine
  bool signs_as_founder = false;  // everything
  bool forgets_after = false;     // what a command builds on
  bool one_session = false;       // for everybody
  bool leases_never_end = false;
  bool leases_end_at_once = false;
  bool clock_back = false;   // what opens does not ask what time it was
  bool changes_key = false;  // with each opening
  // State.
  std::optional<projector::Table> loses_rows_of;  // every n-th row is not written
  std::optional<projector::Table> keeps_rows_of;  // nothing is erased
  bool opens_from_stale = false;                  // a state is taken for newer than it is
};

}  // namespace qualog::simulation
