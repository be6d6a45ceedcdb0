// SPDX-License-Identifier: Apache-2.0
// verify: proves that a project is what was written. The whole log is read from its first byte, no
// state trusted: every CRC, both chains, the witness, the meaning of every item. It is folded anew
// on the way, and a state that is trusted must be the same, by its digests. Every file that an
// event names is read too, and must have its size and hash. Works beside a running owner, up to the
// witness. Writes nothing, but for `rebuild`, which replaces a state that is missing or differs.
// Keys without which nobody can go on with it count as damage.
// Not a proof against somebody who can rewrite the whole log: for that, keep a sequence and its
// chain elsewhere and `expect` them.
#pragma once

#include "engine/log/walk.h"
#include "engine/project.h"
#include "projector/digest.h"
#include "replay/named_files.h"
#include "replay/progress.h"

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace qualog::replay {

// The chain that somebody kept.
struct Expectation {
  Sequence sequence;
  Digest chain{};
};

// "120:9f86..."; 64 hexadecimal digits. Error: invalid.
Result<Expectation> parse_expectation(std::string_view text);

struct VerifyOptions {
  bool rebuild = false;  // replace a state that is missing or differs
  std::vector<Expectation> expect;
  Progress progress;
  bool look_at_state = true;  // else it counts as missing: reading it may end the program
  // Asked with the state as folded anew, where nothing is damaged; its error ends the verification.
  std::function<Result<void>(const projector::Reader&)> approve;
};

// What was found of the state that stands beside the log.
enum class StateFound {
  NotLookedAt,  // the log is damaged, or a running owner's state is ahead of what was read
  Same,         // as the log folds to
  Missing,      // or not to be trusted
  Differs,
  OfAnotherLog,  // of a shared log: the log has lost its end, or was replaced
};

struct VerifyReport {
  // Empty: all is as it was written. In log order; each names file, offset, last good event,
  // reason.
  std::vector<log::Damage> damage;
  log::Head head;  // where the reading ended; below the damage, if any
  std::uint64_t asides = 0;
  projector::Digests digests;         // only when nothing is damaged
  std::optional<Sequence> copy_ends;  // a copy made while it ran: it ends after this event
  std::uint64_t tail_bytes = 0;       // behind that end, void
  bool tail_has_records = false;      // whole records lie among them
  std::uint64_t foreign = 0;          // of a topic: records that are not ours, passed over
  StateFound state = StateFound::NotLookedAt;
  bool state_replaced = false;
  std::size_t files = 0;              // that events name
  std::vector<FileDamage> bad_files;  // in the order of their events

  bool ok() const { return damage.empty() && bad_files.empty(); }
};

// Damage is no Error: it is reported. Errors: not_found (no log here), too_new, io, no_space.
// Cost: reading, hashing and folding the log, twice the digests, and room for a state in the
// system's temporary directory where the log is long (scratch_state.h).
Result<VerifyReport> verify(const engine::ProjectPlace& place, engine::Effects effects,
                            const VerifyOptions& options = {});

}  // namespace qualog::replay
