// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/project_file.h"

#include "schema/limits.h"
#include "tools/interchange/entry_name.h"
#include "tools/interchange/plain_text.h"
#include "tools/interchange/refi/attribute_values.h"
#include "tools/interchange/refi/model_builder.h"
#include "tools/interchange/refi/placement.h"
#include "tools/interchange/refi/reconcile.h"
#include "tools/interchange/refi/text_loader.h"

#include <fmt/format.h>

namespace qualog::interchange {

namespace {

Result<void> build_model(ByteSource source, Project& project, LossList& losses) {
  QUALOG_ASSIGN(XmlStream xml, XmlStream::open(std::move(source), "the project file"));
  ModelBuilder builder(project, losses);
  while (true) {
    QUALOG_ASSIGN(const XmlEvent event, xml.next());
    switch (event) {
      case XmlEvent::Start:
        QUALOG_TRY(builder.open(xml));
        break;
      case XmlEvent::Text:
        QUALOG_TRY(builder.text(xml));
        break;
      case XmlEvent::End:
        builder.close();
        break;
      case XmlEvent::Finish:
        return {};
    }
  }
}

Result<Project> read_project(ByteSource xml, Archive* archive, LossList& losses) {
  Project project;
  QUALOG_TRY(build_model(std::move(xml), project, losses));
  reconcile(project, losses);
  QUALOG_TRY(load_texts(project, archive, losses));
  find_annotations(project, losses);
  place_selections(project, losses);
  report_unserved(project, losses);
  project.losses = losses.take();
  return project;
}

}  // namespace

Result<Project> read_project_archive(Archive archive) {
  const std::vector<std::size_t> entries = archive.project_entries();
  if (entries.empty()) {
    return fail(Code::invalid,
                "the archive has no .qde file in its root; export the project again "
                "as REFI-QDA");
  }
  LossList losses;
  losses.lost("project.qde", "a second project file in the archive", entries.size() - 1);
  QUALOG_ASSIGN(ByteSource xml, archive.stream(entries[0], limits::kProjectXmlBytesMax));
  QUALOG_ASSIGN(Project project, read_project(std::move(xml), &archive, losses));
  project.format = FileFormat::ProjectArchive;
  return project;
}

bool is_archive(std::string_view start) {
  return start.starts_with("PK\3\4") || start.starts_with("PK\5\6");
}

namespace {

bool is_xml(std::string_view start, std::string_view extension) {
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  start = trimmed_value(start);
  for (const std::string_view opening : {"<?xml", "<!DOCTYPE", "<Project", "<CodeBook"}) {
    if (start.starts_with(opening)) return true;
  }
  return extension == ".qde" || extension == ".qdc";
}

}  // namespace

Result<Project> read_project_xml(ByteSource xml) {
  LossList losses;
  return read_project(std::move(xml), nullptr, losses);
}

Result<Project> read_project_file(const std::filesystem::path& path) {
  constexpr std::size_t kStartBytes = 256;
  QUALOG_ASSIGN(InputFile input, open_input(path));
  QUALOG_ASSIGN(const std::string start, read_at(input, 0, kStartBytes));
  const std::string extension = folded_name(path.extension().string());
  if (is_archive(start)) {
    QUALOG_ASSIGN(Archive archive, Archive::open(std::move(input)));
    return read_project_archive(std::move(archive));
  }
  if (extension == ".qdpx") {
    return fail(Code::invalid, "the file is no .qdpx archive; export the file again");
  }
  if (!is_xml(start, extension)) {
    return read_plain_text(std::move(input), path.filename().string());
  }
  if (input.size > limits::kProjectXmlBytesMax) {
    return fail(Code::too_large, fmt::format("the project file is over {} bytes; split the project",
                                             limits::kProjectXmlBytesMax));
  }
  return read_project_xml(file_source(std::move(input)));
}

}  // namespace qualog::interchange
