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

Result<engine::Answer> brought_back(const Globals& globals, engine::Project& project,
                                    const RedoOptions& options, NamedActs& acts) {
  QUALOG_ASSIGN(const auto state, project.read());
  fb::RedoAppliedT action;
  action.sequences = options.sequences;
  if (action.sequences.empty()) {
    auto undo = undo_meant(*state, globals.actor, options);
    QUALOG_TRY(state->undamaged());
    if (!undo) return undo.error();
    action.sequences = {undo->value};
  }
  QUALOG_ASSIGN(acts, named_acts(*state, action.sequences));
  return act_in(project, globals, session_for(globals, *state, acts), action_of(std::move(action)));
}

Result<Exit> bring_back(const Globals& globals, const RedoOptions& options) {
  if (!options.sequences.empty() && options.of)
    return fail(Code::invalid, "name undos by their sequences, or what they took back with --of");
  NamedActs acts;
  return print_answer_of(
      globals, options.project,
      [&](engine::Project& project) { return brought_back(globals, project, options, acts); },
      [&](const Globals& asked, const engine::Answer& answer) {
        return print_taken_back(asked, answer, acts);
      });
}

}  // namespace

Exit redo(const Globals& globals, const RedoOptions& options) {
  return finish(globals, bring_back(globals, options));
}

}  // namespace qualog::tools
