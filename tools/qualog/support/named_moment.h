// SPDX-License-Identifier: Apache-2.0
// A moment as people type it: a sequence, a time, or the name of a milestone. A name that reads as
// one of the former two means that.
#pragma once

#include "projector/query/milestones.h"
#include "replay/moment.h"
#include "tools/qualog/globals.h"

namespace qualog::tools {

// A milestone by its name, compared as the project compares names, or by its id.
// Error: not_found.
Result<projector::MilestoneEntry> find_milestone(const projector::Reader& state,
                                                 const std::string& given);

// The moment in a project of this state. Error: invalid. Pure.
Result<replay::Wanted> moment_in(const projector::Reader& state, const std::string& given);

// As replay::open_at() takes it. Only for a name is the project looked at; what stands in the way
// of that is the error.
Result<std::string> moment_of(const Globals& globals, const engine::ProjectPlace& place,
                              const std::string& given);

}  // namespace qualog::tools
