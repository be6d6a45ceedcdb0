// SPDX-License-Identifier: Apache-2.0
// The demo: plays a week of a research team in a new data directory within seconds, tells it, and
// leaves the directory to explore. Every sentence that claims something was checked before it is
// printed. The same each time, but for ids and times.
#pragma once

#include "engine/effects.h"
#include "engine/project.h"

#include <filesystem>

namespace qualog::demo {

struct DemoRequest {
  std::filesystem::path directory;  // new or empty; empty: "qualog-demo-N" here, the first free
  bool json = false;                // one object a chapter, instead of the story
};

// Call it before any thread was started: it forks.
// Errors: invalid when the directory is in use; io when something did not happen as it is told.
Result<void> run_demo(const DemoRequest& request, engine::Effects effects);

}  // namespace qualog::demo
