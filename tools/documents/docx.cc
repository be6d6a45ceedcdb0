// SPDX-License-Identifier: Apache-2.0
#include "tools/documents/docx.h"

#include "schema/limits.h"
#include "tools/documents/document_reader.h"
#include "tools/interchange/entry_name.h"

namespace qualog::documents {

using namespace interchange;

namespace {

constexpr Telling kFormula{"formula", "formulas are left out"};
constexpr Telling kInner{"inner file", "a file inside of the document is left out"};
constexpr Telling kField{"field", "its last result is kept, not how it is made", LossKind::Doubt};

class DocxReader : public DocumentReader {
 public:
  using Row = ElementRow<DocxReader>;
  using DocumentReader::DocumentReader;

  static std::span<const Row> rows();

  void skipped(std::string_view name) {
    if (name == "txbxContent") tell(kTextBox);
  }

  void text(std::string_view words) {
    if (in_text_) words_ += words;
  }

 private:
  void open_paragraph(XmlStream&) { mark_deleted_ = false; }
  void close_paragraph() {
    if (!mark_deleted_) writer_.end_paragraph();
  }
  void open_text(XmlStream& xml) {
    in_text_ = true;
    preserve_ = xml.in_any_space("space") == "preserve";
    words_.clear();
  }
  void close_text();
  void hard_hyphen(XmlStream&) { writer_.words("\u2011"); }
  void soft_hyphen(XmlStream&) { writer_.words("\u00AD"); }
  void symbol(XmlStream&) { writer_.words("\uFFFD"); }
  void open_properties(XmlStream&) { ++properties_; }
  void close_properties() { --properties_; }
  void open_row_properties(XmlStream&) { in_row_properties_ = true; }
  void close_row_properties() { in_row_properties_ = false; }
  void inserted(XmlStream&);
  void deleted(XmlStream&);
  void hidden(XmlStream& xml);
  void linked(XmlStream& xml);
  void field(XmlStream& xml);

  std::string words_;
  std::size_t properties_ = 0;  // open elements that hold properties of a paragraph or of words
  bool in_row_properties_ = false;
  bool in_text_ = false;
  bool preserve_ = false;
  bool mark_deleted_ = false;
};

// Where nothing else is said, white space at both ends of a text is the file's, not the author's.
void DocxReader::close_text() {
  in_text_ = false;
  std::string_view words = words_;
  constexpr std::string_view kWhite = " \t\r\n";
  if (!preserve_) {
    words.remove_prefix(std::min(words.find_first_not_of(kWhite), words.size()));
    words = words.substr(0, words.find_last_not_of(kWhite) + 1);
  }
  writer_.words(words);
}

void DocxReader::inserted(XmlStream&) {
  if (properties_ == 0 && !in_row_properties_) tell(kInserted);
}

// Among properties it means the end of the paragraph, or the row.
void DocxReader::deleted(XmlStream&) {
  tell(kDeleted);
  if (in_row_properties_) writer_.drop_row();
  if (properties_ > 0) mark_deleted_ = true;
}

void DocxReader::hidden(XmlStream& xml) {
  const auto value = xml.in_any_space("val");
  if (properties_ == 0 || value == "0" || value == "false" || value == "off") return;
  tell({"hidden text", "it is kept, where it has words", LossKind::Doubt});
}

void DocxReader::linked(XmlStream& xml) {
  if (xml.in_any_space("id")) tell(kLink);
}

void DocxReader::field(XmlStream& xml) {
  if (xml.in_any_space("fldCharType") == "begin") tell(kField);
}

std::span<const DocxReader::Row> DocxReader::rows() {
  using R = DocxReader;
  static constexpr Telling kSymbol{"symbol", "of a font of its own: U+FFFD stands in",
                                   LossKind::Doubt};
  static constexpr Row kRows[] = {
      {"AlternateContent", nullptr, nullptr, true, kPicture},
      {"altChunk", nullptr, nullptr, true, kInner},
      {"br", &R::line_break},
      {"commentReference", nullptr, nullptr, false, kComment},
      {"cr", &R::line_break},
      {"del", &R::deleted, nullptr, true},
      {"delInstrText", nullptr, nullptr, true},
      {"delText", nullptr, nullptr, true},
      {"drawing", nullptr, nullptr, true, kPicture},
      {"endnoteReference", nullptr, nullptr, false, kFootnote},
      {"fldChar", &R::field},
      {"fldSimple", nullptr, nullptr, false, kField},
      {"footnoteReference", nullptr, nullptr, false, kFootnote},
      {"hyperlink", &R::linked},
      {"ins", &R::inserted},
      {"instrText", nullptr, nullptr, true},
      {"moveFrom", &R::deleted, nullptr, true},
      {"moveTo", &R::inserted},
      {"noBreakHyphen", &R::hard_hyphen},
      {"numPr", nullptr, nullptr, true, kList},
      {"oMath", nullptr, nullptr, true, kFormula},
      {"object", nullptr, nullptr, true, kPicture},
      {"p", &R::open_paragraph, &R::close_paragraph},
      {"pPr", &R::open_properties, &R::close_properties},
      {"pPrChange", nullptr, nullptr, true},
      {"pict", nullptr, nullptr, true, kPicture},
      {"ptab", &R::tab},
      {"rPr", &R::open_properties, &R::close_properties},
      {"rPrChange", nullptr, nullptr, true},
      {"rt", nullptr, nullptr, true, kRuby},
      {"sdtPr", nullptr, nullptr, true},
      {"sectPr", nullptr, nullptr, true},
      {"softHyphen", &R::soft_hyphen},
      {"subDoc", nullptr, nullptr, true, kInner},
      {"sym", &R::symbol, nullptr, false, kSymbol},
      {"t", &R::open_text, &R::close_text},
      {"tab", &R::tab},
      {"tabs", nullptr, nullptr, true},
      {"tbl", &R::open_table, &R::close_table},
      {"tblGrid", nullptr, nullptr, true},
      {"tblPr", nullptr, nullptr, true},
      {"tblPrEx", nullptr, nullptr, true},
      {"tc", nullptr, &R::close_cell},
      {"tcPr", nullptr, nullptr, true},
      {"tr", &R::open_row, &R::close_row},
      {"trPr", &R::open_row_properties, &R::close_row_properties},
      {"vanish", &R::hidden},
  };
  static_assert(std::ranges::is_sorted(kRows, {}, &Row::name));
  return kRows;
}

// Parts beside the main one that hold text; named, not read.
void report_parts(const Archive& archive, LossList& losses) {
  for (std::size_t i = 0; i < archive.size(); ++i) {
    const std::string name = folded_name(archive.entry(i).name);
    const auto base = std::string_view(name).substr(name.rfind('/') + 1);
    if (!base.ends_with(".xml")) continue;
    if (base.starts_with("header") || base.starts_with("footer"))
      losses.lost("header or footer", "its text is left out");
  }
}

}  // namespace

Result<std::string> read_docx(Archive& archive, std::size_t part, LossList& losses) {
  QUALOG_ASSIGN(ByteSource bytes, archive.stream(part, limits::kProjectXmlBytesMax));
  QUALOG_ASSIGN(XmlStream xml, XmlStream::open(std::move(bytes), archive.label(part)));
  DocxReader reader(losses);
  QUALOG_TRY(Walk(xml, reader).run());
  report_parts(archive, losses);
  return reader.take();
}

}  // namespace qualog::documents
