// SPDX-License-Identifier: Apache-2.0
#include "tools/documents/material.h"

#include "schema/limits.h"
#include "tools/documents/any_file.h"
#include "tools/documents/media/picture.h"
#include "tools/documents/media/reader_process.h"
#include "tools/documents/office_file.h"
#include "tools/documents/tables/csv.h"
#include "tools/documents/tables/sheet_file.h"
#include "tools/interchange/entry_name.h"
#include "tools/interchange/plain_text.h"
#include "tools/interchange/project_file.h"

#include <boost/json/array.hpp>
#include <boost/json/value_to.hpp>

#include <algorithm>
#include <optional>

namespace qualog::documents {

using namespace interchange;

namespace {

constexpr std::string_view kKindNames[] = {"text", "dataset", "pdf", "picture", "audio", "video"};

Result<std::shared_ptr<const SourceText>> text_of(std::string utf8) {
  QUALOG_ASSIGN(SourceText text, decode_text(std::move(utf8), "the text of the file"));
  return std::make_shared<const SourceText>(std::move(text));
}

void keep_all(const std::vector<Loss>& rows, LossList& losses) {
  for (const Loss& row : rows) losses.add(row.kind, row.element, row.reason, row.count);
}

// ---- PDF, pictures, sound and film

// What the reader says is checked as if the file itself had said it.
template <class Number>
Number number_at(const boost::json::object& head, std::string_view key) {
  const auto* value = head.if_contains(key);
  boost::system::error_code error;
  const auto number = value != nullptr ? value->to_number<Number>(error) : Number{};
  return error ? Number{} : number;
}

bool flag_at(const boost::json::object& head, std::string_view key) {
  const auto* value = head.if_contains(key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

Result<void> read_pages(const boost::json::object& head, Material& material) {
  const Error misfit =
      fail(Code::invalid, "the pages of the file do not fit its text; export it again");
  const auto* pages = head.if_contains("pages");
  const auto* rows = pages != nullptr ? pages->if_array() : nullptr;
  if (rows == nullptr || rows->empty() || rows->size() > limits::kPdfPagesMax) return misfit;
  std::uint64_t position = 0;
  for (const auto& value : *rows) {
    const auto* row = value.if_object();
    if (row == nullptr) return misfit;
    const Page page{number_at<double>(*row, "width"), number_at<double>(*row, "height"),
                    number_at<std::uint64_t>(*row, "begin"), number_at<std::uint64_t>(*row, "end")};
    if (page.begin != position || page.end < page.begin) return misfit;
    position = page.end;
    material.pages.push_back(page);
  }
  return position == material.text->code_points ? Result<void>() : misfit;
}

Result<void> take_pdf(const InputFile& input, Material& material, LossList& losses) {
  QUALOG_ASSIGN(ReaderAnswer answer, ask_reader(input, "pdf"));
  QUALOG_ASSIGN(material.text, text_of(std::move(answer.text)));
  QUALOG_TRY(read_pages(answer.head, material));
  losses.lost("layout", "only the words of the pages are served, not how they look");
  if (flag_at(answer.head, "inner_files"))
    losses.lost("inner file", "a file inside of the PDF is left out");
  if (material.text->code_points > 0) return {};
  losses.doubt("page", "no text: the pages are pictures; use text recognition first",
               material.pages.size());
  return {};
}

template <Result<PictureSize> (*size_of)(const InputFile&)>
Result<void> take_picture(const InputFile& input, Material& material, LossList& losses) {
  QUALOG_ASSIGN(const PictureSize size, size_of(input));
  material.width = size.width;
  material.height = size.height;
  if (size.turned) losses.doubt("picture", "its size is that after the rotation that EXIF says");
  return {};
}

Result<void> take_media(const InputFile& input, Material& material, LossList&) {
  QUALOG_ASSIGN(const ReaderAnswer answer, ask_reader(input, "media"));
  material.kind = flag_at(answer.head, "video") ? MaterialKind::Video : MaterialKind::Audio;
  material.duration_ms = number_at<std::uint64_t>(answer.head, "duration_ms");
  material.width = number_at<std::uint32_t>(answer.head, "width");
  material.height = number_at<std::uint32_t>(answer.head, "height");
  return {};
}

// How a file of a kind begins. Sound and film with one beginning for both are told by their reader.
struct Beginning {
  std::size_t at;
  std::string_view bytes;
  MaterialKind kind;
  std::string_view mime;
  Result<void> (*take)(const InputFile&, Material&, LossList&);
};

using enum MaterialKind;

constexpr Beginning kBeginnings[] = {
    {0, "%PDF-", Pdf, "application/pdf", &take_pdf},
    {0, "\x89PNG\r\n\x1A\n", Picture, "image/png", &take_picture<&png_size>},
    {0, "\xFF\xD8\xFF", Picture, "image/jpeg", &take_picture<&jpeg_size>},
    {0, "ID3", Audio, "audio/mpeg", &take_media},
    {0, "\xFF\xFB", Audio, "audio/mpeg", &take_media},
    {0, "\xFF\xF3", Audio, "audio/mpeg", &take_media},
    {0, "\xFF\xF2", Audio, "audio/mpeg", &take_media},
    {0, "\xFF\xF1", Audio, "audio/aac", &take_media},
    {0, "fLaC", Audio, "audio/flac", &take_media},
    {0, "OggS", Audio, "application/ogg", &take_media},
    {0, "#!AMR", Audio, "audio/amr", &take_media},
    {8, "WAVE", Audio, "audio/wav", &take_media},
    {8, "AIFF", Audio, "audio/aiff", &take_media},
    {8, "AVI ", Video, "video/x-msvideo", &take_media},
    {4, "ftypM4A", Audio, "audio/mp4", &take_media},
    {4, "ftypqt", Video, "video/quicktime", &take_media},
    {4, "ftyp", Video, "video/mp4", &take_media},
    {0, "\x1A\x45\xDF\xA3", Video, "video/x-matroska", &take_media},
    {0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11", Video, "video/x-ms-asf", &take_media},
    {0, std::string_view("\0\0\1\xBA", 4), Video, "video/mpeg", &take_media},
};

const Beginning* beginning_of(std::string_view start) {
  for (const Beginning& row : kBeginnings) {
    if (start.size() >= row.at && start.substr(row.at).starts_with(row.bytes)) return &row;
  }
  return nullptr;
}

// ---- tables

Result<void> set_table(Table table, Material& material) {
  material.kind = Dataset;
  QUALOG_ASSIGN(material.text, text_of(canonical_csv(table)));
  material.rows = table.rows.size();
  material.columns = std::move(table.columns);
  return {};
}

Result<void> take_csv(InputFile input, Material& material, LossList& losses) {
  QUALOG_ASSIGN(const Project read, read_plain_text(std::move(input), material.file));
  material.mime = "text/csv";
  keep_all(read.losses, losses);
  QUALOG_ASSIGN(CsvTable csv, read_csv(read.forms.front().text->utf8, losses));
  if (csv.delimiter != ',') losses.doubt("delimiter", "values are divided by another than a comma");
  return set_table(std::move(csv.table), material);
}

struct SheetRow {
  OfficeKind kind;
  std::string_view mime;
  Result<Table> (*read)(Archive&, std::size_t, const std::string&, LossList&);
};
constexpr SheetRow kSheets[] = {
    {OfficeKind::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     &read_xlsx},
    {OfficeKind::Ods, "application/vnd.oasis.opendocument.spreadsheet", &read_ods}};

// Whether the archive was a spreadsheet.
Result<bool> take_sheet(InputFile input, const std::string& sheet, Material& material,
                        LossList& losses) {
  QUALOG_ASSIGN(Archive archive, Archive::open(std::move(input)));
  if (!archive.project_entries().empty()) return false;
  QUALOG_ASSIGN(const auto office, office_file(archive));
  for (const SheetRow& row : kSheets) {
    if (!office || office->kind != row.kind) continue;
    material.mime = row.mime;
    QUALOG_ASSIGN(Table table, row.read(archive, office->part, sheet, losses));
    QUALOG_TRY(set_table(std::move(table), material));
    return true;
  }
  return false;
}

// ---- texts

bool is_table_name(const std::filesystem::path& path) {
  const std::string extension = folded_name(path.extension().string());
  return extension == ".csv" || extension == ".tsv";
}

Result<void> take_text(const std::filesystem::path& path, Material& material, LossList& losses) {
  QUALOG_ASSIGN(const Project read, read_one_text(path));
  material.mime = read.format == FileFormat::PlainText ? "text/plain" : "";
  material.text = read.forms.front().text;
  keep_all(read.losses, losses);
  return {};
}

constexpr std::size_t kStartBytes = 32;

Result<void> take_as(const Beginning& row, const InputFile& input, Material& material,
                     LossList& losses) {
  material.kind = row.kind;
  material.mime = row.mime;
  return row.take(input, material, losses);
}

Result<void> take(const std::filesystem::path& path, const std::string& sheet, Material& material,
                  LossList& losses) {
  QUALOG_ASSIGN(InputFile input, open_input(path));
  QUALOG_ASSIGN(const std::string start, read_at(input, 0, kStartBytes));
  if (const Beginning* row = beginning_of(start)) return take_as(*row, input, material, losses);
  if (is_archive(start)) {
    QUALOG_ASSIGN(const bool taken, take_sheet(std::move(input), sheet, material, losses));
    return taken ? Result<void>() : take_text(path, material, losses);
  }
  if (is_table_name(path)) return take_csv(std::move(input), material, losses);
  return take_text(path, material, losses);
}

}  // namespace

std::string_view name_of(MaterialKind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

Result<Material> read_material(const std::filesystem::path& path, const std::string& sheet) {
  Material material;
  LossList losses;
  QUALOG_ASSIGN(InputFile input, open_input(path));
  material.file = path.filename().string();
  material.bytes = input.size;
  // First: who compares the file with it afterwards knows that nothing changed in between.
  QUALOG_ASSIGN(material.digest, digest_of(std::move(input)));
  QUALOG_TRY(take(path, sheet, material, losses));
  material.losses = losses.take();
  return material;
}

Result<void> read_medium(const InputFile& input, Material& material) {
  QUALOG_ASSIGN(const std::string start, read_at(input, 0, kStartBytes));
  const Beginning* row = beginning_of(start);
  if (row == nullptr) return fail(Code::invalid, "this is no PDF, picture, sound or film");
  LossList losses;
  QUALOG_TRY(take_as(*row, input, material, losses));
  for (Loss& loss : losses.take()) material.losses.push_back(std::move(loss));
  return {};
}

Result<bool> is_no_text(const std::filesystem::path& path) {
  QUALOG_ASSIGN(InputFile input, open_input(path));
  QUALOG_ASSIGN(const std::string start, read_at(input, 0, kStartBytes));
  if (beginning_of(start) != nullptr) return true;
  if (!is_archive(start)) return is_table_name(path);
  auto archive = Archive::open(std::move(input));
  if (!archive || !archive->project_entries().empty()) return false;
  const auto office = office_file(*archive);
  return office && *office &&
         std::any_of(std::begin(kSheets), std::end(kSheets),
                     [&](const auto& row) { return row.kind == (*office)->kind; });
}

}  // namespace qualog::documents
