// SPDX-License-Identifier: Apache-2.0
// Hands accepted records to a Sink: items provisionally, groups settled when they close, taken back
// when a Fence or the end of the reading discards them. Every backend delivers through it.
#pragma once

#include "engine/log/log.h"
#include "engine/log/record.h"

namespace qualog::log {

class Delivery {
 public:
  explicit Delivery(Sink& sink) : sink_(sink) {}

  // One accepted record: `before` is head before it, `after` S after it, `end` where it ends.
  Result<void> deliver(const RecordView& record, const Head& before, const State& after,
                       const Place& end) {
    if (record.front.kind == Kind::Fence) finish();
    if (record.front.kind != Kind::Batch) return {};
    open_ = true;
    QUALOG_TRY(deliver_items(record, before));
    if (record.front.more) return {};
    open_ = false;
    return sink_.settled(end, after.settled);
  }

  // Nothing follows: what is open is taken back.
  void finish() {
    if (open_) sink_.discarded();
    open_ = false;
  }

 private:
  Result<void> deliver_items(const RecordView& record, const Head& before) {
    ItemCursor items(record);
    auto sequence = before.next_event;
    for (auto n = record.front.events; n > 0; --n, sequence = sequence.next()) {
      QUALOG_TRY(sink_.event(sequence, items.next()));
    }
    auto number = before.next_aside;
    for (auto n = record.front.asides; n > 0; --n, number = number.next()) {
      QUALOG_TRY(sink_.aside(number, sequence.previous(), items.next()));
    }
    return {};
  }

  Sink& sink_;
  bool open_ = false;
};

}  // namespace qualog::log
