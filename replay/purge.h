// SPDX-License-Identifier: Apache-2.0
// Purging: a project that was deleted before is removed for good, its log, its states and, unless
// another project has the same, its keys. Nobody brings it back.
//
//   owned      it is opened as its owner: on Kafka whoever else had it has lost it. It is deleted,
//              and the actor an Owner of it
//   asked      on Kafka: whoever lists it looks at its log
//   sealed     on Kafka it is gone from here on: the Seal counts only if nobody has opened the
//              project since, so what an undelete was answered holds
//   decided    in files it is gone from here on
//   keys_gone, log_gone, gone
//
// Killed at any step, the project is as it was, deleted, or it is gone: then it is shown and found
// nowhere, and whoever uses the data directory next takes the rest away. Of two purges that meet,
// one loses, or goes on with what the other has sealed. One thread.
#pragma once

#include "engine/data_directory.h"

namespace qualog::replay {

struct PurgeRequest {
  engine::DataDirectory data;
  ProjectId project;
  std::string actor;  // an Owner of it
};

// `reached` is told each step that is durable. Errors: forbidden; invalid (it is not deleted);
// held; moved; unknown_outcome; those of the backend. Of a project that is gone already the message
// says that it is.
Result<engine::PurgedKeys> purge(const PurgeRequest& request, engine::Effects effects,
                                 const engine::PurgeWatch& reached = {});

}  // namespace qualog::replay
