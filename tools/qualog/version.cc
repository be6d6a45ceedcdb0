// SPDX-License-Identifier: Apache-2.0
// qualog version: of the program and of the formats it reads and writes.
#include "projector/state/format.h"
#include "tools/qualog/commands.h"

#include <fmt/format.h>

namespace qualog::tools {

Exit version(const Globals& globals) {
  if (globals.json)
    print_line({{"version", QUALOG_VERSION},
                {"log_format", 1},
                {"schema", 1},
                {"state_format", projector::kStateFormat}});
  else
    fmt::print("qualog {} (log format 1, schema 1, state format {})\n", QUALOG_VERSION,
               projector::kStateFormat);
  return Exit::done;
}

}  // namespace qualog::tools
