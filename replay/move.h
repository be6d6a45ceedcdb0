// SPDX-License-Identifier: Apache-2.0
// Moving a project to another data directory, between files and Kafka either way, or to the next
// generation of its topic: same events, same asides, same chains.
//
//   copied     the old log is fenced, and all of it lies in a new one that is nobody's yet; so do
//              the project's files
//   sealed     the old log's last record names the new place; nothing is appended to it any more
//   published  the new log is everybody's
//
// Killed at any step, exactly one place is open: up to the seal the old one, from then on the new
// one. Whoever uses the new data directory, or moves again, finishes what was cut behind the seal.
// One thread.
#pragma once

#include "engine/data_directory.h"
#include "replay/progress.h"

namespace qualog::replay {

enum class MoveStep { copied, sealed, published };

struct MoveRequest {
  engine::DataDirectory from;
  ProjectId project;
  engine::DataDirectory to;
  std::string actor;  // an Owner of it
};

struct Moved {
  log::Head head;                         // of the log, the same in both places
  std::string address;                    // where it is now
  std::vector<engine::BlobInfo> missing;  // files that could not come along
  std::string set_aside;                  // where a whole copy of an earlier move lies now, if any
};

// `reached` is told each step that is durable. Errors: forbidden, held (another process has
// it, or is moving it there), moved (to another place than this), invalid (the name is taken there,
// or it is there already), those of both backends.
Result<Moved> move(const MoveRequest& request, engine::Effects effects,
                   const Progress& progress = {},
                   const std::function<void(MoveStep)>& reached = {});

}  // namespace qualog::replay
