// SPDX-License-Identifier: Apache-2.0
// The history of a project as its log has it: events and asides in order, only what is settled.
// Reads beside whoever owns the project and writes nothing. One thread.
#pragma once

#include "engine/project.h"

#include <boost/json/object.hpp>

#include <functional>

namespace qualog::tools {

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

class History {
 public:
  explicit History(engine::ProjectPlace place) : place_(std::move(place)) {}

  // Visits what is settled and was not read before. False: nothing will follow, because the visitor
  // had enough or the project has moved. Errors: not_found, damaged, too_new, io, the visitor's
  // own.
  Result<bool> read_on(const HistoryRange& range, const VisitStored& visit);

 private:
  engine::ProjectPlace place_;
  log::Place read_to_;
};

// One event by its sequence. Errors: not_found, and those above.
Result<Bytes> stored_event(const engine::ProjectPlace& place, Sequence sequence);

// An event as `events cat` and `show` print it: every key, null where it has none.
boost::json::object event_line(const fb::Event& event);

}  // namespace qualog::tools
