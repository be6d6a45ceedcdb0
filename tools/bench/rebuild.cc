// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/rebuild.h"

#include "engine/folding.h"
#include "projector/state/open.h"
#include "schema/assert.h"
#include "tools/probe/floors.h"

namespace qualog::tools {

double rebuild(log::LogStore& store, const std::filesystem::path& scratch) {
  auto state = std::move(projector::open_state(scratch / "rebuilt").value().environment);
  const double seconds = seconds_of([&] {
    engine::StateFolding folding(*state);
    const auto summary = store.read({}, folding).value();
    QUALOG_ASSERT(summary.damage.empty());
    folding.finish().value();
  });
  state.reset();
  std::filesystem::remove_all(scratch / "rebuilt");
  return seconds;
}

}  // namespace qualog::tools
