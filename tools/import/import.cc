// SPDX-License-Identifier: Apache-2.0
#include "tools/import/import.h"

#include "schema/actions.h"
#include "schema/codec.h"
#include "schema/commands.h"
#include "schema/limits.h"
#include "tools/documents/any_file.h"
#include "tools/import/add.h"
#include "tools/import/archive_media.h"
#include "tools/import/bring.h"
#include "tools/import/check_action.h"
#include "tools/import/names.h"
#include "tools/import/one_act.h"
#include "tools/interchange/input_file.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <optional>

namespace qualog::tools {

namespace {

// A project, or one source that is no text.
struct ImportedFile {
  interchange::Project project;
  ArchiveMedia media;
  std::optional<documents::Material> material;
  Digest digest{};
};

Result<Digest> digest_of(const std::filesystem::path& path) {
  QUALOG_ASSIGN(interchange::InputFile input, interchange::open_input(path));
  return interchange::digest_of(std::move(input));
}

// A name that no living project has.
Result<std::string> project_name(const engine::DataDirectory& data, const ImportRequest& request,
                                 const interchange::Project& project) {
  if (!request.name.empty()) {
    QUALOG_TRY(data.check_name_free(request.name));
    return request.name;
  }
  const bool named = !normalised_name(project.name).empty();
  NameBook book;
  QUALOG_ASSIGN(const auto projects, data.projects());
  for (const auto& info : projects)
    if (!info.deleted) book.take({}, 0, info.name);
  return book.take({}, 0, fitting_name(named ? project.name : request.file.stem().string()));
}

// The report as JSON, whole rows of it, as far as they fit into one event.
std::string report_json(const std::vector<interchange::Loss>& losses) {
  std::string json = "[";
  for (const auto& loss : losses) {
    const std::string row = boost::json::serialize(boost::json::object{
        {"element", loss.element}, {"count", loss.count}, {"reason", loss.reason}});
    if (json.size() + row.size() + 2 > limits::kTextChunkBytesMax) break;
    json += json.size() > 1 ? "," + row : row;
  }
  return json + "]";
}

// Nothing of a file may reach the log that could not be read back.
Result<void> check_actions(const Mapped& mapped) {
  if (mapped.actions.size() >= limits::kGroupEventsMax)
    return fail(Code::too_large, fmt::format("the project makes over {} events; split the project",
                                             limits::kGroupEventsMax));
  for (const auto& action : mapped.actions)
    QUALOG_TRY(
        check_action(packed(action), "please report it, with the program that wrote the file"));
  return {};
}

fb::ImportFormat format_of(const ImportedFile& file) {
  if (file.material)
    return file.material->kind == documents::MaterialKind::Dataset ? fb::ImportFormat::Table
                                                                   : fb::ImportFormat::Document;
  return interchange::is_one_text(file.project.format) ? fb::ImportFormat::PlainText
                                                       : fb::ImportFormat::RefiQda;
}

fb::CommandT import_command(Mapped mapped, const ImportRequest& request, const ImportedFile& file,
                            engine::Effects effects) {
  fb::ImportStartedT intent;
  intent.format = format_of(file);
  intent.file = plain_text(fitting_name(request.file.filename().string()));
  intent.file_hash = file.digest;
  intent.origin = machine_string(file.project.origin, 100);
  intent.report = plain_text(report_json(mapped.losses));
  std::vector<fb::ActionUnion> actions = {action_of(std::move(intent))};
  for (auto& action : mapped.actions) actions.push_back(std::move(action));
  return one_act(std::move(actions), effects);
}

Error refused(const engine::Answer& answer) {
  if (!answer.refusal) return fail(answer.code, "the import was not written: " + answer.message);
  return fail(
      Code::invalid,
      fmt::format(
          "the import was refused: {} ({}); please report it, with the program that wrote the file",
          refusal_name(answer.refusal->code), answer.refusal->detail));
}

std::vector<std::string> names_of(const interchange::Project& project) {
  std::vector<std::string> names;
  for (const auto& dialect : project.dialects) {
    const auto& owner = project.forms[dialect.form].owner;
    if (owner.kind == interchange::Kind::Source)
      names.push_back(project.sources[owner.index].name);
    else if (owner.kind == interchange::Kind::Note)
      names.push_back(project.notes[owner.index].name);
    else
      names.emplace_back();
  }
  return names;
}

Result<ImportedFile> read_source(const std::filesystem::path& path) {
  ImportedFile file;
  QUALOG_ASSIGN(auto material, documents::read_material(path));
  fit_into_events(material);
  QUALOG_TRY(check_addable(fitting_name(material.file), material));
  file.digest = material.digest;
  file.material = std::move(material);
  return file;
}

Result<ImportedFile> read_project(const std::filesystem::path& path) {
  ImportedFile file;
  QUALOG_ASSIGN(file.project, documents::read_any_file(path));
  QUALOG_ASSIGN(file.digest, digest_of(path));
  if (file.project.format == interchange::FileFormat::ProjectArchive) {
    QUALOG_ASSIGN(file.media, ArchiveMedia::read(path, file.project));
  }
  return file;
}

// An error names the file.
Result<ImportedFile> read(const std::filesystem::path& path) {
  const auto is_source = documents::is_no_text(path);
  auto file = is_source && *is_source ? read_source(path) : read_project(path);
  if (!file) return about_file(path, file.error());
  return file;
}

interchange::Counts counts_of(const ImportedFile& file) {
  if (!file.material) return interchange::count(file.project);
  interchange::Counts one;
  one.sources = 1;
  return one;
}

Mapped map_source(const documents::Material& material, const NameKey& names,
                  engine::Effects effects) {
  Mapped mapped;
  const NewSource source{engine::new_id<ItemId>(effects), fitting_name(material.file), {}};
  mapped.actions = add_actions(source, material, names);
  mapped.imported.sources = 1;
  mapped.losses = material.losses;
  return mapped;
}

// Before any event names them.
Result<void> bring_all(engine::BlobStore& store, const std::filesystem::path& path,
                       const ImportedFile& file) {
  if (!file.material) return file.media.bring(store);
  return bring_as_read(store, path.string(), {file.digest, file.material->bytes}, {});
}

}  // namespace

Result<ImportReport> import_file(const engine::DataDirectory& data, const ImportRequest& request,
                                 engine::Effects effects, const SayPart& say) {
  if (say) say("reading");
  QUALOG_ASSIGN(const auto file, read(request.file));
  const auto& project = file.project;
  ImportReport report;
  QUALOG_ASSIGN(report.project, project_name(data, request, project));
  report.counts = counts_of(file);
  report.dialects = project.dialects;
  report.dialect_sources = names_of(project);
  const auto keep = [&](const Mapped& mapped) {
    report.imported = mapped.imported;
    report.losses = mapped.losses;
  };
  const auto map = [&](const NameKey& names) -> Result<Mapped> {
    auto mapped =
        file.material
            ? map_source(*file.material, names, effects)
            : Mapper(project, names, file.digest, request.actor, file.media.files()).map();
    QUALOG_TRY(check_actions(mapped));
    keep(mapped);
    return mapped;
  };
  if (request.dry_run) {
    QUALOG_TRY(map(NameKey{Bytes(32)}));
    return report;
  }
  const auto fill = [&](engine::Project& made) -> Result<void> {
    QUALOG_ASSIGN(auto mapped, map(made.keys().name));
    QUALOG_TRY(bring_all(made.blobs(), request.file, file));
    if (say) say(fmt::format("writing {} events", mapped.actions.size() + 1));
    const auto answer =
        made.owner().ask(import_command(std::move(mapped), request, file, effects), request.actor);
    if (answer.outcome != engine::Outcome::accepted) return refused(answer);
    report.sequence = answer.sequence;
    return {};
  };
  QUALOG_ASSIGN(const auto info,
                data.create(report.project, request.actor, engine::new_id<SessionId>(effects),
                            effects, fb::ProjectOrigin::Import, fill));
  report.id = info.id;
  return report;
}

}  // namespace qualog::tools
