// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/history/horizon.h"

#include "projector/items.h"
#include "projector/query/people.h"
#include "projector/set_values.h"
#include "schema/time.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/words.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::tools {

namespace {

using projector::Facet;

constexpr const char* kHidden =
    "the log of this project is not shown (its setting eventlog_visible is false); an Owner sees "
    "it with log --all";

bool is_hidden(const projector::ItemRow& project) {
  const auto settings = projector::value_of<projector::Settings>(project, Facet::Settings).settings;
  return std::any_of(settings.begin(), settings.end(), [](const auto& setting) {
    return setting.key == "eventlog_visible" && setting.value.plain == "false";
  });
}

std::string cleared_text(const projector::Reader& state, const projector::ItemRow& project,
                         Sequence through) {
  const auto clearing = projector::effect_at(state, project.version(Facet::Horizon).effective);
  const auto by =
      clearing ? fmt::format(" by {} at {} UTC", projector::person(state, clearing->profile).text(),
                             short_time(rfc3339(clearing->time)))
               : "";
  return fmt::format("the log up to event {} was cleared{}; an Owner sees it with log --all",
                     through.value, by);
}

// What moved the horizon: each found where the one before it had set it.
std::set<Sequence> movers_of(const projector::Reader& state, const projector::ItemRow& project) {
  std::set<Sequence> movers;
  Sequence at = project.version(Facet::Horizon).sequence;
  while (const auto effect = projector::effect_at(state, at)) {
    const auto moved = std::find_if(
        effect->entries.begin(), effect->entries.end(), [](const projector::EffectEntry& entry) {
          return entry.item == projector::kProjectItem && entry.facet == Facet::Horizon;
        });
    if (moved == effect->entries.end()) break;
    movers.insert(at);
    at = moved->previous.sequence;
  }
  return movers;
}

Sequence group_of(const projector::Reader& state, Sequence event) {
  const auto effect = projector::effect_at(state, event);
  return effect ? effect->group : Sequence{};
}

// Not inside a group.
Sequence last_hidden(const projector::Reader& state, Sequence through) {
  const auto group = group_of(state, through);
  return group && group_of(state, through.next()) == group ? group.previous() : through;
}

}  // namespace

SeenLog seen_log(const projector::Reader& state) {
  const auto project = projector::item(state, projector::kProjectItem);
  if (!project) return {};
  if (is_hidden(*project)) return {false, {}, {}, kHidden};
  const Sequence through{projector::value_of<projector::Horizon>(*project, Facet::Horizon).through};
  if (!through) return {};
  return {true, last_hidden(state, through), movers_of(state, *project),
          cleared_text(state, *project, through)};
}

SeenLog seen_events(const projector::Reader& state, const std::string& principal) {
  return projector::is_owner(state, principal) ? SeenLog{} : seen_log(state);
}

}  // namespace qualog::tools
