// SPDX-License-Identifier: Apache-2.0
// The text of an OpenDocument text (.odt: ODF 1.3, part 3), as its readers see it: tracked changes
// as the document stands with them, fields as they last were, every line of line_writer.h. Notes,
// comments, headers, pictures and text boxes are no lines: each is a row of the report. Nothing but
// content.xml is read, and no link is followed.
#pragma once

#include "tools/interchange/archive.h"
#include "tools/interchange/loss.h"

#include <string>

namespace qualog::documents {

// `part`: the entry of content.xml. Errors: those of Archive and XmlStream; too_large.
Result<std::string> read_odt(interchange::Archive& archive, std::size_t part,
                             interchange::LossList& losses);

}  // namespace qualog::documents
