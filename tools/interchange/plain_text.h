// SPDX-License-Identifier: Apache-2.0
// A text as a project of one source; a .txt file as one: encoding and newlines as in source_text.h,
// with the digest of the original bytes.
#pragma once

#include "tools/interchange/input_file.h"
#include "tools/interchange/refi/project_model.h"

#include <string>

namespace qualog::interchange {

// `name` becomes the source's name. Errors: invalid for what is no text; too_large; io.
Result<Project> read_plain_text(InputFile input, std::string name);

// The report is taken out of `losses`.
Project project_of_text(SourceText text, FileFormat format, std::string name, LossList& losses);

}  // namespace qualog::interchange
