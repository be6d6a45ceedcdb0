// SPDX-License-Identifier: Apache-2.0
#include "replay/stream/lines.h"

#include "schema/json.h"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace qualog::stream {

namespace {

namespace json = boost::json;

// Or may: U+0085, U+2028 and U+2029, which begin with these two bytes, are an end of line to some.
bool needs_escape(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || c == '"' || c == '\\' || byte == 0xC2 || byte == 0xE2;
}

void append_string(std::string& line, const json::value& value) {
  const auto& text = value.get_string();
  if (std::any_of(text.begin(), text.end(), needs_escape)) {
    line += one_line_json(value);
    return;
  }
  line += '"';
  line.append(text.data(), text.size());
  line += '"';
}

void append_json(std::string& line, const json::value& value) {
  if (value.is_string())
    append_string(line, value);
  else if (value.is_null())
    line += "null";
  else
    line += one_line_json(value);
}

// A spreadsheet takes these for the begin of a formula, or eats them in front of one.
bool is_defused(char first) {
  return std::string_view("=+-@'\t\r\n").find(first) != std::string_view::npos;
}

std::string text_cell(std::string_view text) {
  std::string cell;
  if (!text.empty() && is_defused(text.front())) cell += '\'';
  return cell.append(text);
}

std::string cell(const json::value& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return text_cell(value.get_string());
  return json::serialize(value);
}

void append_cell(std::string& line, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    line += text;
    return;
  }
  line += '"';
  for (const char c : text) line.append(c == '"' ? 2 : 1, c);
  line += '"';
}

}  // namespace

std::string ndjson(const Row& row) {
  std::string line;
  line.reserve(1024);
  for (const auto& column : columns()) {
    line += line.empty() ? "{\"" : ",\"";
    line += column.name;
    line += "\":";
    append_json(line, row.at(column.col));
  }
  return line += '}';
}

std::string csv_header() {
  std::string line;
  for (const auto& column : columns()) {
    if (!line.empty()) line += ',';
    line += column.name;
  }
  return line += "\r\n";
}

std::string csv(const Row& row) {
  std::string line;
  line.reserve(512);
  for (const auto& column : columns()) {
    if (column.col != Col::Schema) line += ',';
    append_cell(line, cell(row.at(column.col)));
  }
  return line += "\r\n";
}

}  // namespace qualog::stream
