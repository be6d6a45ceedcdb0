// SPDX-License-Identifier: Apache-2.0
// qualog demo [DIR]: a sample project, four people at once, a crash, a rewind.
#include "tools/demo/demo.h"

#include "tools/qualog/commands.h"

namespace qualog::tools {

Exit demo(const Globals& globals, const DemoOptions& options) {
  const auto played = qualog::demo::run_demo({options.directory, globals.json}, globals.effects());
  return played ? Exit::done : report(globals, played.error());
}

}  // namespace qualog::tools
