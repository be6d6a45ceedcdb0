// SPDX-License-Identifier: Apache-2.0
#include "tools/documents/any_file.h"

#include "tools/documents/docx.h"
#include "tools/documents/odt.h"
#include "tools/documents/office_file.h"
#include "tools/interchange/plain_text.h"
#include "tools/interchange/project_file.h"

#include <string_view>

namespace qualog::documents {

using namespace interchange;

namespace {

using ReadText = Result<std::string> (*)(Archive&, std::size_t, LossList&);
struct ReaderRow {
  OfficeKind kind;
  ReadText read;
};
constexpr ReaderRow kReaders[] = {{OfficeKind::Docx, &read_docx}, {OfficeKind::Odt, &read_odt}};

// Files that would pass for texts, or for nothing that a message could name.
struct RefusedRow {
  std::string_view start;
  std::string_view words;
};
constexpr RefusedRow kRefused[] = {
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
     "this is an old or locked office file; save it as .docx or .odt, without a password"},
    {"{\\rtf", "this is a .rtf file; save it as .docx, .odt or .txt"}};

Result<Project> read_office(Archive& archive, const OfficeFile& office, std::string name) {
  LossList losses;
  for (const ReaderRow& row : kReaders) {
    if (row.kind != office.kind) continue;
    QUALOG_ASSIGN(std::string utf8, row.read(archive, office.part, losses));
    QUALOG_ASSIGN(SourceText text, decode_text(std::move(utf8), "the text of the document"));
    return project_of_text(std::move(text), FileFormat::Document, std::move(name), losses);
  }
  return fail(Code::invalid, "this is a spreadsheet, not a text; save it as .docx, .odt or .txt");
}

Result<Project> read_archive(InputFile input, std::string name) {
  QUALOG_ASSIGN(Archive archive, Archive::open(std::move(input)));
  if (!archive.project_entries().empty()) return read_project_archive(std::move(archive));
  QUALOG_ASSIGN(const auto office, office_file(archive));
  if (office) return read_office(archive, *office, std::move(name));
  return read_project_archive(std::move(archive));
}

}  // namespace

Result<Project> read_any_file(const std::filesystem::path& path) {
  constexpr std::size_t kStartBytes = 16;
  QUALOG_ASSIGN(InputFile input, open_input(path));
  QUALOG_ASSIGN(const std::string start, read_at(input, 0, kStartBytes));
  for (const RefusedRow& row : kRefused) {
    if (start.starts_with(row.start)) return fail(Code::invalid, std::string(row.words));
  }
  if (is_archive(start)) return read_archive(std::move(input), path.filename().string());
  return read_project_file(path);
}

Result<Project> read_one_text(const std::filesystem::path& path) {
  QUALOG_ASSIGN(Project project, read_any_file(path));
  if (is_one_text(project.format)) return project;
  return fail(Code::invalid,
              "this is a project, not the text of one source; qualog project import reads it");
}

}  // namespace qualog::documents
