// SPDX-License-Identifier: Apache-2.0
// Discarding a file: one that no event names, and no refused command that waits to be sent again,
// leaves the blob area of its project for good.
//
//   looked     the project is opened, and nobody names the file
//   set_aside  no owner finds the file any more
//   asked      the project is opened again, so whoever had it has lost it, and looked through
//              once more: who has named the file meanwhile is seen, and nobody can name it now.
//              Left out where the log is not shared: the project stays open from the first look
//              until the file is gone
//
// Named, it gets its place back. Killed at any step it is there or gone; one that was left aside is
// read all the same, and whoever next wants to name it finds it. One thread.
#pragma once

#include "engine/project.h"
#include "schema/chain.h"

#include <functional>

namespace qualog::replay {

enum class DiscardStep { looked, set_aside, asked };
using DiscardWatch = std::function<void(DiscardStep)>;

// `reached` is told each step. Errors: conflict (it is named, and stays); not_found; held; those of
// opening the project and of the area.
Result<void> discard_file(const engine::ProjectPlace& place, engine::Effects effects,
                          const Digest& hash, const DiscardWatch& reached = {});

}  // namespace qualog::replay
