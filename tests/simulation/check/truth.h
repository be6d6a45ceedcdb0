// SPDX-License-Identifier: Apache-2.0
// Truth: what the log holds for good, as the log itself said it: every settled item, once and in
// order, whoever appended it. Whoever opens or appends is compared with it, and each new event is
// folded into a state of its own, from the very first on: the replay against which every other
// state is held. One thread.
#pragma once

#include "engine/log/log.h"
#include "projector/fold/fold.h"
#include "projector/overlay.h"
#include "tests/simulation/check/outcomes.h"
#include "tests/simulation/violation.h"

#include <functional>
#include <vector>

namespace qualog::simulation {

class Truth {
 public:
  // Sees each new item before it is folded, and each event after it.
  struct Witness {
    std::function<void(const fb::Event&)> before_event;
    std::function<void(const fb::Event&)> after_event;
    std::function<void(const fb::Aside&)> aside;
  };

  Truth(Verdicts& verdicts, Witness witness)
      : verdicts_(verdicts), witness_(std::move(witness)), fold_(state_) {}

  Sequence head() const { return Sequence{events_.size()}; }
  AsideNumber last_aside() const { return AsideNumber{asides_.size()}; }
  const std::vector<Bytes>& events() const { return events_; }
  const std::vector<Bytes>& asides() const { return asides_; }
  projector::MemoryStore& state() { return state_; }
  const projector::MemoryStore& state() const { return state_; }
  const Outcomes& outcomes() const { return outcomes_; }

  // What an owner has appended, settled, behind `before`.
  void appended(const log::Head& before, const std::vector<log::Batch>& batches);

  // What is read of the log from some place on: compared as far as it is known, new behind that.
  class Reading final : public log::Sink {
   public:
    explicit Reading(Truth& truth) : truth_(truth) {}
    Result<void> event(Sequence sequence, ByteView bytes) override;
    Result<void> aside(AsideNumber number, Sequence after, ByteView bytes) override;
    Result<void> settled(const log::Place& place, const log::Head& head) override;
    void discarded() override;

   private:
    Truth& truth_;
    log::Batch open_;
    std::vector<std::uint64_t> events_;  // their numbers
    std::vector<std::uint64_t> asides_;
  };
  // The reading has ended at `settled`: nothing that was known may be missing.
  void has_read_to(const log::Head& settled);

  // The chain of all events, by nothing but the hash.
  Digest chain(const LineageId& lineage) const;

 private:
  void compare(const std::vector<Bytes>& known, std::uint64_t number, const Bytes& bytes);
  void take(const log::Batch& batch);
  void take_event(const Bytes& bytes);
  void take_aside(const Bytes& bytes);

  Verdicts& verdicts_;
  Witness witness_;
  std::vector<Bytes> events_;
  std::vector<Bytes> asides_;
  projector::MemoryStore state_;
  projector::Fold fold_;
  Outcomes outcomes_;
};

}  // namespace qualog::simulation
