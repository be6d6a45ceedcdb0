// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/named_moment.h"

#include "tools/qualog/support/lookup.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::tools {

Result<projector::MilestoneEntry> find_milestone(const projector::Reader& state,
                                                 const std::string& given) {
  const auto all = projector::milestones(state);
  QUALOG_TRY(state.undamaged());
  const auto normalised = normalised_name(given);
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& milestone) {
    return milestone.id.text() == given || normalised_name(milestone.name.plain) == normalised;
  });
  if (found != all.end()) return *found;
  return fail(
      Code::not_found,
      fmt::format("no milestone \"{}\" in this project; qualog milestone ls lists them", given));
}

Result<replay::Wanted> moment_in(const projector::Reader& state, const std::string& given) {
  const auto wanted = replay::parse_wanted(given);
  if (wanted) return wanted;
  const auto milestone = find_milestone(state, given);
  if (milestone) return replay::Wanted{Sequence{milestone->moment.sequence}};
  if (milestone.error().code != Code::not_found) return milestone.error();
  return fail(Code::invalid,
              fmt::format("\"{}\" is no sequence, no time and no milestone; write 120 or "
                          "2026-11-21T14:00:00Z, or a name that qualog milestone ls lists",
                          given));
}

Result<std::string> moment_of(const Globals& globals, const engine::ProjectPlace& place,
                              const std::string& given) {
  if (replay::parse_wanted(given)) return given;
  QUALOG_ASSIGN(const auto view, globals.view(place));
  QUALOG_ASSIGN(const auto wanted, moment_in(view->state(), given));
  return std::to_string(std::get<Sequence>(wanted).value);
}

}  // namespace qualog::tools
