// SPDX-License-Identifier: Apache-2.0
// The door of this folder: a project file of another program, read into the neutral model with a
// report of all that is lost or in doubt. Reads .qdpx (zip), .qde and .qdc (XML), and .txt, told
// apart by content. Nothing outside of the named file is ever opened. No state; any thread.
#pragma once

#include "schema/result.h"
#include "tools/interchange/archive.h"
#include "tools/interchange/input_file.h"
#include "tools/interchange/refi/counts.h"
#include "tools/interchange/refi/project_model.h"

#include <filesystem>

namespace qualog::interchange {

// Errors: not_found, io; invalid for a file that is broken, hostile or of another kind; too_large
// past a limit of schema/limits.h. Messages are one line, name entry or line, hold no content.
// Memory: the texts once, and about 400 bytes for each object.
Result<Project> read_project_file(const std::filesystem::path& path);

// Whether a file that begins so is a zip.
bool is_archive(std::string_view start);

// The same from an archive that is open already.
Result<Project> read_project_archive(Archive archive);

// The same from the XML of a project.qde alone; texts on paths are missing.
Result<Project> read_project_xml(ByteSource xml);

}  // namespace qualog::interchange
