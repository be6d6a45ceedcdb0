// SPDX-License-Identifier: Apache-2.0
// qualog redo PROJECT [SEQUENCE...] [--of SEQUENCE]: takes undos back, as one act. With nothing
// named, the newest undo of the actor's own.
#include "projector/query/members.h"
#include "tools/qualog/acts/named_acts.h"
#include "tools/qualog/acts/undoable.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/lookup.h"

namespace qualog::tools {

namespace {

Result<Sequence> undo_meant(const projector::Reader& state, const std::string& actor,
                            const RedoOptions& options) {
  if (options.of) return undo_that_took_back(state, Sequence{*options.of});
  const auto applied = engine::applied_of(state);
  const auto head = applied ? applied->head.sequence() : Sequence{};
  const auto undo = newest_undo(state, head, projector::profile_item(actor));
  if (!undo) return fail(Code::not_found, "you have undone nothing that could come back");
  return undo;
}

Result<std::vector<std::uint64_t>> undos_meant(const projector::Reader& state,
                                               const std::string& actor,
                                               const RedoOptions& options) {
  if (!options.sequences.empty()) return options.sequences;
  auto undo = undo_meant(state, actor, options);
  QUALOG_TRY(state.undamaged());
  if (!undo) return undo.error();
  return std::vector<std::uint64_t>{undo->value};
}

Result<Exit> bring_back(const Globals& globals, const RedoOptions& options) {
  if (!options.sequences.empty() && options.of)
    return fail(Code::invalid, "name undos by their sequences, or what they took back with --of");
  const auto make = [&](engine::Project&, const projector::Reader& state) -> Result<Taking> {
    fb::RedoAppliedT action;
    QUALOG_ASSIGN(action.sequences, undos_meant(state, globals.actor, options));
    auto sequences = action.sequences;
    return Taking{action_of(std::move(action)), std::move(sequences)};
  };
  return take_acts_back(globals, options.project, make);
}

}  // namespace

Exit redo(const Globals& globals, const RedoOptions& options) {
  return finish(globals, bring_back(globals, options));
}

}  // namespace qualog::tools
