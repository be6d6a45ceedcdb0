// SPDX-License-Identifier: Apache-2.0
// The history of a project as its log has it: events and asides in order, only what is settled.
// Reads beside whoever owns the project and writes nothing; can go on where it stopped. One thread.
#pragma once

#include "engine/project.h"

#include <functional>

namespace qualog::replay {

// One event, or one aside and the event it came after.
struct Stored {
  Sequence sequence;  // of an aside: the last event before it
  AsideNumber aside;  // zero: an event
  Bytes bytes;

  bool is_aside() const { return bool(aside); }
};

struct HistoryRange {
  Sequence first{1};
  Sequence last{~std::uint64_t{0}};
  bool with_asides = false;
};

// False: enough.
using VisitStored = std::function<Result<bool>(const Stored&)>;

enum class HistoryEnd {
  reached,  // that of the log: more may come
  enough,   // the visitor's, or the range's
  moved,    // the project's: nothing will follow here
};

class History {
 public:
  // `from`: {}, or where an earlier reading of the same log has stopped.
  explicit History(engine::ProjectPlace place, log::Place from = {})
      : place_(std::move(place)), read_to_(from) {}

  // Visits what is settled and was not read before. Errors: not_found, damaged, too_new, io, the
  // visitor's own.
  Result<HistoryEnd> read_on(const HistoryRange& range, const VisitStored& visit);

  // Where the last settled record that was read ends, and the last event there; zero: none was
  // read.
  const log::Place& read_to() const { return read_to_; }
  Sequence last() const { return last_; }

 private:
  engine::ProjectPlace place_;
  log::Place read_to_;
  Sequence last_{};
};

// One event by its sequence. Errors: not_found, and those above.
Result<Bytes> stored_event(const engine::ProjectPlace& place, Sequence sequence);

}  // namespace qualog::replay
