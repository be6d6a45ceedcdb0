// SPDX-License-Identifier: Apache-2.0
#include "tools/transfer/bring.h"

#include "engine/blobs/copy_blobs.h"
#include "engine/data_directory.h"
#include "projector/digest.h"
#include "schema/commands.h"

namespace qualog::transfer {

namespace {

// Before an event names them. Nobody leaves files in a project that refuses the rest.
Result<void> bring_files(const Request& request) {
  QUALOG_ASSIGN(const auto missing,
                engine::copy_blobs(request.from, request.to, request.plan.blobs));
  if (missing.empty()) return {};
  return fail(Code::damaged, request.from.name_of(missing.front().hash) +
                                 ": a file of the other project cannot be read; run qualog verify "
                                 "on it");
}

Origin origin_of(const Side& source) {
  const auto props =
      source.value<projector::Props>(projector::kProjectItem, projector::Facet::Props);
  return {props.name.plain, projector::content_digest(source.reader())};
}

}  // namespace

Result<engine::Answer> bring(engine::Project& into, const Request& request,
                             engine::Effects effects) {
  QUALOG_ASSIGN(auto actions,
                actions_of(request.plan, request.source, request.target, into.keys().name,
                           request.choice, origin_of(request.source)));
  if (request.files_too) QUALOG_TRY(bring_files(request));
  auto command = command_of(engine::new_id<CommandId>(effects), request.session, std::move(actions),
                            engine::kLatest);
  return into.owner().ask(std::move(command), request.actor);
}

}  // namespace qualog::transfer
