// SPDX-License-Identifier: Apache-2.0
// One sheet of a spreadsheet as a Table: values as they were last shown or computed, dates as ISO
// 8601. Formulas, colours, charts and remarks are no values: each is a row of the report. No link
// to another file is followed.
#pragma once

#include "tools/documents/tables/table.h"
#include "tools/interchange/archive.h"

#include <string>

namespace qualog::documents {

// .xlsx (ECMA-376, part 1, section 18); `part`: the entry of the workbook. `sheet`: its name; if
// empty the first. Errors: not_found for a sheet that is not there; those of Archive, XmlStream, a
// table.
Result<Table> read_xlsx(interchange::Archive& archive, std::size_t part, const std::string& sheet,
                        interchange::LossList& losses);

// .ods (ODF 1.3, part 3, section 9); `part`: the entry of content.xml.
Result<Table> read_ods(interchange::Archive& archive, std::size_t part, const std::string& sheet,
                       interchange::LossList& losses);

}  // namespace qualog::documents
