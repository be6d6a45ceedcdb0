// SPDX-License-Identifier: Apache-2.0
#include "tools/documents/odt.h"

#include "schema/limits.h"
#include "tools/documents/document_reader.h"

#include <charconv>

namespace qualog::documents {

using namespace interchange;

namespace {

class OdtReader : public DocumentReader {
 public:
  using Row = ElementRow<OdtReader>;
  using DocumentReader::DocumentReader;

  static std::span<const Row> rows();

  void skipped(std::string_view name) {
    if (name == "text-box") tell(kTextBox);
    if (name == "deletion") tell(kDeleted);
    if (name == "insertion") tell(kInserted);
  }

  void text(std::string_view words) {
    if (paragraphs_ > 0) writer_.collapsed_words(words);
  }

 private:
  void open_paragraph(XmlStream&) { ++paragraphs_; }
  void close_paragraph() {
    --paragraphs_;
    writer_.end_paragraph();
  }
  void open_spaces(XmlStream& xml);

  std::size_t paragraphs_ = 0;
};

void OdtReader::open_spaces(XmlStream& xml) {
  const auto given = xml.in_any_space("c").value_or("1");
  std::size_t count = 1;
  std::from_chars(given.data(), given.data() + given.size(), count);
  writer_.spaces(count);
}

std::span<const OdtReader::Row> OdtReader::rows() {
  using R = OdtReader;
  static constexpr Row kRows[] = {
      {"a", nullptr, nullptr, false, kLink},
      {"annotation", nullptr, nullptr, true, kComment},
      {"automatic-styles", nullptr, nullptr, true},
      {"covered-table-cell", nullptr, &R::close_cell},
      {"custom-shape", nullptr, nullptr, true, kPicture},
      {"font-face-decls", nullptr, nullptr, true},
      {"forms", nullptr, nullptr, true},
      {"frame", nullptr, nullptr, true, kPicture},
      {"g", nullptr, nullptr, true, kPicture},
      {"h", &R::open_paragraph, &R::close_paragraph},
      {"index-title-template", nullptr, nullptr, true},
      {"line-break", &R::line_break},
      {"list-item", nullptr, nullptr, false, kList},
      {"note", nullptr, nullptr, true, kFootnote},
      {"number", nullptr, nullptr, true},
      {"p", &R::open_paragraph, &R::close_paragraph},
      {"rect", nullptr, nullptr, true, kPicture},
      {"ruby-text", nullptr, nullptr, true, kRuby},
      {"s", &R::open_spaces},
      {"scripts", nullptr, nullptr, true},
      {"section-source",
       nullptr,
       nullptr,
       true,
       {"inner file", "a file that the document links is left out"}},
      {"tab", &R::tab},
      {"table", &R::open_table, &R::close_table},
      {"table-cell", nullptr, &R::close_cell},
      {"table-of-content-source", nullptr, nullptr, true},
      {"table-row", &R::open_row, &R::close_row},
      {"tracked-changes", nullptr, nullptr, true},
  };
  static_assert(std::ranges::is_sorted(kRows, {}, &Row::name));
  return kRows;
}

}  // namespace

Result<std::string> read_odt(Archive& archive, std::size_t part, LossList& losses) {
  QUALOG_ASSIGN(ByteSource bytes, archive.stream(part, limits::kProjectXmlBytesMax));
  QUALOG_ASSIGN(XmlStream xml, XmlStream::open(std::move(bytes), archive.label(part)));
  OdtReader reader(losses);
  QUALOG_TRY(Walk(xml, reader).run());
  return reader.take();
}

}  // namespace qualog::documents
