// SPDX-License-Identifier: Apache-2.0
// qualog version: of the program and of the formats it reads and writes.
#include "engine/log/record.h"
#include "projector/state/format.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/print.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {
// The newest folder of schema/released.
constexpr int kSchemaVersion = 1;
}  // namespace

std::string version_text() {
  return fmt::format("qualog {} (log format {}, schema {}, state format {})", QUALOG_VERSION,
                     log::kFormatVersion, kSchemaVersion, projector::kStateFormat);
}

Exit version(const Globals& globals) {
  if (globals.json)
    print_line({{"version", QUALOG_VERSION},
                {"log_format", log::kFormatVersion},
                {"schema", kSchemaVersion},
                {"state_format", projector::kStateFormat}});
  else
    print("{}\n", version_text());
  return Exit::done;
}

}  // namespace qualog::tools
