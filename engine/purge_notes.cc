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

}  // namespace

fs::path PurgeNotes::path_of(const ProjectId& project, PurgeNote note) const {
  return directory_ / (project.text() + kEndings[static_cast<std::size_t>(note)]);
}

Result<void> PurgeNotes::write(const ProjectId& project, PurgeNote note,
                               const LineageId& lineage) const {
  return projector::write_durably(path_of(project, note), lineage.text() + "\n");
}

Result<void> PurgeNotes::remove(const ProjectId& project, PurgeNote note) const {
  const auto path = path_of(project, note);
  std::error_code error;
  fs::remove(path, error);
  if (error) return fail(Code::io, fmt::format("{}: {}", path.string(), error.message()));
  return projector::sync_directory(directory_);
}

std::map<ProjectId, PurgeNote> PurgeNotes::all() const {
  std::map<ProjectId, PurgeNote> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory_, error)) {
    const auto path = entry.path().filename();
    const auto id = ProjectId::parse(path.stem().string());
    const auto* ending = std::find(kEndings.begin(), kEndings.end(), path.extension());
    if (!id || ending == kEndings.end()) continue;
    auto& last = found[*id];
    last = std::max(last, static_cast<PurgeNote>(ending - kEndings.begin()));
  }
  return found;
}

Result<LineageId> PurgeNotes::lineage_in(const ProjectId& project, PurgeNote note) const {
  const auto path = path_of(project, note);
  QUALOG_ASSIGN(const auto text, projector::read_small(path));
  if (const auto lineage = LineageId::parse(text.substr(0, text.find('\n')))) return *lineage;
  return fail(Code::damaged,
              fmt::format("{}: not as qualog project purge wrote it; copy it back from a backup",
                          path.string()));
}

}  // namespace qualog::engine
