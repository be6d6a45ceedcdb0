// SPDX-License-Identifier: Apache-2.0
// LineWriter: the text of a document as lines: a paragraph, heading or item of a list is a line, a
// row of a table is one with a tab between its cells. What a cell holds of paragraphs, breaks and
// inner tables is divided by one space, so that a row stays a row. One thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace qualog::documents {

class LineWriter {
 public:
  // Line ends and tabs among the words become spaces; line_break() and tab() write them.
  void words(std::string_view words);
  // The same for a format in which any white space is one space, and none begins a line.
  void collapsed_words(std::string_view words);
  void spaces(std::size_t count);
  void line_break();
  void tab();
  void end_paragraph();

  void begin_table() { ++tables_; }
  void end_table() { --tables_; }
  void begin_row();
  void end_cell();
  void end_row();
  // The row that is open will not be written.
  void drop_row() { dropped_ = true; }

  // More than kSourceTextBytesMax: nothing more is written.
  bool is_full() const;
  std::string take() { return std::move(text_); }

 private:
  std::string& line() { return tables_ > 0 ? cell_ : text_; }
  void put(std::string_view bytes);

  std::string text_;
  std::string row_;
  std::string cell_;
  std::size_t tables_ = 0;
  bool row_has_cells_ = false;
  bool dropped_ = false;
  bool after_white_ = true;  // of collapsed words
};

}  // namespace qualog::documents
