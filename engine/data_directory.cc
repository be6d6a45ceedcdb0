// SPDX-License-Identifier: Apache-2.0
#include "engine/data_directory.h"

#include "projector/items.h"
#include "projector/state/durable_file.h"
#include "schema/text_check.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <functional>

namespace qualog::engine {

namespace {

namespace fs = std::filesystem;

constexpr const char* kFormatFile = "qualog.format";
constexpr const char* kFormat = "qualog data directory 1";
constexpr const char* kFormatOfAny = "qualog data directory ";
constexpr const char* kUnfinished = ".new";

// Each new level has its name made durable in the one above it; the last one also when it is there:
// an init that was cut may have made it.
Result<void> make_path(const fs::path& path) {
  const auto parent = path.parent_path();
  if (!parent.empty() && !fs::exists(parent)) QUALOG_TRY(make_path(parent));
  std::error_code error;
  fs::create_directory(path, error);
  if (error) return fail(Code::io, fmt::format("{}: {}", path.string(), error.message()));
  return projector::sync_directory(parent);
}

// Whether this is all that an init which was not finished may have left.
bool is_unfinished(const fs::path& path) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path, error)) {
    const auto name = entry.path().filename();
    const bool is_ours = name == "projects" || name == "keys";
    if (is_ours ? !fs::is_empty(entry.path(), error) : name != std::string(kFormatFile) + ".new")
      return false;
  }
  return !error;
}

Result<void> check_private(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || (status.st_mode & 077) == 0) return {};
  return fail(Code::forbidden,
              fmt::format("{}: others may enter it (mode {:o}); run chmod 700 on it, or say that "
                          "they may with --allow-others",
                          path.string(), status.st_mode & 0777));
}

Result<void> check_there(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return {};
  return fail(Code::not_found,
              fmt::format("{}: no such data directory; make one with qualog init", path.string()));
}

Result<void> check_format(const fs::path& path) {
  std::ifstream file(path / kFormatFile);
  std::string line;
  if (!file || !std::getline(file, line))
    return fail(Code::not_found,
                fmt::format("{}: not a data directory; make one with qualog init", path.string()));
  if (line == kFormat) return {};
  if (line.starts_with(kFormatOfAny))
    return fail(Code::too_new,
                fmt::format("{}: made by another version of qualog; use that one", path.string()));
  return fail(Code::not_found, fmt::format("{}: no data directory, its {} is another file",
                                           path.string(), kFormatFile));
}

// Name, life and head of a project.
ProjectInfo info_of(const DataDirectory& data, const ProjectId& id) {
  ProjectInfo info;
  info.id = id;
  const auto view = View::open(data.place_of(id));
  if (!view) {
    info.problem = view.error().message;
    return info;
  }
  const auto& state = (*view)->state();
  info.sequence = (*view)->head();
  if (const auto row = projector::item(state, projector::kProjectItem)) {
    using projector::Facet;
    info.name = projector::value_of<projector::Props>(*row, Facet::Props).name.plain;
    info.deleted = projector::value_of<projector::Life>(*row, Facet::Life).state !=
                   projector::LifeState::Alive;
  }
  return info;
}

fb::CommandT creation(std::string_view name, const NameKey& key, const LineageId& lineage,
                      fb::ProjectOrigin origin, const SessionId& session, Effects effects) {
  fb::ProjectCreatedT action;
  action.lineage = lineage;
  action.title = name_text(key, name);
  action.origin = origin;
  fb::CommandT command;
  command.command_id = new_id<CommandId>(effects);
  command.session = session;
  command.actions.push_back(std::make_unique<fb::ProposalT>());
  command.actions.front()->action.Set(std::move(action));
  return command;
}

}  // namespace

Result<void> DataDirectory::init(const fs::path& path) {
  std::error_code error;
  if (fs::exists(path) && !fs::is_empty(path, error) && !is_unfinished(path))
    return fail(Code::invalid,
                fmt::format("{}: not empty; name a new or empty directory", path.string()));
  QUALOG_TRY(make_path(path));
  for (const auto& place : {path, path / "projects", path / "keys"})
    QUALOG_TRY(projector::make_private_directory(place));
  QUALOG_TRY(projector::sync_directory(path));
  // Last: from then on it is a data directory.
  return projector::write_durably(path / kFormatFile, std::string(kFormat) + "\n");
}

Result<DataDirectory> DataDirectory::open(const fs::path& path, Others others) {
  QUALOG_TRY(check_there(path));
  QUALOG_TRY(check_format(path));
  if (others == Others::refused)
    for (const auto& place : {path, path / "projects", path / "keys"})
      QUALOG_TRY(check_private(place));
  return DataDirectory(path);
}

ProjectPlace DataDirectory::place_of(const ProjectId& id) const {
  return {path_ / "projects" / id.text(), path_ / "keys", id};
}

std::vector<ProjectInfo> DataDirectory::projects() const {
  std::vector<ProjectInfo> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path_ / "projects", error))
    if (const auto id = ProjectId::parse(entry.path().filename().string()))
      found.push_back(info_of(*this, *id));
  std::sort(found.begin(), found.end(), [](const ProjectInfo& a, const ProjectInfo& b) {
    return std::tie(a.name, a.id) < std::tie(b.name, b.id);
  });
  return found;
}

namespace {

// Leaves the better ones, where there are any.
template <class Better>
void prefer(std::vector<ProjectInfo>& found, Better better) {
  if (std::any_of(found.begin(), found.end(), better)) std::erase_if(found, std::not_fn(better));
}

}  // namespace

Result<ProjectPlace> DataDirectory::find(std::string_view name_or_id) const {
  if (const auto id = ProjectId::parse(name_or_id); id && fs::exists(place_of(*id).directory))
    return place_of(*id);
  auto matches = projects();
  const bool unreadable = std::any_of(matches.begin(), matches.end(),
                                      [](const auto& info) { return !info.problem.empty(); });
  const auto normalised = is_text(name_or_id) ? normalised_name(name_or_id) : "";
  std::erase_if(matches, [&](const auto& info) {
    return !info.problem.empty() || normalised_name(info.name) != normalised;
  });
  prefer(matches, [&](const auto& info) { return info.name == name_or_id; });
  // A deleted project gives its name up; it is still found while nobody else has it.
  prefer(matches, [](const auto& info) { return !info.deleted; });
  if (matches.size() == 1) return place_of(matches.front().id);
  if (matches.empty())
    return fail(Code::not_found,
                fmt::format("no project \"{}\" here{}; qualog project ls lists them", name_or_id,
                            unreadable ? ", but some cannot be read: name those by id" : ""));
  return fail(Code::invalid,
              fmt::format("several projects are called \"{}\"; name it by its id", name_or_id));
}

Result<void> DataDirectory::check_name_free(std::string_view name) const {
  if (const auto flaw = flaw_in_name(name))
    return fail(flaw->too_large ? Code::too_large : Code::invalid,
                "the name of a project " + flaw->problem);
  if (normalised_name(name).empty())
    return fail(Code::invalid, "the name of a project must not be blank");
  for (const auto& info : projects())
    if (!info.deleted && normalised_name(info.name) == normalised_name(name))
      return fail(Code::invalid, fmt::format("there is a project \"{}\" already; choose another "
                                             "name",
                                             info.name));
  return {};
}

Result<void> DataDirectory::build(
    const ProjectId& id, FunctionRef<Result<void>(const ProjectPlace& temporary)> fill) const {
  const auto place = place_of(id);
  const ProjectPlace temporary{place.directory.string() + kUnfinished, place.keys, id};
  log::PosixFiles files;
  // What an init that was cut has left may be shown and not durable.
  QUALOG_TRY(files.sync_directory(path_.string()));
  auto built = fill(temporary);
  if (built) built = files.rename(temporary.directory.string(), place.directory.string());
  if (built) {
    const auto durable = files.sync_directory((path_ / "projects").string());
    if (durable) return {};
    return fail(Code::unknown_outcome,
                fmt::format("the project {} is there, but may be gone after a loss of power: {}; "
                            "see whether qualog project ls shows it",
                            id.text(), durable.error().message));
  }
  std::error_code ignored;
  fs::remove_all(temporary.directory, ignored);
  return built;
}

namespace {

// The log with its first event, in a place that nobody sees yet.
Result<void> begin_project(Project& project, std::string_view name, std::string_view actor,
                           const LineageId& lineage, const SessionId& session, Effects effects,
                           fb::ProjectOrigin origin) {
  const auto answer = project.owner().ask(
      creation(name, project.keys().name, lineage, origin, session, effects), std::string(actor));
  if (answer.outcome == Outcome::accepted) return {};
  return fail(answer.code, "the project was not created: " + answer.message);
}

// The last event: behind the last answer lies the profile of who made the project.
Result<Sequence> last_event(const Project& project) {
  QUALOG_ASSIGN(const auto state, project.read());
  const auto applied = applied_of(*state);
  return applied ? applied->head.sequence() : Sequence{};
}

}  // namespace

Result<ProjectInfo> DataDirectory::create(std::string_view name, std::string_view actor,
                                          const SessionId& session, Effects effects,
                                          fb::ProjectOrigin origin, Fill fill) const {
  QUALOG_TRY(check_name_free(name));
  ProjectInfo info{new_id<ProjectId>(effects), std::string(name), false, {}, {}};
  const auto lineage = new_id<LineageId>(effects);
  const auto make = [&](const ProjectPlace& temporary) -> Result<void> {
    QUALOG_TRY(Project::create(temporary, lineage, effects));
    QUALOG_ASSIGN(auto project, Project::open(temporary, effects));
    QUALOG_TRY(begin_project(*project, name, actor, lineage, session, effects, origin));
    QUALOG_TRY(fill(*project));
    QUALOG_ASSIGN(info.sequence, last_event(*project));
    return project->close();
  };
  // Nothing may fail behind it: the project is there.
  QUALOG_TRY(build(info.id, make));
  return info;
}

Result<ProjectInfo> DataDirectory::create(std::string_view name, std::string_view actor,
                                          const SessionId& session, Effects effects) const {
  const auto nothing = [](Project&) -> Result<void> { return {}; };
  return create(name, actor, session, effects, fb::ProjectOrigin::New, nothing);
}

}  // namespace qualog::engine
