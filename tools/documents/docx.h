// SPDX-License-Identifier: Apache-2.0
// The text of a word processing document (.docx: ECMA-376, part 1, section 17), as its readers see
// it: tracked changes accepted, fields as they last were, every line of line_writer.h. Notes,
// comments, headers, pictures and text boxes are no lines: each is a row of the report. Nothing but
// the main part is read, and no relationship is followed.
#pragma once

#include "tools/interchange/archive.h"
#include "tools/interchange/loss.h"

#include <string>

namespace qualog::documents {

// `part`: the entry of the main part. Errors: those of Archive and XmlStream; too_large.
Result<std::string> read_docx(interchange::Archive& archive, std::size_t part,
                              interchange::LossList& losses);

}  // namespace qualog::documents
