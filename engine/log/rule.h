// SPDX-License-Identifier: Apache-2.0
// The acceptance rule: which records of a log count. One rule for every reader and every backend,
// over S = (epoch, owner, index, head, settled); nothing else in the product repeats it. Pure.
//
//   Fence  accepted iff its epoch is greater than S's. Epoch and owner become its own, index 1,
//          and head = settled: an open group is gone.
//   Batch  accepted iff epoch, owner and index are S's own. Index + 1, its items are folded into
//          head, and unless `more`, settled = head. Other numbers or chains than head's: corrupt.
//   Seal   like a Batch without items; corrupt in an open group. Nothing is accepted behind it.
//   Anything else is ignored and changes nothing.
#pragma once

#include "engine/log/record.h"

namespace qualog::log {

enum class Verdict {
  Accepted,
  Ignored,  // changes nothing; in a file log, damage
  Corrupt,  // stop: the current owner's record does not fit
};

inline bool group_open(const State& state) { return state.head != state.settled; }

inline Verdict judge(const State& state, const Front& front) {
  if (state.sealed || front.kind == Kind::Segment) return Verdict::Ignored;
  if (front.kind == Kind::Fence) {
    return front.epoch > state.epoch ? Verdict::Accepted : Verdict::Ignored;
  }
  const bool own = front.epoch == state.epoch && front.owner == state.owner &&
                   front.index == state.index && state.index != 0;
  if (!own) return Verdict::Ignored;
  if (front.kind == Kind::Seal && group_open(state)) return Verdict::Corrupt;
  return front.before == state.head ? Verdict::Accepted : Verdict::Corrupt;
}

// S after an accepted record; `folded` is head with the record's items behind it (of a Batch).
inline void advance(State& state, const Front& front, const Head& folded) {
  if (front.kind == Kind::Fence) {
    state = {.epoch = front.epoch,
             .owner = front.owner,
             .index = 1,
             .head = state.settled,
             .settled = state.settled,
             .unfinished = front.more};
    return;
  }
  ++state.index;
  state.head = folded;
  if (!front.more) state.settled = state.head;
  state.sealed = front.kind == Kind::Seal;
}

// Both hash chains. One thread an object.
class Chains {
 public:
  // Head of an empty log.
  Head start(const LineageId& lineage) {
    return {.chain = events_.start(lineage), .aside_chain = asides_.start(lineage)};
  }

  // `head` with the items of a Batch folded in; of the other kinds: `head`.
  Head fold(Head head, const RecordView& record) {
    ItemCursor items(record);
    for (auto n = record.front.events; n > 0; --n) {
      head.chain = events_.next(head.chain, items.next());
    }
    for (auto n = record.front.asides; n > 0; --n) {
      head.aside_chain = asides_.next(head.aside_chain, items.next());
    }
    head.next_event.value += record.front.events;
    head.next_aside.value += record.front.asides;
    return head;
  }

 private:
  Chain events_{ChainDomain::Events};
  Chain asides_{ChainDomain::Asides};
};

// Judges a record and, when it is accepted, moves S over it.
inline Verdict take(State& state, const RecordView& record, Chains& chains) {
  const auto verdict = judge(state, record.front);
  if (verdict == Verdict::Accepted) {
    advance(state, record.front, chains.fold(state.head, record));
  }
  return verdict;
}

}  // namespace qualog::log
