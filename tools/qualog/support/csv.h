// SPDX-License-Identifier: Apache-2.0
// Lines of CSV (RFC 4180). A cell that a spreadsheet would take for a formula, because it begins
// with = + - @, a tab or a carriage return, has an apostrophe in front (OWASP, CSV injection).
// Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace qualog::tools {

// A cell as it stands between commas.
std::string csv_cell(std::string_view text);
// With CR and LF behind it.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace qualog::tools
