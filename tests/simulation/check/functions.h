// SPDX-License-Identifier: Apache-2.0
// Functions: what a written row says by a function and not by a column (special, adjust, repeats,
// compute) and what it wants whole in the end (completes), asked again of the log alone, at the
// state before each event, whatever way the command took through the engine. It finds ways past a
// function; what the function itself says is for the tests of its row. Only commands of one action
// are asked, as their client sent them. One thread.
#pragma once

#include "engine/blobs/blob_store.h"
#include "engine/rules/question.h"
#include "schema/fbs/aside_generated.h"
#include "schema/fbs/event_generated.h"
#include "tests/simulation/violation.h"

#include <functional>

namespace qualog::simulation {

class Functions {
 public:
  struct Looks {
    const projector::Reader& state;  // the fold of all before
    // What was sent under an id, by its digest; nullptr: by no client.
    std::function<const fb::Command*(const CommandId&, const Digest&)> command;
    engine::BlobStore& blobs;
    std::int64_t lease_timeout_us = 0;
  };

  Functions(Verdicts& verdicts, Looks looks) : verdicts_(verdicts), looks_(std::move(looks)) {}

  // The event, or the aside, is about to be folded.
  void before(const fb::Event& event);
  void aside(const fb::Aside& aside);

 private:
  struct Asked;

  const fb::Command* only_action(const CommandId& id, const Digest& digest) const;
  Asked asked(const engine::Rule& row, const fb::CommandT& command, engine::Context context) const;
  void check_event(const Asked& asked, const fb::Event& event);
  void check_repetition(const Asked& asked);
  void check_completed(const CommandId& next);
  void wrong(const char* invariant, const Asked& asked, const std::string& what);

  Verdicts& verdicts_;
  Looks looks_;
  CommandId command_;              // of the event before
  std::vector<ItemId> completes_;  // sources whose text is whole when that command has ended
};

}  // namespace qualog::simulation
