// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/counts.h"

namespace qualog::interchange {

Counts count(const Project& project) {
  Counts counts;
  counts.users = project.users.size();
  counts.sources = project.sources.size();
  counts.codes = project.codes.size();
  counts.selections = project.selections.size();
  counts.codings = project.codings.size();
  counts.notes = project.notes.size();
  counts.links = project.links.size();
  counts.sets = project.sets.size();
  counts.cases = project.cases.size();
  counts.variables = project.variables.size();
  return counts;
}

}  // namespace qualog::interchange
