// SPDX-License-Identifier: Apache-2.0
// restore: a new project from any moment of an old one. It is a fork: the same lineage, keys, first
// events and chain, then project.forked, which makes whoever restores the Owner and only member
// and switches guest access off. The old project is read and never changed. The new one is built
// under a name that nobody sees and shown when its content has been proved equal to the old one's
// at that moment; a crash at any time leaves nothing visible.
#pragma once

#include "engine/data_directory.h"
#include "replay/progress.h"

#include <string>
#include <string_view>

namespace qualog::replay {

struct Restored {
  ProjectId id;
  Sequence sequence;                      // the new project's head
  Sequence from_sequence;                 // the last event that both have
  Digest digest{};                        // of the content of both, there
  std::vector<engine::BlobInfo> missing;  // files that could not come along
};

// What to restore, who does it.
struct RestoreRequest {
  engine::ProjectPlace from;
  std::string at;     // as open_at() takes it
  std::string name;   // of the new project
  std::string actor;  // an Owner of the old one
};

// A damaged project can be restored to a moment before its damage, by an Owner at that moment.
// Errors: forbidden (not an Owner), invalid (the name is taken; nothing stood at that moment),
// those of open_at(), damaged (the new project is not what the old one was), no_space, io.
Result<Restored> restore(const engine::DataDirectory& data, const RestoreRequest& request,
                         engine::Effects effects, const Progress& progress = {});

}  // namespace qualog::replay
