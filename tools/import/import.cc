// SPDX-License-Identifier: Apache-2.0
#include "tools/import/import.h"

#include "engine/decide.h"
#include "schema/actions.h"
#include "schema/codec.h"
#include "schema/limits.h"
#include "schema/validate.h"
#include "tools/documents/any_file.h"
#include "tools/import/names.h"
#include "tools/interchange/input_file.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace qualog::tools {

namespace {

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
  Bytes bytes;
  for (const auto& action : mapped.actions) {
    fb::ProposalT proposal;
    proposal.action = action;
    pack(proposal, bytes);
    const auto& packed = trusted_proposal(bytes);
    const auto& table = *static_cast<const flatbuffers::Table*>(packed.action());
    const auto flaw = flaw_in(packed.action_type(), table);
    if (flaw)
      return fail(Code::invalid,
                  fmt::format("{}: {} {}; please report it, with the program that wrote the file",
                              action_name(action.type), flaw->field, flaw->problem));
  }
  return {};
}

fb::CommandT command_of(Mapped mapped, const ImportRequest& request,
                        const interchange::Project& project, const Digest& file,
                        engine::Effects effects) {
  fb::ImportStartedT intent;
  intent.format = interchange::is_one_text(project.format) ? fb::ImportFormat::PlainText
                                                           : fb::ImportFormat::RefiQda;
  intent.file = plain_text(fitting_name(request.file.filename().string()));
  intent.file_hash = file;
  intent.origin = machine_string(project.origin, 100);
  intent.report = plain_text(report_json(mapped.losses));
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

// The file and its digest; an error names it.
Result<std::pair<interchange::Project, Digest>> read(const std::filesystem::path& path) {
  auto project = documents::read_any_file(path);
  if (!project) return about_file(path, project.error());
  const auto digest = digest_of(path);
  if (!digest) return about_file(path, digest.error());
  return std::pair(std::move(*project), *digest);
}

}  // namespace

Result<ImportReport> import_file(const engine::DataDirectory& data, const ImportRequest& request,
                                 engine::Effects effects, const SayPart& say) {
  if (say) say("reading");
  QUALOG_ASSIGN(const auto file, read(request.file));
  const auto& project = file.first;
  const auto& digest = file.second;
  ImportReport report;
  QUALOG_ASSIGN(report.project, project_name(data, request, project));
  report.counts = interchange::count(project);
  report.dialects = project.dialects;
  report.dialect_sources = names_of(project);
  const auto keep = [&](const Mapped& mapped) {
    report.imported = mapped.imported;
    report.losses = mapped.losses;
  };
  const auto map = [&](const NameKey& names) -> Result<Mapped> {
    auto mapped = Mapper(project, names, digest, request.actor).map();
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
    if (say) say(fmt::format("writing {} events", mapped.actions.size() + 1));
    const auto answer = made.owner().ask(
        command_of(std::move(mapped), request, project, digest, effects), request.actor);
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
