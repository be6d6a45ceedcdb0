// SPDX-License-Identifier: Apache-2.0
#include "engine/compact.h"

#include "engine/log/posix_files.h"

namespace qualog::engine {

Result<projector::CompactedState> compact_state(const ProjectPlace& place) {
  log::PosixFiles files;
  QUALOG_ASSIGN(const auto lock, files.lock(place.owner_lock().string()));
  return projector::compact_state(place.state());
}

}  // namespace qualog::engine
