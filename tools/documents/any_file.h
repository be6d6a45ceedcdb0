// SPDX-License-Identifier: Apache-2.0
// The door for every file that people have: project files and texts (tools/interchange), documents
// of word processors. Which one it is, is told by content, never by the name alone. Nothing outside
// of the named file is ever opened. No state; any thread.
#pragma once

#include "tools/interchange/refi/project_model.h"

#include <filesystem>

namespace qualog::documents {

// Errors: not_found, io; invalid for a file that is broken, hostile or of no kind that is read;
// too_large past a limit of schema/limits.h. Messages are one line and hold nothing of the file.
Result<interchange::Project> read_any_file(const std::filesystem::path& path);

// The same of a file that must be one text and nothing else. Error besides: invalid for a project.
Result<interchange::Project> read_one_text(const std::filesystem::path& path);

}  // namespace qualog::documents
