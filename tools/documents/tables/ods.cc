// SPDX-License-Identifier: Apache-2.0
#include "schema/bytes.h"
#include "schema/limits.h"
#include "tools/documents/element_walk.h"
#include "tools/documents/line_writer.h"
#include "tools/documents/tables/sheet_file.h"
#include "tools/documents/tables/table_builder.h"

#include <algorithm>
#include <optional>

namespace qualog::documents {

using namespace interchange;

namespace {

std::size_t times(XmlStream& xml, std::string_view attribute) {
  const auto given = xml.in_any_space(attribute).value_or("1");
  return std::max<std::size_t>(parse_number<std::size_t>(given).value_or(1), 1);
}

class OdsReader {
 public:
  using Row = ElementRow<OdsReader>;
  OdsReader(const std::string& sheet, LossList& losses) : wanted_(sheet), losses_(losses) {}

  static std::span<const Row> rows();

  void tell(const Telling& telling) {
    if (chosen_) losses_.add(telling.kind, telling.element, telling.reason, 1);
  }
  void skipped(std::string_view) {}
  void text(std::string_view words) {
    if (chosen_ && paragraphs_ > 0) words_.collapsed_words(words);
  }
  Result<void> check(XmlStream&) const { return fault_ ? Result<void>(*fault_) : Result<void>(); }

  Result<Table> finish() {
    if (!found_)
      return fail(Code::not_found, "the file has no sheet of that name; look at its sheets");
    losses_.lost("sheet", "another sheet of the file", sheets_ - 1);
    return builder_.finish(losses_);
  }

 private:
  void keep(const Result<void>& result) {
    if (!result && !fault_) fault_ = result.error();
  }
  void open_sheet(XmlStream& xml) {
    ++sheets_;
    const auto name = xml.in_any_space("name").value_or("");
    chosen_ = !found_ && (wanted_.empty() || name == wanted_);
    found_ = found_ || chosen_;
  }
  void close_sheet() { chosen_ = false; }
  void open_row(XmlStream& xml) {
    column_ = 0;
    row_times_ = times(xml, "number-rows-repeated");
  }
  void close_row() {
    if (chosen_) keep(builder_.end_row(row_times_));
  }
  void open_cell(XmlStream& xml);
  void close_cell();
  void open_paragraph(XmlStream&) {
    if (paragraphs_++ == 0 && has_words_) words_.line_break();
    has_words_ = true;
  }
  void close_paragraph() { --paragraphs_; }
  void spaces(XmlStream& xml) { words_.spaces(times(xml, "c")); }
  void line_break(XmlStream&) { words_.line_break(); }

  const std::string& wanted_;
  LossList& losses_;
  TableBuilder builder_;
  LineWriter words_;
  std::string value_;
  std::optional<Error> fault_;
  std::size_t sheets_ = 0;
  std::size_t column_ = 0;
  std::size_t cell_times_ = 1;
  std::size_t row_times_ = 1;
  std::size_t paragraphs_ = 0;
  bool has_words_ = false;
  bool found_ = false;
  bool chosen_ = false;
};

// What a type keeps its value in; words for all others.
struct ValueRow {
  std::string_view type;
  std::string_view attribute;
};
constexpr ValueRow kValues[] = {{"float", "value"},     {"percentage", "value"},
                                {"currency", "value"},  {"date", "date-value"},
                                {"time", "time-value"}, {"boolean", "boolean-value"}};

void OdsReader::open_cell(XmlStream& xml) {
  value_.clear();
  words_ = LineWriter();
  has_words_ = false;
  cell_times_ = times(xml, "number-columns-repeated");
  const auto type = xml.in_any_space("value-type").value_or("");
  for (const ValueRow& row : kValues)
    if (row.type == type) value_ = xml.in_any_space(row.attribute).value_or("");
  if (chosen_ && xml.in_any_space("formula"))
    losses_.doubt("formula", "its last result is kept, not how it is made");
}

// Empty cells are often said to come a thousand times, up to the edge of the sheet.
void OdsReader::close_cell() {
  const std::string words = words_.take();
  const std::string& value = value_.empty() ? words : value_;
  for (std::size_t i = 0; chosen_ && !value.empty() && i < cell_times_ && !fault_; ++i)
    keep(builder_.add(column_ + i, value));
  column_ += std::min(cell_times_, limits::kTableCellsMax);
}

std::span<const OdsReader::Row> OdsReader::rows() {
  using R = OdsReader;
  static constexpr Row kRows[] = {
      {"annotation", nullptr, nullptr, true, {"comment", "comments are left out"}},
      {"automatic-styles", nullptr, nullptr, true},
      {"covered-table-cell", &R::open_cell, &R::close_cell},
      {"dde-links", nullptr, nullptr, true},
      {"forms", nullptr, nullptr, true},
      {"frame", nullptr, nullptr, true, {"picture", "pictures and charts are left out"}},
      {"line-break", &R::line_break},
      {"p", &R::open_paragraph, &R::close_paragraph},
      {"s", &R::spaces},
      {"shapes", nullptr, nullptr, true, {"picture", "pictures and charts are left out"}},
      {"table", &R::open_sheet, &R::close_sheet},
      {"table-cell", &R::open_cell, &R::close_cell},
      {"table-row", &R::open_row, &R::close_row},
      {"table-source",
       nullptr,
       nullptr,
       true,
       {"inner file", "a file that the sheet links is left out"}},
      {"tracked-changes", nullptr, nullptr, true},
  };
  static_assert(std::ranges::is_sorted(kRows, {}, &Row::name));
  return kRows;
}

}  // namespace

Result<Table> read_ods(Archive& archive, std::size_t part, const std::string& sheet,
                       LossList& losses) {
  QUALOG_ASSIGN(ByteSource bytes, archive.stream(part, limits::kProjectXmlBytesMax));
  QUALOG_ASSIGN(XmlStream xml, XmlStream::open(std::move(bytes), archive.label(part)));
  OdsReader reader(sheet, losses);
  QUALOG_TRY(Walk(xml, reader).run());
  return reader.finish();
}

}  // namespace qualog::documents
