// SPDX-License-Identifier: Apache-2.0
// The removal of purged projects from a data directory (data_directory.h). Keys and files go before
// the log: while there is a log, whoever comes by can finish. The own directory goes last.
#include "engine/data_directory.h"
#include "projector/fold/fold.h"
#include "projector/state/durable_file.h"
#include "projector/state/open.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::engine {

namespace fs = std::filesystem;

namespace {

// From the state of this machine where there is one: to ask every log takes long.
Result<LineageId> lineage_at(const ProjectPlace& place) {
  if (place.log->is_shared()) {
    const auto state = projector::open_state_for_reading(place.state());
    if (state && *state != nullptr) {
      const auto txn = projector::ReadTransaction::begin(**state);
      if (txn && applied_of(**txn)) return projector::lineage_of(**txn);
    }
  }
  return place.log->lineage();
}

// In files what lies beside a project's directory is named after it, but for its note.
bool belongs_to(const fs::path& entry, const ProjectId& id) {
  const auto name = entry.filename().string();
  return name == id.text() ||
         (name.starts_with(id.text() + ".") && !name.starts_with(id.text() + ".purg"));
}

}  // namespace

// In files it is empty.
std::string DataDirectory::own_namespace() const {
  return registry_->is_shared() ? log::parse_kafka_address(address())->space : "";
}

// On Kafka where every machine sees them.
PurgeNotes DataDirectory::purge_notes() const {
  return PurgeNotes(registry_->is_shared() ? keys_ : path_ / "projects", own_namespace());
}

Result<void> DataDirectory::ask_purge(const ProjectId& id, const LineageId& lineage,
                                      const std::string& asker) const {
  return purge_notes().ask(id, lineage, asker);
}

Result<void> DataDirectory::take_back_purge(const ProjectId& id, const std::string& asker) const {
  return purge_notes().take_back(id, asker);
}

Result<void> DataDirectory::decide_purge(const ProjectId& id, const LineageId& lineage) const {
  return purge_notes().decide(id, lineage);
}

// On Kafka the log says so; one that nobody shows says nothing.
Result<bool> DataDirectory::is_decided(const ProjectId& id, PurgeNote note) const {
  if (!registry_->is_shared()) return true;
  const auto seal = log::seal_in(*place_of(id).log);
  if (seal) return *seal && log::is_purge(**seal);
  if (seal.error().code == Code::not_found) return note != PurgeNote::asked;
  return seal.error();
}

Result<bool> DataDirectory::is_purged(const ProjectId& id) const {
  QUALOG_ASSIGN(const auto note, purge_notes().last_of(id));
  return note ? is_decided(id, note->note) : Result<bool>(false);
}

Result<std::vector<ProjectId>> DataDirectory::project_ids() const {
  QUALOG_ASSIGN(const auto ids, registry_->projects());
  QUALOG_ASSIGN(const auto notes, purge_notes().all());
  std::vector<ProjectId> found;
  for (const auto& id : ids) {
    const auto note = notes.find(id);
    if (note != notes.end()) {
      QUALOG_ASSIGN(const bool decided, is_decided(id, note->second.note));
      if (decided) continue;
    }
    found.push_back(id);
  }
  return found;
}

// What cannot be read may need them, and so may a topic that a list names: not every broker knows a
// new one at once. Where there is none yet, its maker finds no keys, and fails.
Result<bool> DataDirectory::may_need(const ProjectPlace& place, const LineageId& lineage) const {
  const auto known = lineage_at(place);
  if (known) return *known == lineage;
  if (known.error().code != Code::not_found) return true;
  return place.log->is_shared() ? registry_->has(place.id) : Result<bool>(false);
}

// Also those that are being made.
Result<std::vector<ProjectPlace>> DataDirectory::places_of_others(const ProjectId& id) const {
  std::vector<ProjectPlace> found;
  QUALOG_ASSIGN(const auto ids, project_ids());
  for (const auto& other : ids)
    if (other != id) found.push_back(place_of(other));
  QUALOG_ASSIGN(const auto unpublished, unpublished_ids());
  for (const auto& other : unpublished)
    if (other != id) found.push_back(unpublished_place_of(other));
  return found;
}

// Empty: nobody.
Result<std::string> DataDirectory::who_needs(const LineageId& lineage, const ProjectId& id) const {
  QUALOG_ASSIGN(const auto spaces, namespaces_of(keys_));
  for (const auto& space : spaces)
    if (space != own_namespace())
      return "the namespace " + space + ", which has the same key store";
  QUALOG_ASSIGN(const auto others, places_of_others(id));
  for (const auto& place : others) {
    QUALOG_ASSIGN(const bool needed, may_need(place, lineage));
    if (needed) return "the project " + place.id.text();
  }
  return std::string();
}

// Looked for twice: a fork that is being made beside it is seen, or finds no keys.
Result<PurgedKeys> DataDirectory::remove_keys(const ProjectId& id, const LineageId& lineage) const {
  QUALOG_ASSIGN(auto needed_by, who_needs(lineage, id));
  if (needed_by.empty()) {
    QUALOG_TRY(set_keys_aside(keys_, lineage));
    QUALOG_ASSIGN(needed_by, who_needs(lineage, id));
  }
  if (needed_by.empty()) QUALOG_TRY(remove_keys_aside(keys_, lineage));
  if (!needed_by.empty()) QUALOG_TRY(put_keys_back(keys_, lineage));
  return PurgedKeys{needed_by.empty(), needed_by};
}

Result<void> DataDirectory::remove_directories(const ProjectId& id) const {
  QUALOG_ASSIGN(const auto entries, projector::entries_of(path_ / "projects"));
  for (const auto& entry : entries)
    if (belongs_to(entry, id)) QUALOG_TRY(projector::remove_tree(entry));
  return projector::sync_directory(path_ / "projects");
}

// A note may be of another cluster, and a topic that did not answer is not gone.
Result<void> DataDirectory::check_sealed(const ProjectId& id) const {
  if (!registry_->is_shared()) return {};
  const auto log = place_of(id).log;
  const auto seal = log::seal_in(*log);
  if (seal && *seal && log::is_purge(**seal)) return {};
  if (seal)
    return fail(Code::invalid,
                log->name() + ": the log does not say that the project was purged; it stays");
  if (seal.error().code != Code::not_found) return seal.error();
  QUALOG_ASSIGN(const bool is_there, registry_->has(id));
  return is_there ? Result<void>(seal.error()) : Result<void>();
}

Result<PurgedKeys> DataDirectory::finish_purge(const ProjectId& id,
                                               const PurgeWatch& reached) const {
  const auto tell = [&](PurgeStep step) {
    if (reached) reached(step);
  };
  const auto notes = purge_notes();
  QUALOG_ASSIGN(const auto note, notes.last_of(id));
  if (!note) return PurgedKeys{};
  QUALOG_ASSIGN(const auto lineage, PurgeNotes::lineage_in(*note));
  QUALOG_TRY(check_sealed(id));
  QUALOG_ASSIGN(auto keys, remove_keys(id, lineage));
  tell(PurgeStep::keys_gone);
  QUALOG_TRY(place_of(id).blobs->destroy());
  QUALOG_TRY(place_of(id).log->destroy());
  tell(PurgeStep::log_gone);
  QUALOG_TRY(remove_directories(id));
  QUALOG_TRY(notes.finish(id, lineage, registry_->is_shared()));
  tell(PurgeStep::gone);
  return keys;
}

Result<void> DataDirectory::go_on_with_purge(const ProjectId& id, const FoundNote& note,
                                             bool is_listed) const {
  QUALOG_ASSIGN(const bool decided, is_decided(id, note.note));
  if (!decided) return {};
  if (note.note == PurgeNote::finished && !is_listed) return remove_directories(id);
  if (note.note == PurgeNote::asked) {
    QUALOG_ASSIGN(const auto lineage, PurgeNotes::lineage_in(note));
    QUALOG_TRY(decide_purge(id, lineage));
  }
  QUALOG_TRY(finish_purge(id, {}));
  return {};
}

void DataDirectory::finish_cut_purge(const ProjectId& id, const FoundNote& note,
                                     bool is_listed) const {
  const auto is_here = projector::is_there(directory_of(id));
  if (!is_here) return;
  if (!*is_here && !is_listed && note.note == PurgeNote::finished) return;
  log::PosixFiles files;
  std::unique_ptr<log::FileLock> lock;
  if (*is_here) {
    auto locked = files.lock(place_of(id).owner_lock().string());
    if (!locked) return;
    lock = std::move(*locked);
  }
  (void)go_on_with_purge(id, note, is_listed);
}

void DataDirectory::finish_cut_purges() const {
  const auto notes = purge_notes().all();
  if (!notes || notes->empty()) return;
  const auto listed = registry_->projects();
  if (!listed) return;
  for (const auto& [id, note] : *notes)
    finish_cut_purge(id, note, std::find(listed->begin(), listed->end(), id) != listed->end());
}

}  // namespace qualog::engine
