// SPDX-License-Identifier: Apache-2.0
// Bringing a plan into its project: the files first, then all of it as one command, which is one
// group: all or nothing, and one undo. What is cut leaves nothing to be seen, and can be begun
// again. One thread.
#pragma once

#include "engine/project.h"
#include "tools/transfer/actions.h"

namespace qualog::transfer {

struct Request {
  const Side& source;
  const Side& target;
  const Choice& choice;
  const Plan& plan;
  engine::BlobStore& from;  // the blob area of the source project
  engine::BlobStore& to;
  std::string actor;
  SessionId session;
  bool files_too = false;  // the actor is an Owner; to others the answer is no
};

// Errors: damaged, when a file that the plan counts on is not there any more; those of both areas
// and of actions_of(). Everything else is said by the answer.
Result<engine::Answer> bring(engine::Project& into, const Request& request,
                             engine::Effects effects);

}  // namespace qualog::transfer
