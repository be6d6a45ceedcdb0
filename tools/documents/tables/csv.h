// SPDX-License-Identifier: Apache-2.0
// Comma-separated values (RFC 4180), read leniently and written in one way. Pure.
//
// Read: the delimiter is that of comma, semicolon, tab and bar which divides most lines into the
// same number of fields; a first line "sep=;" says it. Quotes may hold delimiters and line ends.
// Written: commas; LF; quotes around a value with a comma, a quote or a line end, quotes doubled;
// the names of the columns first. Equal tables are equal bytes.
#pragma once

#include "schema/result.h"
#include "tools/documents/tables/table.h"

#include <string>
#include <string_view>

namespace qualog::documents {

struct CsvTable {
  Table table;
  char delimiter = ',';
};

// `utf8` with LF line ends. Errors: invalid, naming the line; too_large past the limits of a table.
Result<CsvTable> read_csv(std::string_view utf8, interchange::LossList& losses);

std::string canonical_csv(const Table& table);

}  // namespace qualog::documents
