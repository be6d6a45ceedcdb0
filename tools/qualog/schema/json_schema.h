// SPDX-License-Identifier: Apache-2.0
// The JSON Schema (draft 2020-12) of what a project takes and has: a line of `apply`, and an event
// as `events cat --json` prints it. Made from the schema itself. Pure.
#pragma once

#include <boost/json/object.hpp>

namespace qualog::tools {

// $defs has `command`, `event` and the body of each action that is served: `coding.added`.
boost::json::object json_schema();

}  // namespace qualog::tools
