// SPDX-License-Identifier: Apache-2.0
// A state made from nothing but a log, as on a machine that has never seen the project: read,
// verified by its chain, folded, written.
#pragma once

#include "engine/log/log_store.h"

#include <filesystem>

namespace qualog::tools {

// Seconds; the state lies below `scratch` and is removed.
double rebuild(log::LogStore& store, const std::filesystem::path& scratch);

}  // namespace qualog::tools
