// SPDX-License-Identifier: Apache-2.0
// Reading a project's log from its first byte, as every part of replay does: beside a running owner
// too, writing nothing. A sink that has what it needs ends the reading early.
#pragma once

#include "engine/log/reading.h"
#include "engine/project.h"

namespace qualog::fb {
struct Event;
}

namespace qualog::replay {

// A sink that may end the reading: `return enough();` from any of its calls.
class StoppableSink : public log::Sink {
 public:
  bool stopped() const { return stopped_; }

 protected:
  Error enough();

 private:
  bool stopped_ = false;
};

struct [[nodiscard]] LogReading {
  bool stopped = false;      // the sink had enough; there is no summary
  log::ReadSummary summary;  // with the damage found, behind which nothing was delivered
};

// Errors: those of log::LogStore::read, and what the sink gives.
Result<LogReading> read_log(const engine::ProjectPlace& place, StoppableSink& sink);

// h(n) of the event chain from h(n-1). Event 1 names the lineage that h(0) is made from.
Digest chain_after(Chain& chain, const Digest& before, Sequence sequence, const fb::Event& event,
                   ByteView stored);

// Whether an event begins a group or stands alone, by its header.
inline bool begins_unit(Sequence sequence, std::uint64_t group) {
  return group == 0 || group == sequence.value;
}

}  // namespace qualog::replay
