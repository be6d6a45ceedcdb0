// SPDX-License-Identifier: Apache-2.0
#include "tools/documents/tables/table_builder.h"

#include "schema/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_set>

namespace qualog::documents {

namespace {

constexpr std::string_view kTypeNames[] = {"text",    "integer", "decimal",
                                           "boolean", "date",    "datetime"};
constexpr std::size_t kDigitsMax = 18;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Of a pattern, 0 stands for a digit and all else for itself.
bool is_like(std::string_view value, std::string_view pattern) {
  return std::ranges::equal(value, pattern, [](char c, char wanted) {
    return wanted == '0' ? is_digit(c) : c == wanted;
  });
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.size() <= kDigitsMax && std::ranges::all_of(text, is_digit);
}

bool is_whole(std::string_view value) {
  if (value.starts_with('-')) value.remove_prefix(1);
  return all_digits(value) && (value.size() == 1 || value.front() != '0');
}

bool is_decimal(std::string_view value) {
  const std::size_t point = value.find('.');
  return point != value.npos && is_whole(value.substr(0, point)) &&
         all_digits(value.substr(point + 1));
}

bool is_boolean(std::string_view value) {
  return value == "true" || value == "false" || value == "TRUE" || value == "FALSE";
}

bool is_date_time(std::string_view value) {
  return is_like(value, "0000-00-00T00:00:00") || is_like(value, "0000-00-00 00:00:00") ||
         is_like(value, "0000-00-00T00:00:00Z") || is_like(value, "0000-00-00T00:00");
}

ColumnType common(ColumnType one, ColumnType other) {
  const auto number = [](ColumnType type) {
    return type == ColumnType::Integer || type == ColumnType::Decimal;
  };
  if (one == other) return one;
  return number(one) && number(other) ? ColumnType::Decimal : ColumnType::Text;
}

ColumnType type_of_column(const std::vector<std::vector<std::string>>& rows, std::size_t column) {
  std::optional<ColumnType> type;
  for (const auto& row : rows) {
    if (row[column].empty()) continue;
    const ColumnType found = type_of_value(row[column]);
    type = type ? common(*type, found) : found;
    if (type == ColumnType::Text) break;
  }
  return type.value_or(ColumnType::Text);
}

std::string on_one_line(std::string name) {
  for (char& c : name)
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  const std::size_t begin = name.find_first_not_of(' ');
  if (begin == name.npos) return {};
  return name.substr(begin, name.find_last_not_of(' ') - begin + 1);
}

// Names that are free, and how many had to change.
std::uint64_t name_columns(std::vector<Column>& columns) {
  std::unordered_set<std::string> taken;
  std::uint64_t changed = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string wanted = std::exchange(columns[i].name, on_one_line(columns[i].name));
    if (columns[i].name.empty()) columns[i].name = fmt::format("Column {}", i + 1);
    const std::string base = columns[i].name;
    for (std::size_t n = 2; !taken.insert(columns[i].name).second; ++n)
      columns[i].name = fmt::format("{} ({})", base, n);
    if (columns[i].name != wanted) ++changed;
  }
  return changed;
}

}  // namespace

std::string_view name_of(ColumnType type) { return kTypeNames[static_cast<std::size_t>(type)]; }

ColumnType type_of_value(std::string_view value) {
  if (is_whole(value)) return ColumnType::Integer;
  if (is_decimal(value)) return ColumnType::Decimal;
  if (is_boolean(value)) return ColumnType::Boolean;
  if (is_like(value, "0000-00-00")) return ColumnType::Date;
  return is_date_time(value) ? ColumnType::DateTime : ColumnType::Text;
}

Result<void> TableBuilder::count(std::size_t cells, std::size_t bytes) {
  cells_ += cells;
  bytes_ += bytes;
  if (cells_ <= limits::kTableCellsMax && bytes_ + row_bytes_ <= limits::kSourceTextBytesMax)
    return {};
  return fail(Code::too_large, fmt::format("the table has over {} cells or {} bytes; split it",
                                           limits::kTableCellsMax, limits::kSourceTextBytesMax));
}

Result<void> TableBuilder::add(std::size_t column, std::string value) {
  if (value.empty()) return {};
  if (column >= limits::kTableColumnsMax)
    return fail(Code::too_large,
                fmt::format("the table has over {} columns; split it", limits::kTableColumnsMax));
  if (row_.size() <= column) row_.resize(column + 1);
  row_bytes_ += value.size();
  row_bytes_ -= row_[column].size();
  row_[column] = std::move(value);
  return count(0, 0);  // a file can say one long value a thousand times in a row
}

Result<void> TableBuilder::end_row(std::size_t times) {
  times = std::min(times, limits::kTableCellsMax);
  if (row_.empty()) {
    if (!rows_.empty()) waiting_empty_rows_ += times;
    return {};
  }
  empty_rows_ += std::exchange(waiting_empty_rows_, 0);
  const std::size_t bytes = row_.size() + std::exchange(row_bytes_, 0);
  QUALOG_TRY(count(row_.size() * times, bytes * times));
  for (std::size_t i = 1; i < times; ++i) rows_.push_back(row_);
  rows_.push_back(std::exchange(row_, {}));
  return {};
}

Result<Table> TableBuilder::finish(interchange::LossList& losses) {
  using enum interchange::LossKind;
  if (rows_.empty()) return fail(Code::invalid, "the table is empty; choose another file or sheet");
  std::size_t width = 0;
  for (const auto& row : rows_) width = std::max(width, row.size());
  cells_ = 0;
  QUALOG_TRY(count(width * rows_.size(), 0));
  Table table;
  table.columns.resize(width);
  for (std::size_t i = 0; i < rows_.front().size(); ++i)
    table.columns[i].name = std::move(rows_.front()[i]);
  losses.doubt("column", "its name was taken, empty or not on one line: changed",
               name_columns(table.columns));
  losses.doubt("row", "rows without anything are left out", empty_rows_);
  table.rows.assign(std::make_move_iterator(rows_.begin() + 1),
                    std::make_move_iterator(rows_.end()));
  for (auto& row : table.rows) row.resize(width);
  for (std::size_t i = 0; i < width; ++i) table.columns[i].type = type_of_column(table.rows, i);
  return table;
}

}  // namespace qualog::documents
