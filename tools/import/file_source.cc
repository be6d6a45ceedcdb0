// SPDX-License-Identifier: Apache-2.0
#include "tools/import/file_source.h"

#include "tools/import/names.h"

#include <cmath>

namespace qualog::tools {

namespace {

using documents::ColumnType;
using documents::Material;

constexpr double kThousandthsOfPoint = 1000;
constexpr double kPageSideMax = 4e9;

// In the order of documents::MaterialKind.
constexpr fb::SourceKind kKindsOfMaterial[] = {fb::SourceKind::Document, fb::SourceKind::Dataset,
                                               fb::SourceKind::Pdf,      fb::SourceKind::Picture,
                                               fb::SourceKind::Audio,    fb::SourceKind::Video};
// In the order of documents::ColumnType.
constexpr fb::ColumnType kColumnTypes[] = {fb::ColumnType::Text,    fb::ColumnType::Integer,
                                           fb::ColumnType::Decimal, fb::ColumnType::Boolean,
                                           fb::ColumnType::Date,    fb::ColumnType::DateTime};

template <std::size_t n, class Kind>
auto same_in(const auto(&table)[n], Kind kind) {
  return table[static_cast<std::size_t>(kind)];
}

void add_pages(fb::SourceImportedT& source, const Material& material) {
  for (const auto& page : material.pages) {
    fb::PageT made;
    made.width = page_side(page.width);
    made.height = page_side(page.height);
    made.begin = static_cast<std::uint32_t>(page.begin);
    made.end = static_cast<std::uint32_t>(page.end);
    source.pages.push_back(std::make_unique<fb::PageT>(made));
  }
}

void add_columns(fb::SourceImportedT& source, const Material& material) {
  for (const auto& column : material.columns) {
    auto made = std::make_unique<fb::ColumnT>();
    made->name = plain_text(column.name);
    made->type = same_in(kColumnTypes, column.type);
    made->codable = column.type == ColumnType::Text;
    source.columns.push_back(std::move(made));
  }
}

}  // namespace

std::unique_ptr<fb::BlobT> blob_of(const Digest& hash, std::uint64_t size, const std::string& mime,
                                   std::string_view file) {
  auto blob = std::make_unique<fb::BlobT>();
  blob->hash = hash;
  blob->size = size;
  blob->mime = mime;
  blob->file = plain_text(file);
  return blob;
}

std::uint32_t page_side(double points) {
  const double side = std::round(points * kThousandthsOfPoint);
  return side > 0 && side < kPageSideMax ? static_cast<std::uint32_t>(side) : 0;
}

void describe_file(fb::SourceImportedT& source, const Material& material) {
  source.kind = same_in(kKindsOfMaterial, material.kind);
  source.blob =
      blob_of(material.digest, material.bytes, material.mime, fitting_name(material.file));
  source.duration_ms = static_cast<std::uint32_t>(material.duration_ms);
  source.width = material.width;
  source.height = material.height;
  source.rows = static_cast<std::uint32_t>(material.rows);
  add_pages(source, material);
  add_columns(source, material);
}

fb::SourceImportedT file_source(const NewSource& source, const Material& material,
                                const NameKey& names) {
  fb::SourceImportedT made;
  made.id = source.id;
  made.name = name_text(names, source.name);
  made.folder = source.folder;
  describe_file(made, material);
  return made;
}

}  // namespace qualog::tools
