// SPDX-License-Identifier: Apache-2.0
// Items put into a project's log past the engine: what no correct owner writes, or only before a
// crash.
#pragma once

#include "engine/project.h"
#include "schema/fbs/event_generated.h"

#include <functional>

namespace qualog::test {

// Appends records with `more` that hold the first part of a group of codes, and gives it up.
void discard_group(const engine::ProjectPlace& place, engine::Effects effects, int events);

// Appends one record. `make` is given what follows the head; it may spoil it.
void append_past_the_engine(const engine::ProjectPlace& place, engine::Effects effects,
                            const std::function<log::Batch(const fb::EventT& last)>& make);

}  // namespace qualog::test
