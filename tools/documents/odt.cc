// SPDX-License-Identifier: Apache-2.0
#include "tools/documents/odt.h"

#include "schema/limits.h"
#include "tools/documents/element_walk.h"
#include "tools/documents/line_writer.h"

#include <charconv>

namespace qualog::documents {

using namespace interchange;

namespace {

constexpr Telling kPicture{"picture", "pictures and drawings are left out"};
constexpr Telling kTextBox{"text box", "its text is left out"};

class OdtReader {
 public:
  using Row = ElementRow<OdtReader>;
  explicit OdtReader(LossList& losses) : losses_(losses) {}

  static std::span<const Row> rows();

  void tell(const Telling& telling) {
    if (telling.kind == LossKind::Lost)
      losses_.lost(telling.element, telling.reason);
    else
      losses_.doubt(telling.element, telling.reason);
  }

  void skipped(std::string_view name) {
    if (name == "text-box") tell(kTextBox);
    if (name == "deletion")
      tell({"tracked change", "a deletion, accepted: its text is left out", LossKind::Doubt});
    if (name == "insertion")
      tell({"tracked change", "an insertion, accepted: its text is kept", LossKind::Doubt});
  }

  void text(std::string_view words) {
    if (paragraphs_ > 0) writer_.collapsed_words(words);
  }

  Result<void> check(XmlStream& xml) const {
    if (!writer_.is_full()) return {};
    return xml.error(Code::too_large, "the text is too long to be one source");
  }

  std::string take() { return writer_.take(); }

 private:
  void open_paragraph(XmlStream&) { ++paragraphs_; }
  void close_paragraph() {
    --paragraphs_;
    writer_.end_paragraph();
  }
  void tab(XmlStream&) { writer_.tab(); }
  void line_break(XmlStream&) { writer_.line_break(); }
  void open_spaces(XmlStream& xml);
  void open_table(XmlStream&) { writer_.begin_table(); }
  void close_table() { writer_.end_table(); }
  void open_row(XmlStream&) { writer_.begin_row(); }
  void close_row() { writer_.end_row(); }
  void close_cell() { writer_.end_cell(); }

  LossList& losses_;
  LineWriter writer_;
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
  static constexpr Telling kComment{"comment", "comments are left out"};
  static constexpr Telling kFootnote{"footnote", "its text is left out"};
  static constexpr Telling kList{"list", "numbers and bullets are left out, the items are kept",
                                 LossKind::Doubt};
  static constexpr Telling kLink{"hyperlink", "its words are kept, its address is left out"};
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
      {"ruby-text", nullptr, nullptr, true, {"ruby", "the reading beside the words is left out"}},
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
  losses.lost("layout", "fonts, styles and pages are not served, the words are");
  return reader.take();
}

}  // namespace qualog::documents
