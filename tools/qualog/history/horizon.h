// SPDX-License-Identifier: Apache-2.0
// What of a project's log people see: all of it, what is behind the horizon that an Owner has set
// (eventlog.cleared), or nothing, where the project's setting "eventlog_visible" is "false". The
// events stay, and whatever moved the horizon is always seen. Pure reads.
#pragma once

#include "projector/store.h"
#include "schema/ids.h"

#include <string>

namespace qualog::tools {

struct SeenLog {
  bool visible = true;
  Sequence through;    // the last event that is not shown; zero: none
  std::string notice;  // for people: what is not shown, since when, by whom; empty: all is
};

SeenLog seen_log(const projector::Reader& state);

// Whether an event cleared the log, or took that back.
bool moved_the_horizon(const projector::Reader& state, Sequence event);

}  // namespace qualog::tools
