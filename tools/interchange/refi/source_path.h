// SPDX-License-Identifier: Apache-2.0
// Paths of a project file (REFI-QDA 1.5 section 8.3), read leniently and followed inside of the
// archive only: `internal://NAME`, and what programs write instead of it. `absolute:` and
// `relative:` paths, other schemes and anything that steps out of the archive lead nowhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace qualog::interchange {

// The file name within the folder `sources`, folded; nothing where the path leads elsewhere.
std::optional<std::string> archive_name(std::string_view path);

}  // namespace qualog::interchange
