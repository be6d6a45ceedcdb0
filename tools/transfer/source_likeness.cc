// SPDX-License-Identifier: Apache-2.0
// Sources of one name in one folder: what else must be equal, by what they are.
#include "tools/documents/tables/csv.h"
#include "tools/transfer/likeness.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace qualog::transfer {

namespace {

using Content = SourceContent;

bool same_text(const Content& one, const Content& other) {
  return one.state == other.state && one.text == other.text;
}

bool same_file(const Content& one, const Content& other) {
  return one.media.hash == other.media.hash && one.media.path.plain == other.media.path.plain;
}

bool has_file(const Content& content) {
  return content.media.hash != Digest{} || !content.media.path.empty();
}

bool same_text_and_file(const Content& one, const Content& other) {
  return same_text(one, other) && same_file(one, other);
}

// Transcripts are not compared.
bool same_or_no_media(const Content& one, const Content& other) {
  return !has_file(one) || !has_file(other) || same_file(one, other);
}

// ---- datasets: the order of columns is nobody's

using Column = std::tuple<std::string, std::uint8_t, bool>;

std::vector<Column> columns_of(const Content& content) {
  std::vector<Column> columns;
  for (const auto& column : content.media.columns)
    columns.emplace_back(column.name.plain, column.type, column.codable);
  std::sort(columns.begin(), columns.end());
  return columns;
}

// What stands in a column, top to bottom.
std::vector<std::string> cells_of(const documents::Table& table, const std::string& name) {
  std::vector<std::string> cells;
  for (std::size_t at = 0; at < table.columns.size(); ++at)
    if (table.columns[at].name == name)
      for (const auto& row : table.rows) cells.push_back(row[at]);
  return cells;
}

bool same_codable_cells(const Content& one, const Content& other) {
  interchange::LossList ignored;
  const auto first = documents::read_csv(one.text, ignored);
  const auto second = documents::read_csv(other.text, ignored);
  if (!first || !second) return same_text(one, other);
  const auto& columns = one.media.columns;
  return std::all_of(columns.begin(), columns.end(), [&](const projector::Column& column) {
    return !column.codable ||
           cells_of(first->table, column.name.plain) == cells_of(second->table, column.name.plain);
  });
}

bool same_table(const Content& one, const Content& other) {
  return columns_of(one) == columns_of(other) && one.media.rows == other.media.rows &&
         same_codable_cells(one, other);
}

struct SourceRow {
  fb::SourceKind kind;
  bool (*alike)(const Content&, const Content&);
};

constexpr std::array kSources = {
    SourceRow{fb::SourceKind::Document, &same_text},
    SourceRow{fb::SourceKind::Memo, &same_text},
    SourceRow{fb::SourceKind::External, &same_text},
    SourceRow{fb::SourceKind::Framework, &same_text},
    SourceRow{fb::SourceKind::Pdf, &same_text_and_file},
    SourceRow{fb::SourceKind::Dataset, &same_table},
    SourceRow{fb::SourceKind::Picture, &same_file},
    SourceRow{fb::SourceKind::Audio, &same_or_no_media},
    SourceRow{fb::SourceKind::Video, &same_or_no_media},
};

}  // namespace

bool are_alike(const SourceContent& one, const SourceContent& other) {
  const auto found = std::find_if(kSources.begin(), kSources.end(),
                                  [&](const SourceRow& row) { return row.kind == one.kind; });
  if (one.sealed || other.sealed) return false;  // nobody can say
  return one.kind == other.kind && found != kSources.end() && found->alike(one, other);
}

}  // namespace qualog::transfer
