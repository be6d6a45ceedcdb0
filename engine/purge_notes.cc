// SPDX-License-Identifier: Apache-2.0
#include "engine/purge_notes.h"

#include "projector/state/durable_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace qualog::engine {

namespace fs = std::filesystem;

namespace {

// By PurgeNote.
constexpr std::array<const char*, 3> kEndings = {".purge", ".purging", ".purged"};

Result<void> write_note(const fs::path& path, const LineageId& lineage) {
  return projector::write_durably(path, lineage.text() + "\n");
}

}  // namespace

std::string PurgeNotes::prefix_of(const ProjectId& project) const {
  return project.text() + (space_.empty() ? "" : "." + space_);
}

fs::path PurgeNotes::path_of(const ProjectId& project, PurgeNote note,
                             const std::string& asker) const {
  return directory_ / (prefix_of(project) + (asker.empty() ? "" : "." + asker) +
                       kEndings[static_cast<std::size_t>(note)]);
}

Result<void> PurgeNotes::ask(const ProjectId& project, const LineageId& lineage,
                             const std::string& asker) const {
  return write_note(path_of(project, PurgeNote::asked, asker), lineage);
}

Result<void> PurgeNotes::take_back(const ProjectId& project, const std::string& asker) const {
  QUALOG_TRY(projector::remove_file(path_of(project, PurgeNote::asked, asker)));
  return projector::sync_directory(directory_);
}

Result<void> PurgeNotes::decide(const ProjectId& project, const LineageId& lineage) const {
  return write_note(path_of(project, PurgeNote::decided), lineage);
}

Result<void> PurgeNotes::finish(const ProjectId& project, const LineageId& lineage,
                                bool keep) const {
  if (keep) QUALOG_TRY(write_note(path_of(project, PurgeNote::finished), lineage));
  QUALOG_ASSIGN(const auto notes, found());
  for (const auto& [id, note] : notes)
    if (id == project && note.note != PurgeNote::finished)
      QUALOG_TRY(projector::remove_file(note.path));
  return projector::sync_directory(directory_);
}

Result<std::multimap<ProjectId, FoundNote>> PurgeNotes::found() const {
  QUALOG_ASSIGN(const auto entries, projector::entries_of(directory_));
  std::multimap<ProjectId, FoundNote> found;
  for (const auto& entry : entries) {
    const auto name = entry.filename().string();
    const auto id = ProjectId::parse(name.substr(0, name.find('.')));
    const auto* ending = std::find(kEndings.begin(), kEndings.end(), entry.extension());
    if (!id || ending == kEndings.end() || !name.starts_with(prefix_of(*id) + ".")) continue;
    found.emplace(*id, FoundNote{static_cast<PurgeNote>(ending - kEndings.begin()), entry});
  }
  return found;
}

Result<std::map<ProjectId, FoundNote>> PurgeNotes::all() const {
  QUALOG_ASSIGN(const auto notes, found());
  std::map<ProjectId, FoundNote> last;
  for (const auto& [id, note] : notes) {
    const auto [known, is_first] = last.emplace(id, note);
    if (!is_first && known->second.note < note.note) known->second = note;
  }
  return last;
}

Result<std::optional<FoundNote>> PurgeNotes::last_of(const ProjectId& project) const {
  QUALOG_ASSIGN(const auto notes, all());
  const auto last = notes.find(project);
  return last == notes.end() ? std::nullopt : std::optional(last->second);
}

Result<LineageId> PurgeNotes::lineage_in(const FoundNote& note) {
  QUALOG_ASSIGN(const auto text, projector::read_small(note.path));
  if (const auto lineage = LineageId::parse(text.substr(0, text.find('\n')))) return *lineage;
  return fail(Code::damaged,
              fmt::format("{}: not as qualog project purge wrote it; copy it back from a backup",
                          note.path.string()));
}

}  // namespace qualog::engine
