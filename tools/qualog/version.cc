// SPDX-License-Identifier: Apache-2.0
// qualog version: of the program and of the formats it reads and writes.
#include "projector/state/format.h"
#include "tools/qualog/commands.h"

#include <fmt/format.h>

namespace qualog::tools {

std::string version_text() {
  return fmt::format("qualog {} (log format 1, schema 1, state format {})", QUALOG_VERSION,
                     projector::kStateFormat);
}

Exit version(const Globals& globals) {
  if (globals.json)
    print_line({{"version", QUALOG_VERSION},
                {"log_format", 1},
                {"schema", 1},
                {"state_format", projector::kStateFormat}});
  else
    fmt::print("{}\n", version_text());
  return Exit::done;
}

}  // namespace qualog::tools
