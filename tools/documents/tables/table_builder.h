// SPDX-License-Identifier: Apache-2.0
// TableBuilder: cells as they come to a Table. The first row that holds anything names the columns;
// rows without anything are left out and counted; short rows are filled, and more values than names
// make more columns. A column has a type when all of its values have it, as they are written:
// 1, 1.5, true, 2024-05-01, 2024-05-01T10:00:00; numbers with leading zeros are text. Limits:
// kTableColumnsMax, kTableCellsMax, kSourceTextBytesMax.
#pragma once

#include "schema/result.h"
#include "tools/documents/tables/table.h"

#include <string>
#include <vector>

namespace qualog::documents {

class TableBuilder {
 public:
  // The value at a column of the row that is open, from 0; empty values say nothing. Errors here
  // and below: too_large past a limit.
  Result<void> add(std::size_t column, std::string value);
  // Ends the row, which came `times` times, at least once.
  Result<void> end_row(std::size_t times = 1);
  // Error: invalid for a table without any value.
  Result<Table> finish(interchange::LossList& losses);

 private:
  Result<void> count(std::size_t cells, std::size_t bytes);

  std::vector<std::vector<std::string>> rows_;
  std::vector<std::string> row_;
  std::size_t cells_ = 0;
  std::size_t bytes_ = 0;
  std::size_t row_bytes_ = 0;  // of the row that is open
  std::uint64_t empty_rows_ = 0;
  std::uint64_t waiting_empty_rows_ = 0;  // at the end they are nothing
};

ColumnType type_of_value(std::string_view value);

}  // namespace qualog::documents
