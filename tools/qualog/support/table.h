// SPDX-License-Identifier: Apache-2.0
// Tables for people: columns as wide as what they hold, the whole at most 100 cells. Width is
// counted in the cells of a terminal (Unicode East Asian Width, by utf8proc), not in bytes. What
// stands in a cell can never steer the terminal: control and direction characters are replaced.
// Headings are bold on a terminal, unless NO_COLOR is set (no-color.org). Pure but for print().
#pragma once

#include "schema/ids.h"

#include <string>
#include <string_view>
#include <vector>

namespace qualog::tools {

// The cells that `utf8` takes.
std::size_t cells_of(std::string_view utf8);

// `utf8` on one line and harmless: control characters and line ends are spaces, direction controls
// and invalid bytes U+FFFD.
std::string one_line(std::string_view utf8);

// At most `cells` wide; what is cut ends with an ellipsis.
std::string cut(const std::string& line, std::size_t cells);

// `line` in lines of at most `cells`, broken between words; a word that is longer is cut.
std::vector<std::string> wrapped(const std::string& line, std::size_t cells);

enum class Align { left, right };

struct Column {
  std::string title;
  Align align = Align::left;
  bool whole = false;  // never cut: ids, numbers, times
  bool wrap = false;   // goes on in lines below instead of being cut
  bool csv_only = false;
};

// Of an id, which programs join tables by.
inline Column id_column(std::string title) {
  return {std::move(title), Align::left, true, false, true};
}

// Empty, where it is of nothing.
inline std::string id_cell(const ItemId& id) { return id ? id.text() : std::string(); }

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // As many cells as there are columns.
  void add(std::vector<std::string> cells);
  // Every line with its line feed; only the headings when there are no rows.
  std::string text(bool bold) const;
  // Every row whole, with the headings as its first line (csv.h).
  std::string csv() const;
  // To stdout: for people, without what is for CSV only, with bold headings where they help; or as
  // CSV.
  void print(bool as_csv = false) const;

 private:
  Table for_people() const;
  std::vector<std::size_t> widths() const;
  std::vector<std::vector<std::string>> lines_of(const std::vector<std::string>& row,
                                                 const std::vector<std::size_t>& widths) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace qualog::tools
