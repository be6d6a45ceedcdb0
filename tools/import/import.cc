// SPDX-License-Identifier: Apache-2.0
#include "tools/import/import.h"

#include "engine/decide.h"
#include "schema/actions.h"
#include "schema/limits.h"
#include "tools/import/text_chunks.h"
#include "tools/interchange/project_file.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <fstream>

namespace qualog::tools {

namespace {

Result<Digest> digest_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(Code::not_found, path.string() + ": cannot be read");
  Sha256 hash;
  std::vector<char> block(1 << 20);
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0)
    hash.add(view({block.data(), static_cast<std::size_t>(file.gcount())}));
  return hash.finish();
}

// A name that no living project has.
Result<std::string> project_name(const engine::DataDirectory& data, const ImportRequest& request,
                                 const interchange::Project& project) {
  if (!request.name.empty()) {
    QUALOG_TRY(data.check_name_free(request.name));
    return request.name;
  }
  const bool named = !normalised_name(project.name).empty();
  const std::string base = cut_to(named ? project.name : request.file.stem().string(), 400);
  std::string name = base;
  for (int number = 2; !data.check_name_free(name); ++number)
    name = fmt::format("{} ({})", base, number);
  return name;
}

std::string report_json(const std::vector<interchange::Loss>& losses) {
  boost::json::array rows;
  for (const auto& loss : losses)
    rows.push_back({{"element", loss.element}, {"count", loss.count}, {"reason", loss.reason}});
  return boost::json::serialize(rows);
}

fb::CommandT command_of(Mapped mapped, const ImportRequest& request,
                        const interchange::Project& project, const Digest& file,
                        engine::Effects effects) {
  fb::ImportStartedT intent;
  intent.format = project.format == interchange::FileFormat::PlainText ? fb::ImportFormat::PlainText
                                                                       : fb::ImportFormat::RefiQda;
  intent.file = plain_text(request.file.filename().string());
  intent.file_hash = file;
  intent.origin = cut_to(project.origin, 100);
  const std::string report = report_json(mapped.losses);
  intent.report = plain_text(text_chunks(report, limits::kTextChunkBytesMax / 2).front());
  fb::CommandT command;
  command.command_id = engine::new_id<CommandId>(effects);
  command.session = engine::new_id<SessionId>(effects);
  command.seen = engine::kLatest;
  const auto add = [&](fb::ActionUnion action) {
    command.actions.push_back(std::make_unique<fb::ProposalT>());
    command.actions.back()->action = std::move(action);
  };
  fb::ActionUnion first;
  first.Set(std::move(intent));
  add(std::move(first));
  for (auto& action : mapped.actions) add(std::move(action));
  return command;
}

Error refused(const engine::Answer& answer) {
  if (!answer.refusal) return fail(answer.code, "the import was not written: " + answer.message);
  return fail(Code::invalid,
              fmt::format("the import was refused: {} ({}); please report this file's program",
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

}  // namespace

Result<ImportReport> import_file(const engine::DataDirectory& data, const ImportRequest& request,
                                 engine::Effects effects) {
  QUALOG_ASSIGN(const auto file, digest_of(request.file));
  QUALOG_ASSIGN(const auto project, interchange::read_project_file(request.file));
  ImportReport report;
  QUALOG_ASSIGN(report.project, project_name(data, request, project));
  report.counts = interchange::count(project);
  report.dialects = project.dialects;
  report.dialect_sources = names_of(project);
  const auto keep = [&](const Mapped& mapped) {
    report.imported = mapped.imported;
    report.losses = mapped.losses;
  };
  if (request.dry_run) {
    keep(Mapper(project, NameKey{Bytes(32)}, file).map());
    return report;
  }
  const auto fill = [&](engine::Project& made) -> Result<void> {
    auto mapped = Mapper(project, made.keys().name, file).map();
    keep(mapped);
    const auto answer = made.owner().ask(
        command_of(std::move(mapped), request, project, file, effects), request.actor);
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
