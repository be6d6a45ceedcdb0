// SPDX-License-Identifier: Apache-2.0
// A .txt file as a project of one source: encoding and newlines as in source_text.h, with the
// digest of the original bytes.
#pragma once

#include "tools/interchange/input_file.h"
#include "tools/interchange/refi/project_model.h"

#include <string>

namespace qualog::interchange {

// `name` becomes the source's name. Errors: invalid for what is no text; too_large; io.
Result<Project> read_plain_text(InputFile input, std::string name);

}  // namespace qualog::interchange
