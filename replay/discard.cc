// SPDX-License-Identifier: Apache-2.0
#include "replay/discard.h"

#include "projector/query/inbox.h"
#include "replay/named_files.h"
#include "schema/function_ref.h"

#include <algorithm>

namespace qualog::replay {

namespace {

// A refused command waits in its author's inbox to be sent again; one that cannot be read may name
// anything.
Result<bool> waits_for(const engine::Project& project, const Digest& hash) {
  QUALOG_ASSIGN(const auto state, project.read());
  const auto entries = projector::inbox(*state);
  QUALOG_TRY(state->undamaged());
  return std::any_of(entries.begin(), entries.end(), [&](const auto& entry) {
    const auto draft = entry.draft();
    return !draft || draft->find(hex(hash)) != draft->npos;
  });
}

Result<void> check_unnamed(const engine::ProjectPlace& place, const engine::Project& project,
                           const Digest& hash) {
  QUALOG_ASSIGN(const auto waits, waits_for(project, hash));
  if (waits)
    return fail(Code::conflict, hex(hash) +
                                    ": a refused command in an inbox names this file; see "
                                    "qualog conflicts ls");
  QUALOG_ASSIGN(const auto named, blobs_named_in(place));
  const auto is_it = [&](const engine::BlobInfo& blob) { return blob.hash == hash; };
  if (std::none_of(named.begin(), named.end(), is_it)) return {};
  return fail(Code::conflict,
              hex(hash) + ": an event names this file, so it stays as long as the project does");
}

// Behind an opening of our own. What another owner had under way is void by then, or is seen.
Result<void> look(const engine::ProjectPlace& place, engine::Effects effects, const Digest& hash,
                  FunctionRef<Result<void>()> then) {
  QUALOG_ASSIGN(const auto project, engine::Project::open(place, effects));
  auto done = check_unnamed(place, *project, hash);
  if (done) done = then();
  const auto closed = project->close();
  QUALOG_TRY(done);
  return closed;
}

Result<void> look(const engine::ProjectPlace& place, engine::Effects effects, const Digest& hash) {
  return look(place, effects, hash, []() -> Result<void> { return {}; });
}

}  // namespace

Result<void> discard_file(const engine::ProjectPlace& place, engine::Effects effects,
                          const Digest& hash, const DiscardWatch& reached) {
  const auto tell = [&](DiscardStep step) {
    if (reached) reached(step);
  };
  // While it is open, nobody else has a log that is not shared: one look is enough.
  if (!place.log->is_shared())
    return look(place, effects, hash, [&]() -> Result<void> {
      tell(DiscardStep::looked);
      return place.blobs->remove(hash, [&]() -> Result<void> {
        tell(DiscardStep::set_aside);
        return {};
      });
    });
  QUALOG_TRY(look(place, effects, hash));
  tell(DiscardStep::looked);
  return place.blobs->remove(hash, [&]() -> Result<void> {
    tell(DiscardStep::set_aside);
    QUALOG_TRY(look(place, effects, hash));
    tell(DiscardStep::asked);
    return {};
  });
}

}  // namespace qualog::replay
