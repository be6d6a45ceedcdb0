// SPDX-License-Identifier: Apache-2.0
// qualog init DIR: makes an empty data directory.
#include "tools/qualog/commands.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"

namespace qualog::tools {

Exit init(const Globals& globals, const InitOptions& options) {
  if (const auto made = engine::DataDirectory::init(options.directory); !made)
    return report(globals, made.error());
  if (globals.json)
    print_line({{"data", one_line(options.directory)}});
  else
    print("Made the data directory {}.\nNext: qualog -d {} project create NAME\n",
          one_line(options.directory), one_line(options.directory));
  return Exit::done;
}

}  // namespace qualog::tools
