// SPDX-License-Identifier: Apache-2.0
// What kind of office file an archive is, and which entry holds its main part: by the package
// relationship of ECMA-376 (part 2, 9.3) or the mimetype of ODF (part 2, 3.3). Nothing outside of
// the archive is ever looked for.
#pragma once

#include "tools/interchange/archive.h"

#include <optional>

namespace qualog::documents {

enum class OfficeKind : std::uint8_t { Docx, Odt, Xlsx, Ods };

struct OfficeFile {
  OfficeKind kind;
  std::size_t part;  // the entry of its main part
};

// Nothing for an archive that is no office file. Errors: invalid for an office file of a kind that
// is not read, that is locked, or that has its main part elsewhere.
Result<std::optional<OfficeFile>> office_file(interchange::Archive& archive);

}  // namespace qualog::documents
