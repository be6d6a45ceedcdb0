// SPDX-License-Identifier: Apache-2.0
// The values of what is no plain text: areas, files, pages and columns, formatting, the fields of
// rows. Each is one row, as those of projector/values.h.
#pragma once

#include "projector/row_codec.h"
#include "schema/chain.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace qualog::fb {
struct Area;
struct AreaT;
}  // namespace qualog::fb

namespace qualog::projector {

// As fb::Area.
struct Area {
  std::uint8_t kind = 0;  // fb::AreaKind
  std::uint32_t page = 0;
  std::uint32_t left = 0;
  std::uint32_t top = 0;
  std::uint32_t right = 0;
  std::uint32_t bottom = 0;
  bool operator==(const Area&) const = default;
};
template <class Visitor>
void describe(Visitor& visit, Area& row) {
  visit("kind", row.kind);
  visit("page", row.page);
  visit("left", row.left);
  visit("top", row.top);
  visit("right", row.right);
  visit("bottom", row.bottom);
}
// As an action says it; nullptr: nowhere.
std::unique_ptr<fb::AreaT> area_to(const Area& area);
// The same back; nowhere of nullptr.
Area area_from(const fb::Area* area);

struct Page {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};
template <class Visitor>
void describe(Visitor& visit, Page& row) {
  visit("width", row.width);
  visit("height", row.height);
  visit("begin", row.begin);
  visit("end", row.end);
}

struct Column {
  Text name;
  std::uint8_t type = 0;  // fb::ColumnType
  bool codable = false;
};
template <class Visitor>
void describe(Visitor& visit, Column& row) {
  visit("name", row.name);
  visit("type", row.type);
  visit("codable", row.codable);
}

// The file of a source: in the blob area, or at a path outside.
struct Media {
  Digest hash{};
  std::uint64_t size = 0;
  std::string mime;
  Text file;
  Text path;
  std::uint32_t duration_ms = 0;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<Page> pages;
  std::vector<Column> columns;
  std::uint32_t rows = 0;
  Text bibliographic_id;
  Text external;
};
template <class Visitor>
void describe(Visitor& visit, Media& row) {
  visit("hash", row.hash);
  visit("size", row.size);
  visit("mime", row.mime);
  visit("file", row.file);
  visit("path", row.path);
  visit("duration_ms", row.duration_ms);
  visit("width", row.width);
  visit("height", row.height);
  visit("pages", row.pages);
  visit("columns", row.columns);
  visit("rows", row.rows);
  visit("bibliographic_id", row.bibliographic_id);
  visit("external", row.external);
}

struct View {
  std::uint32_t rotation = 0;
  std::uint32_t brightness = 100;
  std::uint32_t contrast = 100;
};
template <class Visitor>
void describe(Visitor& visit, View& row) {
  visit("rotation", row.rotation);
  visit("brightness", row.brightness);
  visit("contrast", row.contrast);
}

struct Styled {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string style;
  bool operator==(const Styled&) const = default;
};
template <class Visitor>
void describe(Visitor& visit, Styled& row) {
  visit("begin", row.begin);
  visit("end", row.end);
  visit("style", row.style);
}

// In positions of the text at `version`; readers carry it through the edits since.
struct Format {
  std::uint64_t version = 0;
  std::vector<Styled> ranges;
};
template <class Visitor>
void describe(Visitor& visit, Format& row) {
  visit("version", row.version);
  visit("ranges", row.ranges);
}

struct NamedText {
  Text name;
  Text value;
};
template <class Visitor>
void describe(Visitor& visit, NamedText& row) {
  visit("name", row.name);
  visit("value", row.value);
}

struct Fields {
  Text speaker;
  std::vector<NamedText> fields;
};
template <class Visitor>
void describe(Visitor& visit, Fields& row) {
  visit("speaker", row.speaker);
  visit("fields", row.fields);
}

}  // namespace qualog::projector
