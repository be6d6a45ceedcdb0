// SPDX-License-Identifier: Apache-2.0
#include "schema/bytes.h"
#include "schema/limits.h"
#include "tools/documents/tables/sheet_dates.h"
#include "tools/documents/tables/sheet_file.h"
#include "tools/documents/tables/table_builder.h"
#include "tools/interchange/entry_name.h"
#include "tools/interchange/xml_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

namespace qualog::documents {

using namespace interchange;

namespace {

// What a reader of one part does at each event; nothing else is shared between parts.
using OnEvent = std::function<Result<void>(XmlEvent, XmlStream&)>;

Result<void> read_part(Archive& archive, std::size_t part, const OnEvent& on_event) {
  QUALOG_ASSIGN(ByteSource bytes, archive.stream(part, limits::kProjectXmlBytesMax));
  QUALOG_ASSIGN(XmlStream xml, XmlStream::open(std::move(bytes), archive.label(part)));
  while (true) {
    QUALOG_ASSIGN(const XmlEvent event, xml.next());
    if (event == XmlEvent::Finish) return {};
    QUALOG_TRY(on_event(event, xml));
  }
}

// ---- the workbook

struct Sheet {
  std::string name;
  std::string relationship;
};

struct Workbook {
  std::vector<Sheet> sheets;
  std::map<std::string, std::string> targets;  // by id of a relationship, inside of the archive
  std::vector<bool> dates;                     // by number of a cell style
  std::vector<std::string> strings;
  std::string folder;  // of the main part, with its slash
  bool from_1904 = false;
};

Result<void> read_sheets(Archive& archive, std::size_t part, Workbook& book) {
  return read_part(archive, part, [&](XmlEvent event, XmlStream& xml) -> Result<void> {
    if (event != XmlEvent::Start) return {};
    if (xml.local_name() == "workbookPr") {
      const auto given = xml.take("date1904").value_or("");
      book.from_1904 = given == "1" || given == "true";
    }
    if (xml.local_name() != "sheet") return {};
    book.sheets.push_back({std::string(xml.take("name").value_or("")),
                           std::string(xml.in_any_space("id").value_or(""))});
    return {};
  });
}

// "xl/workbook.xml": "xl/_rels/workbook.xml.rels".
std::string relationships_of(std::string_view part) {
  const std::size_t slash = part.rfind('/') + 1;
  return fmt::format("{}_rels/{}.rels", part.substr(0, slash), part.substr(slash));
}

Result<void> read_targets(Archive& archive, std::string_view part, Workbook& book) {
  const auto entry = archive.find(relationships_of(part));
  if (!entry) return {};
  return read_part(archive, *entry, [&](XmlEvent event, XmlStream& xml) -> Result<void> {
    if (event != XmlEvent::Start || xml.local_name() != "Relationship") return {};
    if (xml.take("TargetMode").value_or("") == "External") return {};
    const std::string target(xml.take("Target").value_or(""));
    const bool rooted = target.starts_with('/');
    book.targets[std::string(xml.take("Id").value_or(""))] =
        rooted ? target.substr(1) : book.folder + target;
    return {};
  });
}

Result<void> read_styles(Archive& archive, Workbook& book) {
  const auto entry = archive.find(book.folder + "styles.xml");
  if (!entry) return {};
  std::map<unsigned, std::string> codes;
  bool in_cells = false;
  return read_part(archive, *entry, [&](XmlEvent event, XmlStream& xml) -> Result<void> {
    if (event != XmlEvent::Start) return {};
    const auto name = xml.local_name();
    if (name == "cellXfs" || name == "cellStyles" || name == "dxfs") in_cells = name == "cellXfs";
    const auto number = parse_number<unsigned>(xml.take("numFmtId").value_or("0")).value_or(0);
    if (name == "numFmt") codes[number] = std::string(xml.take("formatCode").value_or(""));
    if (name == "xf" && in_cells) book.dates.push_back(is_date_format(number, codes[number]));
    return {};
  });
}

Result<void> read_strings(Archive& archive, Workbook& book) {
  const auto entry = archive.find(book.folder + "sharedStrings.xml");
  if (!entry) return {};
  std::size_t reading = 0, bytes = 0;  // open elements of the reading beside the words
  bool in_text = false;
  return read_part(archive, *entry, [&](XmlEvent event, XmlStream& xml) -> Result<void> {
    if (event == XmlEvent::Start) {
      if (reading > 0 || xml.local_name() == "rPh") ++reading;
      if (reading == 0 && xml.local_name() == "si") book.strings.emplace_back();
      in_text = reading == 0 && xml.local_name() == "t" && !book.strings.empty();
    } else if (event == XmlEvent::End) {
      if (reading > 0) --reading;
      in_text = false;
    } else if (in_text) {
      book.strings.back() += xml.text();
      bytes += xml.text().size();
    }
    if (bytes <= limits::kSourceTextBytesMax && book.strings.size() <= limits::kTableCellsMax)
      return {};
    return xml.error(Code::too_large, "the words of the sheets are too long");
  });
}

// ---- the sheet

// "BC12": 54.
std::optional<std::size_t> column_of(std::string_view reference) {
  std::size_t column = 0;
  for (const char c : reference.substr(0, reference.find_first_of("0123456789"))) {
    if (c < 'A' || c > 'Z' || column > limits::kTableCellsMax) return std::nullopt;
    column = column * 26 + static_cast<std::size_t>(c - 'A') + 1;
  }
  return column > 0 ? std::optional(column - 1) : std::nullopt;
}

class SheetReader {
 public:
  SheetReader(const Workbook& book, LossList& losses) : book_(book), losses_(losses) {}

  Result<void> take(XmlEvent event, XmlStream& xml) {
    if (event == XmlEvent::Start) return start(xml);
    if (event == XmlEvent::Text && in_value_) value_ += xml.text();
    return event == XmlEvent::End ? end(xml) : Result<void>();
  }

  Result<Table> finish() { return builder_.finish(losses_); }

 private:
  Result<void> start(XmlStream& xml) {
    const auto name = xml.local_name();
    names_.emplace_back(name);
    in_value_ = name == "v" || (name == "t" && type_ == "inlineStr");
    if (name == "c") open_cell(xml);
    if (name == "f") losses_.doubt("formula", "its last result is kept, not how it is made");
    if (name == "mergeCell") losses_.doubt("merged cells", "their value stands in the first");
    if (name == "hyperlink") losses_.lost("hyperlink", "its address is left out");
    return {};
  }

  void open_cell(XmlStream& xml) {
    column_ = column_of(xml.take("r").value_or("")).value_or(next_column_);
    type_ = xml.take("t").value_or("n");
    style_ = parse_number<std::size_t>(xml.take("s").value_or("0")).value_or(0);
    next_column_ = column_ + 1;
    value_.clear();
  }

  Result<void> end(XmlStream& xml) {
    const std::string name = std::move(names_.back());
    names_.pop_back();
    in_value_ = false;
    if (name == "row") {
      next_column_ = 0;
      return builder_.end_row();
    }
    if (name != "c") return {};
    auto value = value_of(xml);
    QUALOG_TRY(value);
    return builder_.add(column_, std::move(*value));
  }

  Result<std::string> value_of(XmlStream& xml) const {
    if (type_ == "b") return std::string(value_ == "1" ? "true" : value_ == "0" ? "false" : "");
    if (type_ == "s" && !value_.empty()) {
      const auto index = parse_number<std::size_t>(value_);
      if (index && *index < book_.strings.size()) return book_.strings[*index];
      return xml.error(Code::invalid, "a cell refers to words that are not there");
    }
    const bool dated = type_ == "n" && style_ < book_.dates.size() && book_.dates[style_];
    return dated && !value_.empty() ? date_of_serial(value_, book_.from_1904) : value_;
  }

  const Workbook& book_;
  LossList& losses_;
  TableBuilder builder_;
  std::vector<std::string> names_;
  std::string type_;
  std::string value_;
  std::size_t column_ = 0;
  std::size_t next_column_ = 0;
  std::size_t style_ = 0;
  bool in_value_ = false;
};

Result<std::size_t> entry_of(Archive& archive, const Workbook& book, const std::string& wanted,
                             LossList& losses) {
  const auto named = std::ranges::find(book.sheets, wanted, &Sheet::name);
  const auto sheet = wanted.empty() ? book.sheets.begin() : named;
  if (sheet == book.sheets.end())
    return fail(Code::not_found, "the file has no sheet of that name; look at its sheets");
  losses.lost("sheet", "another sheet of the file", book.sheets.size() - 1);
  const auto target = book.targets.find(sheet->relationship);
  const auto entry = target == book.targets.end() ? std::nullopt : archive.find(target->second);
  if (entry) return *entry;
  return fail(Code::invalid,
              "the sheet is not in the file, and no path out of it is followed; save it again");
}

struct PartRow {
  std::string_view folder;
  std::string_view element;
  std::string_view reason;
};
constexpr PartRow kLostParts[] = {
    {"charts/", "chart", "charts are left out"},
    {"media/", "picture", "pictures are left out"},
    {"pivottables/", "pivot table", "its values are kept, not how they are made"}};

void report_parts(const Archive& archive, const Workbook& book, LossList& losses) {
  for (std::size_t i = 0; i < archive.size(); ++i) {
    const std::string name = folded_name(archive.entry(i).name);
    if (name.starts_with(book.folder + "comments")) losses.lost("comment", "comments are left out");
    for (const PartRow& row : kLostParts) {
      const bool there = name.starts_with(book.folder + std::string(row.folder));
      if (there && name.find("_rels") == name.npos) losses.lost(row.element, row.reason);
    }
  }
}

}  // namespace

Result<Table> read_xlsx(Archive& archive, std::size_t part, const std::string& sheet,
                        LossList& losses) {
  const std::string main = folded_name(archive.entry(part).name);
  Workbook book;
  book.folder = main.substr(0, main.rfind('/') + 1);
  QUALOG_TRY(read_sheets(archive, part, book));
  QUALOG_TRY(read_targets(archive, main, book));
  QUALOG_ASSIGN(const std::size_t entry, entry_of(archive, book, sheet, losses));
  QUALOG_TRY(read_styles(archive, book));
  QUALOG_TRY(read_strings(archive, book));
  SheetReader reader(book, losses);
  QUALOG_TRY(read_part(archive, entry,
                       [&](XmlEvent event, XmlStream& xml) { return reader.take(event, xml); }));
  report_parts(archive, book, losses);
  return reader.finish();
}

}  // namespace qualog::documents
