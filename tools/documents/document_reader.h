// SPDX-License-Identifier: Apache-2.0
// DocumentReader: what the readers of documents (docx.cc, odt.cc) have in common: the lines that
// they write, the report, the limit, and the elements that mean the same in both. One thread.
#pragma once

#include "tools/documents/element_walk.h"
#include "tools/documents/line_writer.h"

#include <string>

namespace qualog::documents {

class DocumentReader {
 public:
  explicit DocumentReader(interchange::LossList& losses) : losses_(losses) {}

  void tell(const Telling& telling) {
    losses_.add(telling.kind, telling.element, telling.reason, 1);
  }

  Result<void> check(XmlStream& xml) const {
    if (!writer_.is_full()) return {};
    return xml.error(Code::too_large, "the text is too long to be one source");
  }

  // The text; what no document keeps is told.
  std::string take() {
    tell({"layout", "fonts, styles and pages are not served, the words are"});
    return writer_.take();
  }

 protected:
  void tab(XmlStream&) { writer_.tab(); }
  void line_break(XmlStream&) { writer_.line_break(); }
  void open_table(XmlStream&) { writer_.begin_table(); }
  void close_table() { writer_.end_table(); }
  void open_row(XmlStream&) { writer_.begin_row(); }
  void close_row() { writer_.end_row(); }
  void close_cell() { writer_.end_cell(); }

  LineWriter writer_;

 private:
  interchange::LossList& losses_;
};

// Told of both, so in the same words.
inline constexpr Telling kPicture{"picture", "pictures and drawings are left out"};
inline constexpr Telling kTextBox{"text box", "its text is left out"};
inline constexpr Telling kFootnote{"footnote", "its text is left out"};
inline constexpr Telling kComment{"comment", "comments are left out"};
inline constexpr Telling kList{"list", "numbers and bullets are left out, the items are kept",
                               LossKind::Doubt};
inline constexpr Telling kRuby{"ruby", "the reading beside the words is left out"};
inline constexpr Telling kLink{"hyperlink", "its words are kept, its address is left out"};
inline constexpr Telling kDeleted{"tracked change", "a deletion, accepted: its text is left out",
                                  LossKind::Doubt};
inline constexpr Telling kInserted{"tracked change", "an insertion, accepted: its text is kept",
                                   LossKind::Doubt};

}  // namespace qualog::documents
