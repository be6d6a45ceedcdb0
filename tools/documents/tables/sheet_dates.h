// SPDX-License-Identifier: Apache-2.0
// Dates of spreadsheets: a number of days with a format that shows it as a date. Pure.
#pragma once

#include <string>
#include <string_view>

namespace qualog::documents {

// Whether a number under this format is shown as a date or time: by its number where it is built in
// (ECMA-376, part 1, 18.8.30), else by its code.
bool is_date_format(unsigned number, std::string_view code);

// Days since the epoch of the workbook (1899-12-30, or 1904-01-01) as ISO 8601: a date, or with the
// time of day where there is one. What is no such number is given back as it is.
std::string date_of_serial(std::string_view serial, bool from_1904);

}  // namespace qualog::documents
