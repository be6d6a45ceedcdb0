// SPDX-License-Identifier: Apache-2.0
#include "engine/data_directory.h"

#include "engine/blobs/directory_blobs.h"
#include "engine/kafka_registry.h"
#include "engine/kafka_settings.h"
#include "projector/items.h"
#include "projector/state/durable_file.h"
#include "projector/state/open.h"
#include "schema/commands.h"
#include "schema/text_check.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <functional>
#include <map>

namespace qualog::engine {

namespace {

namespace fs = std::filesystem;

constexpr const char* kSettingsFile = "kafka.conf";

Error cannot_be_made(const fs::path& path, const std::error_code& why) {
  return fail(Code::io,
              fmt::format("{}: {}; name another directory", path.string(), why.message()));
}

// Error: whether it is there cannot be known.
Result<bool> is_taken(const fs::path& path) {
  std::error_code error;
  const bool found = fs::exists(path, error);
  if (error) return cannot_be_made(path, error);
  return found;
}

// Each new level has its name made durable in the one above it; the last one also when it is there:
// an init that was cut may have made it.
Result<void> make_path(const fs::path& path) {
  const auto parent = path.parent_path();
  QUALOG_ASSIGN(const bool has_parent, parent.empty() ? Result<bool>(true) : is_taken(parent));
  if (!has_parent) QUALOG_TRY(make_path(parent));
  std::error_code error;
  fs::create_directory(path, error);
  if (error) return cannot_be_made(path, error);
  return projector::sync_directory(parent);
}

Result<bool> is_empty_directory(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return false;
  QUALOG_ASSIGN(const auto entries, projector::entries_of(path));
  return entries.empty();
}

// What an init which was not finished may have left.
Result<bool> is_of_init(const fs::path& entry) {
  const auto name = entry.filename();
  if (name == "projects" || name == "keys") return is_empty_directory(entry);
  return name == "qualog.format.new" || name == kSettingsFile ||
         name == std::string(kSettingsFile) + ".new";
}

// A directory that is empty, or has nothing else.
Result<bool> is_unfinished(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return false;
  QUALOG_ASSIGN(const auto entries, projector::entries_of(path));
  for (const auto& entry : entries) {
    QUALOG_ASSIGN(const bool is_ours, is_of_init(entry));
    if (!is_ours) return false;
  }
  return true;
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
  const auto type = fs::status(path, error).type();
  // Of what cannot be looked at, read_layout() says so.
  if (type == fs::file_type::directory || type == fs::file_type::none) return {};
  return fail(Code::not_found,
              fmt::format("{}: no such data directory; make one with qualog init", path.string()));
}

// Where there is no such file, the cluster needs none.
Result<log::KafkaSettings> settings_in(const fs::path& path) {
  auto file = read_kafka_settings(path / kSettingsFile);
  if (file) return std::move(file->settings);
  if (file.error().code == Code::not_found) return log::KafkaSettings{};
  return file.error();
}

// One cluster a process and namespace: its connections and threads are shared.
std::shared_ptr<log::KafkaCluster> shared_cluster(log::KafkaPlan plan) {
  static std::map<std::string, std::weak_ptr<log::KafkaCluster>> known;
  auto& found = known[log::text_of(plan.address)];
  if (auto cluster = found.lock(); cluster && cluster->plan().settings == plan.settings)
    return cluster;
  const auto made = std::make_shared<log::KafkaCluster>(std::move(plan));
  found = made;
  return made;
}

Result<log::KafkaPlan> plan_of(const fs::path& path, const KafkaLayout& layout) {
  QUALOG_ASSIGN(auto settings, settings_in(path));
  return log::KafkaPlan{layout.address, std::move(settings), layout.replication};
}

Result<std::shared_ptr<Registry>> registry_of(const fs::path& path, const DataLayout& layout) {
  if (!layout.kafka) return std::shared_ptr<Registry>(new FileRegistry(path / "projects"));
  QUALOG_TRY(check_store(layout.kafka->keys));
  QUALOG_TRY(check_store(layout.kafka->blobs));
  QUALOG_ASSIGN(auto plan, plan_of(path, *layout.kafka));
  return std::shared_ptr<Registry>(new KafkaRegistry(shared_cluster(std::move(plan))));
}

// Name and life of a project.
void describe(const projector::Reader& state, ProjectInfo& info) {
  using projector::Facet;
  const auto row = projector::item(state, projector::kProjectItem);
  if (!row) return;
  info.name = projector::value_of<projector::Props>(*row, Facet::Props).name.plain;
  info.deleted =
      projector::value_of<projector::Life>(*row, Facet::Life).state != projector::LifeState::Alive;
}

// As this machine has last folded it: the log is not read for a list, unless it never was.
bool describe_as_folded(const ProjectPlace& place, ProjectInfo& info) {
  const auto state = projector::open_state_for_reading(place.state());
  if (!state || *state == nullptr) return false;
  const auto txn = projector::ReadTransaction::begin(**state);
  const auto applied = txn ? applied_of(**txn) : std::nullopt;
  if (!applied) return false;
  info.sequence = applied->head.sequence();
  const auto moved = projector::read_small(place.moved());
  if (!moved && moved.error().code != Code::not_found) return false;
  info.moved = moved ? *moved : "";
  describe(**txn, info);
  return true;
}

void describe_now(const ProjectPlace& place, ProjectInfo& info) {
  const auto view = View::open(place);
  if (!view) {
    info.problem = view.error();
    return;
  }
  info.sequence = (*view)->head();
  if (const auto& seal = (*view)->summary().seal) info.moved = seal->place;
  describe((*view)->state(), info);
}

fb::CommandT creation(std::string_view name, const NameKey& key, const LineageId& lineage,
                      fb::ProjectOrigin origin, const SessionId& session, Effects effects) {
  fb::ProjectCreatedT action;
  action.lineage = lineage;
  action.title = name_text(key, name);
  action.origin = origin;
  return command_of(new_id<CommandId>(effects), session, {action_of(std::move(action))});
}

}  // namespace

Result<void> DataDirectory::check_usable(const fs::path& path) {
  QUALOG_ASSIGN(const bool found, is_taken(path));
  QUALOG_ASSIGN(const bool usable, found ? is_unfinished(path) : Result<bool>(true));
  if (usable) return {};
  return fail(Code::invalid,
              fmt::format("{}: not empty; name a new or empty directory", path.string()));
}

Result<void> DataDirectory::init(const fs::path& path, const DataLayout& layout,
                                 std::string_view settings) {
  QUALOG_TRY(check_usable(path));
  QUALOG_TRY(make_path(path));
  std::vector<fs::path> places = {path, path / "projects"};
  if (!layout.kafka) places.push_back(path / "keys");
  for (const auto& place : places) QUALOG_TRY(projector::make_private_directory(place));
  QUALOG_TRY(projector::sync_directory(path));
  if (!settings.empty()) QUALOG_TRY(projector::write_durably(path / kSettingsFile, settings));
  // Last: from then on it is a data directory.
  return write_layout(path, layout);
}

Result<DataDirectory> DataDirectory::open(const fs::path& path, Others others) {
  QUALOG_TRY(check_there(path));
  QUALOG_ASSIGN(const auto layout, read_layout(path));
  const auto keys = layout.kafka ? layout.kafka->keys.path : path / "keys";
  if (others == Others::refused)
    for (const auto& place : {path, path / "projects", keys}) QUALOG_TRY(check_private(place));
  QUALOG_ASSIGN(auto registry, registry_of(path, layout));
  const auto blobs = layout.kafka ? layout.kafka->blobs.path : fs::path();
  return DataDirectory(path, keys, blobs, std::move(registry));
}

fs::path DataDirectory::directory_of(const ProjectId& id) const {
  return path_ / "projects" / id.text();
}

// In a shared store they have their place from the first on: what is there is never wrong.
std::shared_ptr<BlobStore> DataDirectory::blobs_of(const ProjectId& id,
                                                   const fs::path& directory) const {
  return blobs_in((blobs_.empty() ? directory / "blobs" : blobs_ / id.text()).string());
}

ProjectPlace DataDirectory::place_of(const ProjectId& id) const {
  const auto directory = directory_of(id);
  return {directory, keys_, id, registry_->log_of(id, directory), blobs_of(id, directory)};
}

ProjectPlace DataDirectory::unpublished_place_of(const ProjectId& id) const {
  const fs::path directory = directory_of(id).string() + kUnfinished;
  return {directory, keys_, id, registry_->unpublished_log_of(id, directory),
          blobs_of(id, directory)};
}

Result<std::vector<ProjectId>> DataDirectory::unpublished_ids() const {
  QUALOG_ASSIGN(const auto entries, projector::entries_of(path_ / "projects"));
  std::vector<ProjectId> found;
  for (const auto& entry : entries) {
    const auto id = ProjectId::parse(entry.stem().string());
    if (id && entry.extension() == kUnfinished) found.push_back(*id);
  }
  return found;
}

std::string DataDirectory::address() const { return registry_->address(); }

ProjectInfo DataDirectory::info_of(const ProjectId& id, Names names) const {
  ProjectInfo info;
  info.id = id;
  const auto place = place_of(id);
  const bool as_folded = place.log->is_shared() && names == Names::as_folded;
  if (!as_folded || !describe_as_folded(place, info)) describe_now(place, info);
  return info;
}

Result<std::optional<log::KafkaPlan>> cluster_of(const fs::path& path) {
  QUALOG_TRY(check_there(path));
  QUALOG_ASSIGN(const auto layout, read_layout(path));
  if (!layout.kafka) return std::optional<log::KafkaPlan>();
  QUALOG_ASSIGN(auto plan, plan_of(path, *layout.kafka));
  return std::optional(std::move(plan));
}

Result<std::vector<ProjectInfo>> DataDirectory::projects(Names names) const {
  QUALOG_ASSIGN(const auto ids, project_ids());
  std::vector<ProjectInfo> found;
  for (const auto& id : ids) found.push_back(info_of(id, names));
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
  if (const auto id = ProjectId::parse(name_or_id)) {
    QUALOG_ASSIGN(const bool is_there, registry_->has(*id));
    QUALOG_ASSIGN(const bool purged, is_purged(*id));
    if (purged)
      return fail(Code::not_found, fmt::format("the project {} was purged: it is gone "
                                               "for good",
                                               id->text()));
    if (is_there) return place_of(*id);
  }
  if (registry_->is_shared()) {
    const auto found = find_named(name_or_id, Names::as_folded);
    if (!found && found.error().code != Code::not_found && found.error().code != Code::invalid)
      return found.error();
    QUALOG_ASSIGN(const bool is_current, found ? is_still(*found) : Result<bool>(false));
    if (is_current) return place_of(found->id);
  }
  QUALOG_ASSIGN(const auto found, find_named(name_or_id, Names::now));
  return place_of(found.id);
}

// Whether its log says so too. What is damaged is whoever opens it told.
Result<bool> DataDirectory::is_still(const ProjectInfo& folded) const {
  const auto view = View::open(place_of(folded.id));
  if (!view && view.error().code == Code::damaged) return true;
  if (!view) return view.error();
  ProjectInfo now;
  describe((*view)->state(), now);
  return now.name == folded.name && now.deleted == folded.deleted &&
         (*view)->summary().seal.has_value() == !folded.moved.empty();
}

Result<ProjectInfo> DataDirectory::find_named(std::string_view name_or_id, Names names) const {
  QUALOG_ASSIGN(auto matches, projects(names));
  const bool unreadable = std::any_of(matches.begin(), matches.end(),
                                      [](const auto& info) { return info.problem.has_value(); });
  const auto normalised = is_text(name_or_id) ? normalised_name(name_or_id) : "";
  std::erase_if(matches, [&](const auto& info) {
    return info.problem || normalised_name(info.name) != normalised;
  });
  prefer(matches, [&](const auto& info) { return info.name == name_or_id; });
  // A deleted project gives its name up; it is still found while nobody else has it.
  prefer(matches, [](const auto& info) { return !info.deleted; });
  prefer(matches, [](const auto& info) { return info.moved.empty(); });
  if (matches.size() == 1) return matches.front();
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
  QUALOG_ASSIGN(const auto others, projects());
  for (const auto& info : others)
    if (!info.deleted && info.moved.empty() && normalised_name(info.name) == normalised_name(name))
      return fail(Code::invalid, fmt::format("there is a project \"{}\" already; choose another "
                                             "name",
                                             info.name));
  return {};
}

// At its own name then. On Kafka the directory holds a state, which is made anew where it cannot
// have its name: another process of this machine may have begun one as soon as the log was
// everybody's.
Result<void> DataDirectory::give_name(const ProjectPlace& unpublished, const ProjectPlace& place,
                                      Effects effects) const {
  QUALOG_TRY(unpublished.log->publish(effects.random));
  const auto renamed = projector::rename_to(unpublished.directory, place.directory);
  return registry_->is_shared() ? Result<void>{} : renamed;
}

Result<void> DataDirectory::build(
    const ProjectId& id, Effects effects,
    FunctionRef<Result<void>(const ProjectPlace& temporary)> fill) const {
  const auto place = place_of(id);
  const auto unpublished = unpublished_place_of(id);
  std::error_code ignored;
  // What an init that was cut has left may be shown and not durable.
  QUALOG_TRY(projector::sync_directory(path_));
  const auto filled = fill(unpublished);
  const auto named = filled ? give_name(unpublished, place, effects) : filled;
  // A log that may be everybody's already is not taken away: others may have answers in it.
  const bool may_be_there = filled && registry_->is_shared();
  if (!named && !may_be_there) {
    (void)unpublished.log->discard();
    (void)unpublished.blobs->destroy();
  }
  fs::remove_all(unpublished.directory, ignored);
  if (!named && !may_be_there) return named;
  if (!named)
    return fail(Code::unknown_outcome,
                fmt::format("whether the project {} was made is not known: {}; see whether qualog "
                            "project ls shows it",
                            id.text(), named.error().message));
  const auto durable = projector::sync_directory(path_ / "projects");
  if (durable) return {};
  return fail(Code::unknown_outcome,
              fmt::format("the project {} is there, but may be gone after a loss of power: {}; "
                          "see whether qualog project ls shows it",
                          id.text(), durable.error().message));
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
  QUALOG_TRY(build(info.id, effects, make));
  return info;
}

Result<ProjectInfo> DataDirectory::create(std::string_view name, std::string_view actor,
                                          const SessionId& session, Effects effects) const {
  const auto nothing = [](Project&) -> Result<void> { return {}; };
  return create(name, actor, session, effects, fb::ProjectOrigin::New, nothing);
}

}  // namespace qualog::engine
