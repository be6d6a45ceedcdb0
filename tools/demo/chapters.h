// SPDX-License-Identifier: Apache-2.0
// The chapters of the story, in their order. Each plays on the stage with the project open, checks
// what happened and tells it; an Error when something did not happen as it is told. One thread.
#pragma once

#include "tools/demo/crash_worker.h"
#include "tools/demo/stage.h"
#include "tools/demo/teller.h"

namespace qualog::demo {

inline constexpr std::string_view kAda = kCoders[0].account;
inline constexpr std::string_view kBo = kCoders[1].account;
inline constexpr std::string_view kCleo = kCoders[2].account;
inline constexpr std::string_view kDag = kCoders[3].account;

// The code whose history is told.
inline constexpr std::string_view kDisputed = "Losing focus";

// Opens the project that the others find open.
Result<void> import_chapter(Stage& stage, Teller& teller);
Result<void> conflict_chapter(Stage& stage, Teller& teller);
Result<void> crash_chapter(Stage& stage, Teller& teller, CrashWorker& worker);
Result<void> transcript_chapter(Stage& stage, Teller& teller);
Result<void> history_chapter(Stage& stage, Teller& teller);
Result<void> groups_chapter(Stage& stage, Teller& teller);
// Closes the project.
Result<void> accident_chapter(Stage& stage, Teller& teller);

}  // namespace qualog::demo
