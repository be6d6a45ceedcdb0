// SPDX-License-Identifier: Apache-2.0
// A table as people have it, read into columns with a name and a type and rows of values as they
// were written. Pure data.
#pragma once

#include "tools/interchange/loss.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qualog::documents {

enum class ColumnType : std::uint8_t { Text, Integer, Decimal, Boolean, Date, DateTime };

// "text", "integer" ...
std::string_view name_of(ColumnType type);

struct Column {
  std::string name;  // unique in its table, on one line, never empty
  ColumnType type = ColumnType::Text;
};

struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  // each as long as `columns`
};

}  // namespace qualog::documents
