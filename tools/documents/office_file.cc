// SPDX-License-Identifier: Apache-2.0
#include "tools/documents/office_file.h"

#include "schema/limits.h"
#include "tools/interchange/xml_stream.h"

#include <string>
#include <string_view>

namespace qualog::documents {

using namespace interchange;

namespace {

constexpr std::uint64_t kSmallPartBytesMax = 1024 * 1024;

struct KindRow {
  std::string_view mark;  // where the main part lies, or how the mimetype begins
  OfficeKind kind;
};

constexpr KindRow kOoxmlKinds[] = {{"word/", OfficeKind::Docx}, {"xl/", OfficeKind::Xlsx}};
constexpr KindRow kOdfKinds[] = {
    {"application/vnd.oasis.opendocument.text", OfficeKind::Odt},
    {"application/vnd.oasis.opendocument.spreadsheet", OfficeKind::Ods}};

Result<OfficeFile> of_kind(std::span<const KindRow> kinds, std::string_view mark,
                           std::size_t part) {
  for (const KindRow& row : kinds) {
    if (mark.starts_with(row.mark)) return OfficeFile{row.kind, part};
  }
  return fail(Code::invalid, "this kind of office file is not read; save it as .docx or .odt");
}

Result<XmlStream> open_part(Archive& archive, std::size_t part) {
  QUALOG_ASSIGN(ByteSource bytes, archive.stream(part, kSmallPartBytesMax));
  return XmlStream::open(std::move(bytes), archive.label(part));
}

// ---- Office Open XML

struct Relationship {
  std::string target;
  bool external = false;
};

Result<std::optional<Relationship>> main_relationship(Archive& archive, std::size_t part) {
  QUALOG_ASSIGN(XmlStream xml, open_part(archive, part));
  while (true) {
    QUALOG_ASSIGN(const XmlEvent event, xml.next());
    if (event == XmlEvent::Finish) return std::optional<Relationship>();
    if (event != XmlEvent::Start || xml.local_name() != "Relationship") continue;
    if (!xml.take("Type").value_or("").ends_with("/officeDocument")) continue;
    return std::optional(Relationship{std::string(xml.take("Target").value_or("")),
                                      xml.take("TargetMode").value_or("") == "External"});
  }
}

Result<OfficeFile> ooxml_file(Archive& archive, std::size_t relationships) {
  QUALOG_ASSIGN(const auto main, main_relationship(archive, relationships));
  if (!main) return fail(Code::invalid, "the office file names no main part; save it again");
  std::string_view target = main->target;
  while (target.starts_with('/')) target.remove_prefix(1);
  const auto part = main->external ? std::nullopt : archive.find(target);
  if (part) return of_kind(kOoxmlKinds, target, *part);
  return fail(Code::invalid,
              "the main part of the office file is not in it, and no path out of it is followed; "
              "save it again");
}

// ---- OpenDocument

Result<bool> is_locked(Archive& archive) {
  const auto manifest = archive.find("META-INF/manifest.xml");
  if (!manifest) return false;
  QUALOG_ASSIGN(XmlStream xml, open_part(archive, *manifest));
  while (true) {
    QUALOG_ASSIGN(const XmlEvent event, xml.next());
    if (event == XmlEvent::Finish) return false;
    if (event == XmlEvent::Start && xml.local_name() == "encryption-data") return true;
  }
}

Result<OfficeFile> odf_file(Archive& archive, std::size_t mimetype, std::size_t content) {
  constexpr std::uint64_t kMimetypeBytesMax = 256;
  QUALOG_ASSIGN(const ByteSource bytes, archive.stream(mimetype, kMimetypeBytesMax));
  QUALOG_ASSIGN(const std::string mime,
                read_all(bytes, kMimetypeBytesMax, kMimetypeBytesMax, archive.label(mimetype)));
  QUALOG_ASSIGN(const bool locked, is_locked(archive));
  if (locked) return fail(Code::invalid, "the document is locked; save it without a password");
  return of_kind(kOdfKinds, mime, content);
}

}  // namespace

Result<std::optional<OfficeFile>> office_file(Archive& archive) {
  const auto wrap = [](Result<OfficeFile> found) -> Result<std::optional<OfficeFile>> {
    if (!found) return found.error();
    return std::optional(*found);
  };
  const auto types = archive.find("[Content_Types].xml");
  const auto relationships = archive.find("_rels/.rels");
  if (types && relationships) return wrap(ooxml_file(archive, *relationships));
  const auto mimetype = archive.find("mimetype"), content = archive.find("content.xml");
  if (mimetype && content) return wrap(odf_file(archive, *mimetype, *content));
  return std::optional<OfficeFile>();
}

}  // namespace qualog::documents
