// SPDX-License-Identifier: Apache-2.0
// What of a project's log people see: all of it, what is behind the horizon that an Owner has set
// (eventlog.cleared), or nothing, where the project's setting "eventlog_visible" is "false". The
// events stay, and whatever moved the horizon is always seen. A group of which the end is behind
// the horizon is seen whole. Pure reads.
#pragma once

#include "projector/store.h"
#include "schema/ids.h"

#include <set>
#include <string>

namespace qualog::tools {

struct SeenLog {
  bool visible = true;
  Sequence through;           // the last event that is not shown; zero: none
  std::set<Sequence> movers;  // what cleared the log up to there, or took that back
  std::string notice;         // for people: what is not shown, since when, by whom; empty: all is

  // An event; what lies between two is seen where the one before it is.
  bool shows(Sequence event) const {
    return visible && (!through || event > through || movers.contains(event));
  }
};

SeenLog seen_log(const projector::Reader& state);

// The same for this account, where it asks for the events themselves: an Owner sees all of them.
SeenLog seen_events(const projector::Reader& state, const std::string& principal);

}  // namespace qualog::tools
