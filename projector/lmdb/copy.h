// SPDX-License-Identifier: Apache-2.0
// A copy of an environment as an environment of its own. Beside readers and a writer.
#pragma once

#include "projector/lmdb/environment.h"

namespace qualog::projector {

// What is committed, without the pages that nothing uses. `directory` is there and empty; what is
// written is not yet durable. Errors: no_space, io.
Result<void> copy_compactly(const Environment& environment, const std::filesystem::path& directory);

}  // namespace qualog::projector
