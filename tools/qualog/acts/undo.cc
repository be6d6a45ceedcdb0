// SPDX-License-Identifier: Apache-2.0
// qualog undo PROJECT [SEQUENCE...] [--by WHOM] [--from] [--to]: takes acts back, as one act. With
// nothing named, the newest of the actor's own that still can be.
#include "projector/query/members.h"
#include "schema/limits.h"
#include "tools/qualog/acts/named_acts.h"
#include "tools/qualog/acts/undoable.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/lookup.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {

bool is_range(const UndoOptions& options) { return options.by || options.from || options.to; }

Result<ItemId> profile_of(const projector::Reader& state, const std::string& principal) {
  if (projector::is_known(state, principal)) return projector::profile_item(principal);
  return fail(Code::not_found, fmt::format("no user \"{}\" in this project; qualog member ls lists "
                                           "them",
                                           principal));
}

// Everything in the range; without one the newest of the actor's own.
Result<std::vector<Sequence>> acts_meant(const projector::Reader& state, const std::string& actor,
                                         const UndoOptions& options) {
  const auto applied = engine::applied_of(state);
  const auto head = applied ? applied->head.sequence() : Sequence{};
  QUALOG_ASSIGN(const auto between, Between::parse(options.from, options.to));
  ItemId who = is_range(options) ? ItemId{} : projector::profile_item(actor);
  if (options.by) {
    QUALOG_ASSIGN(who, profile_of(state, *options.by));
  }
  const std::size_t most = is_range(options) ? head.value : 1;
  auto acts = undoable_acts(state, head, who, between, most);
  QUALOG_TRY(state.undamaged());
  if (acts.empty()) return fail(Code::not_found, "there is nothing that could be undone");
  return acts;
}

Result<fb::UndoAppliedT> action_for(const projector::Reader& state, const NameKey& names,
                                    const std::string& actor, const UndoOptions& options) {
  fb::UndoAppliedT action;
  action.sequences = options.sequences;
  if (!options.name.empty()) action.name = name_text(names, options.name);
  if (!action.sequences.empty()) return action;
  QUALOG_ASSIGN(const auto acts, acts_meant(state, actor, options));
  for (const auto act : acts) action.sequences.push_back(act.value);
  if (acts.size() <= limits::kListItemsMax) return action;
  return fail(Code::too_large, fmt::format("{} acts; undo at most {} at once, a part with --from "
                                           "and --to",
                                           acts.size(), limits::kListItemsMax));
}

Result<Exit> take_back(const Globals& globals, const UndoOptions& options) {
  if (!options.sequences.empty() && is_range(options))
    return fail(Code::invalid, "name sequences, or a range with --by, --from and --to; not both");
  const auto make = [&](engine::Project& project,
                        const projector::Reader& state) -> Result<Taking> {
    QUALOG_ASSIGN(auto action, action_for(state, project.keys().name, globals.actor, options));
    auto sequences = action.sequences;
    return Taking{action_of(std::move(action)), std::move(sequences)};
  };
  return take_acts_back(globals, options.project, make);
}

}  // namespace

Exit undo(const Globals& globals, const UndoOptions& options) {
  return finish(globals, take_back(globals, options));
}

}  // namespace qualog::tools
