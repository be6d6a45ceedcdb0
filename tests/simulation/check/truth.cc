// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/check/truth.h"

#include "engine/folding.h"
#include "schema/codec.h"

namespace qualog::simulation {

namespace {
const fb::Aside& trusted_aside(const Bytes& bytes) {
  return *flatbuffers::GetRoot<fb::Aside>(bytes.data());
}
}  // namespace

void Truth::appended(const log::Head& before, const std::vector<log::Batch>& batches) {
  if (before.sequence() != head() || before.next_aside.value != asides_.size() + 1)
    return verdicts_.wrong("I18", "an owner appends behind event " +
                                      std::to_string(before.sequence().value) +
                                      ", and the log has come to " + std::to_string(head().value));
  for (const auto& batch : batches) take(batch);
}

void Truth::take(const log::Batch& batch) {
  auto aside = batch.asides.begin();
  // An aside says behind which event it was: both are seen in the order in which they came to be.
  const auto asides_up_to = [&](std::uint64_t sequence) {
    while (aside != batch.asides.end() && trusted_aside(*aside).after_sequence() <= sequence)
      take_aside(*aside++);
  };
  for (const auto& event : batch.events) {
    asides_up_to(head().value);
    take_event(event);
  }
  while (aside != batch.asides.end()) take_aside(*aside++);
}

void Truth::take_event(const Bytes& bytes) {
  const auto view = event_view(bytes);
  if (!view) return verdicts_.wrong("I4", "an event that cannot be read");
  const auto& event = **view;
  if (event.sequence() != events_.size() + 1)
    return verdicts_.wrong("I1", "event " + std::to_string(event.sequence()) + " behind event " +
                                     std::to_string(events_.size()));
  witness_.before_event(event);
  if (const auto folded = fold_.event(event); !folded)
    return verdicts_.wrong("I6", "an event that does not fold: " + folded.error().message);
  events_.push_back(bytes);
  outcomes_.take(event);
  witness_.after_event(event);
}

void Truth::take_aside(const Bytes& bytes) {
  const auto view = aside_view(bytes);
  if (!view) return verdicts_.wrong("I4", "an aside that cannot be read");
  if ((*view)->number() != asides_.size() + 1)
    return verdicts_.wrong("I1", "aside " + std::to_string((*view)->number()) + " behind aside " +
                                     std::to_string(asides_.size()));
  if (const auto folded = fold_.aside(**view, bytes); !folded)
    return verdicts_.wrong("I6", "an aside that does not fold: " + folded.error().message);
  asides_.push_back(bytes);
  outcomes_.take(**view);
  witness_.aside(**view);
}

void Truth::compare(const std::vector<Bytes>& known, std::uint64_t number, const Bytes& bytes) {
  if (known[number - 1] != bytes)
    verdicts_.wrong("I2", "item " + std::to_string(number) + " of the log is another one");
}

void Truth::has_read_to(const log::Head& settled) {
  if (settled.sequence() != head() || settled.next_aside.value != asides_.size() + 1)
    verdicts_.wrong("I2", "the log ends with event " + std::to_string(settled.sequence().value) +
                              ", and event " + std::to_string(head().value) + " was durable");
}

Digest Truth::chain(const LineageId& lineage) const {
  Chain chain(ChainDomain::Events);
  Digest before = chain.start(lineage);
  for (const auto& event : events_) before = chain.next(before, event);
  return before;
}

// ---- a reading ----------------------------------------------------------------------------------

Result<void> Truth::Reading::event(Sequence sequence, ByteView bytes) {
  open_.events.emplace_back(bytes.begin(), bytes.end());
  events_.push_back(sequence.value);
  return {};
}

Result<void> Truth::Reading::aside(AsideNumber number, Sequence, ByteView bytes) {
  open_.asides.emplace_back(bytes.begin(), bytes.end());
  asides_.push_back(number.value);
  return {};
}

Result<void> Truth::Reading::settled(const log::Place&, const log::Head&) {
  log::Batch fresh;
  for (std::size_t n = 0; n < events_.size(); ++n) {
    if (events_[n] > truth_.events_.size())
      fresh.events.push_back(std::move(open_.events[n]));
    else
      truth_.compare(truth_.events_, events_[n], open_.events[n]);
  }
  for (std::size_t n = 0; n < asides_.size(); ++n) {
    if (asides_[n] > truth_.asides_.size())
      fresh.asides.push_back(std::move(open_.asides[n]));
    else
      truth_.compare(truth_.asides_, asides_[n], open_.asides[n]);
  }
  discarded();
  truth_.take(fresh);
  return {};
}

void Truth::Reading::discarded() {
  open_ = {};
  events_.clear();
  asides_.clear();
}

}  // namespace qualog::simulation
