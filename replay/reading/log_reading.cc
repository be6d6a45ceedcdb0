// SPDX-License-Identifier: Apache-2.0
#include "replay/reading/log_reading.h"

#include "schema/codec.h"
#include "schema/fbs/event_generated.h"

namespace qualog::replay {

// The code is of no matter: who reads looks at stopped() first.
Error StoppableSink::enough() {
  stopped_ = true;
  return fail(Code::conflict, "the reading was ended");
}

Result<LogReading> read_log(const engine::ProjectPlace& place, StoppableSink& sink) {
  auto read = place.log->read({}, sink);
  if (sink.stopped()) return LogReading{true, {}};
  if (!read) return read.error();
  return LogReading{false, std::move(*read)};
}

Digest chain_after(Chain& chain, const Digest& before, Sequence sequence, const fb::Event& event,
                   ByteView stored) {
  if (sequence != Sequence{1}) return chain.next(before, stored);
  const auto* created = event.action_as_ProjectCreated();
  const auto* lineage = created != nullptr ? created->lineage() : nullptr;
  if (lineage == nullptr) return {};
  return chain.next(chain.start(flatbuffers::UnPack(*lineage)), stored);
}

}  // namespace qualog::replay
