// SPDX-License-Identifier: Apache-2.0
#include "tools/documents/line_writer.h"

#include "schema/limits.h"

#include <algorithm>

namespace qualog::documents {

namespace {

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

void trim_end(std::string& text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
}

}  // namespace

bool LineWriter::is_full() const {
  return text_.size() + row_.size() + cell_.size() > limits::kSourceTextBytesMax;
}

void LineWriter::put(std::string_view bytes) {
  if (!is_full()) line() += bytes;
}

void LineWriter::words(std::string_view words) {
  const std::size_t before = line().size();
  put(words);
  std::replace_if(line().begin() + static_cast<std::ptrdiff_t>(before), line().end(), is_white,
                  ' ');
}

void LineWriter::collapsed_words(std::string_view words) {
  for (const char c : words) {
    const bool white = is_white(c);
    if (!white) put({&c, 1});
    if (white && !after_white_) put(" ");
    after_white_ = white;
  }
}

void LineWriter::spaces(std::size_t count) {
  after_white_ = false;
  put(std::string(std::min(count, limits::kNameCodePointsMax), ' '));
}

void LineWriter::line_break() {
  after_white_ = false;
  put(tables_ > 0 ? " " : "\n");
}

void LineWriter::tab() {
  after_white_ = false;
  put(tables_ > 0 ? " " : "\t");
}

void LineWriter::end_paragraph() {
  after_white_ = true;
  put(tables_ > 0 ? " " : "\n");
}

void LineWriter::begin_row() {
  if (tables_ != 1) return;
  row_.clear();
  row_has_cells_ = dropped_ = false;
}

void LineWriter::end_cell() {
  if (tables_ != 1) return put(" ");
  trim_end(cell_);
  if (row_has_cells_) row_ += '\t';
  row_ += cell_;
  cell_.clear();
  row_has_cells_ = true;
}

void LineWriter::end_row() {
  if (tables_ != 1) return;
  if (!dropped_ && row_has_cells_ && !is_full()) text_ += row_ + '\n';
  row_.clear();
}

}  // namespace qualog::documents
