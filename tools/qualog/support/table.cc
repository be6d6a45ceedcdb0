// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/table.h"

#include "schema/assert.h"
#include "tools/qualog/support/csv.h"
#include "tools/qualog/support/print.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <sstream>
#include <unistd.h>

namespace qualog::tools {

namespace {

constexpr std::size_t kTableCells = 100;
constexpr std::size_t kGapCells = 2;
constexpr std::size_t kNarrowestCells = 6;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";     // U+2026

struct CodePoint {
  utf8proc_int32_t value = -1;  // -1: an invalid byte
  std::string_view bytes;

  std::size_t cells() const {
    return value < 0 ? 1 : static_cast<std::size_t>(std::max(0, utf8proc_charwidth(value)));
  }
};

// Takes the first code point off `utf8`.
CodePoint take(std::string_view& utf8) {
  CodePoint taken;
  const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()),
                                     static_cast<utf8proc_ssize_t>(utf8.size()), &taken.value);
  taken.bytes = utf8.substr(0, size > 0 ? static_cast<std::size_t>(size) : 1);
  if (size <= 0) taken.value = -1;
  utf8.remove_prefix(taken.bytes.size());
  return taken;
}

bool breaks_line(utf8proc_int32_t point) {
  const auto category = utf8proc_category(point);
  return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP;
}

// They make a reader see another order of letters (Unicode UAX #9).
bool turns_direction(utf8proc_int32_t point) {
  return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

std::string_view shown(const CodePoint& point) {
  if (point.value < 0 || turns_direction(point.value)) return kReplacement;
  return breaks_line(point.value) ? std::string_view(" ") : point.bytes;
}

void append_padded(std::string& line, const std::string& cell, std::size_t width, Align align) {
  const auto padding = std::string(width - std::min(width, cells_of(cell)), ' ');
  line += align == Align::right ? padding + cell : cell + padding;
}

bool colours_wanted() {
  const char* no_color = std::getenv("NO_COLOR");
  return ::isatty(STDOUT_FILENO) == 1 && (no_color == nullptr || *no_color == '\0');
}

}  // namespace

std::size_t cells_of(std::string_view utf8) {
  std::size_t cells = 0;
  while (!utf8.empty()) cells += take(utf8).cells();
  return cells;
}

std::string one_line(std::string_view utf8) {
  std::string line;
  while (!utf8.empty()) line += shown(take(utf8));
  return line;
}

std::string cut(const std::string& line, std::size_t cells) {
  if (cells_of(line) <= cells) return line;
  std::string_view left = line;
  std::size_t used = cells_of(kEllipsis);
  std::size_t bytes = 0;
  while (!left.empty()) {
    const auto point = take(left);
    used += point.cells();
    if (used > cells) break;
    bytes += point.bytes.size();
  }
  return line.substr(0, bytes) + std::string(kEllipsis);
}

std::vector<std::string> wrapped(const std::string& line, std::size_t cells) {
  std::vector<std::string> lines(1);
  std::istringstream words(line);
  for (std::string word; words >> word;) {
    auto& last = lines.back();
    const bool fits = cells_of(last) + 1 + cells_of(word) <= cells;
    if (last.empty())
      last = cut(word, cells);
    else if (fits)
      last += " " + word;
    else
      lines.push_back(cut(word, cells));
  }
  return lines;
}

void Table::add(std::vector<std::string> cells) {
  QUALOG_ASSERT(cells.size() == columns_.size());
  for (auto& cell : cells) cell = one_line(cell);
  rows_.push_back(std::move(cells));
}

// The widest column that may be cut gives one cell after the other until all fit.
std::vector<std::size_t> Table::widths() const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t width = cells_of(columns_[i].title);
    for (const auto& row : rows_) width = std::max(width, cells_of(row[i]));
    widths.push_back(columns_[i].whole ? width : std::min(width, kTableCells));
  }
  const auto may_give = [&](std::size_t i) {
    return !columns_[i].whole && widths[i] > kNarrowestCells;
  };
  const auto gaps = kGapCells * (columns_.size() - 1);
  auto total = std::accumulate(widths.begin(), widths.end(), gaps);
  for (; total > kTableCells; --total) {
    std::optional<std::size_t> widest;
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (may_give(i) && (!widest || widths[i] >= widths[*widest])) widest = i;
    if (!widest) break;
    --widths[*widest];
  }
  return widths;
}

// One line of cells, and more where a column wraps.
std::vector<std::vector<std::string>> Table::lines_of(
    const std::vector<std::string>& row, const std::vector<std::size_t>& widths) const {
  std::vector<std::vector<std::string>> lines{row};
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (!columns_[i].wrap) continue;
    const auto parts = wrapped(row[i], widths[i]);
    if (parts.size() > lines.size())
      lines.resize(parts.size(), std::vector<std::string>(columns_.size()));
    for (std::size_t at = 0; at < parts.size(); ++at) lines[at][i] = parts[at];
  }
  return lines;
}

std::string Table::text(bool bold) const {
  const auto width = widths();
  const auto line = [&](const auto& cell_at) {
    std::string made;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (i > 0) made.append(kGapCells, ' ');
      append_padded(made, cut(cell_at(i), width[i]), width[i], columns_[i].align);
    }
    return made.erase(made.find_last_not_of(' ') + 1);
  };
  const auto titles = line([&](std::size_t i) { return columns_[i].title; });
  std::string text = bold ? "\x1b[1m" + titles + "\x1b[0m\n" : titles + "\n";
  for (const auto& row : rows_)
    for (const auto& part : lines_of(row, width))
      text += line([&](std::size_t i) { return part[i]; }) + "\n";
  return text;
}

std::string Table::csv() const {
  std::vector<std::string> titles;
  for (const auto& column : columns_) titles.push_back(column.title);
  auto lines = csv_line(titles);
  for (const auto& row : rows_) lines += csv_line(row);
  return lines;
}

Table Table::for_people() const {
  Table shown({});
  shown.rows_.resize(rows_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].csv_only) continue;
    shown.columns_.push_back(columns_[i]);
    for (std::size_t at = 0; at < rows_.size(); ++at) shown.rows_[at].push_back(rows_[at][i]);
  }
  return shown;
}

void Table::print(bool as_csv) const {
  put(stdout, as_csv ? csv() : for_people().text(colours_wanted()));
}

}  // namespace qualog::tools
