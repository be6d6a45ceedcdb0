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
  bool forgets_commands = false;  // when it opens: the ids of what was accepted
  bool forgets_answers = false;   // and of what was refused
  bool forgets_order = false;     // of sessions: what was not applied is not waited for
  bool swaps_answers = false;     // of two commands in a turn
  bool answers_head = false;      // the head for the event's own sequence
  bool hides_refusals = false;    // a refusal is told as accepted
  bool publishes_early = false;   // what is then not durable
  bool skips_publishing = false;
  bool trusts_senders = false;         // everybody passes as the engine
  bool takes_first_principal = false;  // every command is signed by the founder
  // State.
  std::optional<projector::Table> loses_rows_of;  // every n-th row is not written
  std::optional<projector::Table> keeps_rows_of;  // nothing is erased
  bool opens_from_stale = false;                  // a checkpoint is taken for newer than it is
  bool keeps_rolled_back = false;                 // what was not durable stays in the state
  // Clock.
  bool clock_back = false;
  bool clock_frozen = false;
};

}  // namespace qualog::simulation
