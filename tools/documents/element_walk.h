// SPDX-License-Identifier: Apache-2.0
// Walk: the elements of a part of an office file against a table that says of each what to do: a
// function to call, a row of the report, or to pass over all that is inside. What the table does
// not name is transparent: its children count as if it were not there. Local names only, because
// programs differ in namespaces and agree in names.
#pragma once

#include "tools/interchange/loss.h"
#include "tools/interchange/xml_stream.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

namespace qualog::documents {

using interchange::LossKind;
using interchange::XmlEvent;
using interchange::XmlStream;

// What people are told of an element: how it is called and what became of it. Nothing: no row.
struct Telling {
  std::string_view element = {};
  std::string_view reason = {};
  LossKind kind = LossKind::Lost;
};

template <class Reader>
struct ElementRow {
  std::string_view name;
  void (Reader::*open)(XmlStream&) = nullptr;
  void (Reader::*close)() = nullptr;
  bool skip = false;  // all that is inside
  Telling telling = {};
};

// A Reader has: rows(), sorted by name; text(string_view); tell(Telling), for the report;
// skipped(name), for what lies inside of what is skipped; check(XmlStream&), for its limits.
template <class Reader>
class Walk {
 public:
  Walk(XmlStream& xml, Reader& reader) : xml_(xml), reader_(reader) {}

  Result<void> run() {
    while (true) {
      QUALOG_ASSIGN(const XmlEvent event, xml_.next());
      if (event == XmlEvent::Finish) return {};
      if (event == XmlEvent::Start) start();
      if (event == XmlEvent::End) end();
      if (event == XmlEvent::Text && skipping_ == 0) reader_.text(xml_.text());
      QUALOG_TRY(reader_.check(xml_));
    }
  }

 private:
  using Row = ElementRow<Reader>;

  static const Row* row_of(std::string_view name) {
    const std::span<const Row> rows = Reader::rows();
    const auto found = std::ranges::lower_bound(rows, name, {}, &Row::name);
    return found != rows.end() && found->name == name ? &*found : nullptr;
  }

  void start() {
    if (skipping_ > 0) {
      ++skipping_;
      return reader_.skipped(xml_.local_name());
    }
    const Row* row = row_of(xml_.local_name());
    open_.push_back(row);
    if (row == nullptr) return;
    if (!row->telling.element.empty()) reader_.tell(row->telling);
    if (row->open != nullptr) (reader_.*row->open)(xml_);
    if (row->skip) skipping_ = 1;
  }

  void end() {
    if (skipping_ > 1) {
      --skipping_;
      return;
    }
    skipping_ = 0;
    const Row* row = open_.back();
    open_.pop_back();
    if (row != nullptr && row->close != nullptr) (reader_.*row->close)();
  }

  XmlStream& xml_;
  Reader& reader_;
  std::vector<const Row*> open_;
  std::size_t skipping_ = 0;  // open elements of what is passed over
};

}  // namespace qualog::documents
