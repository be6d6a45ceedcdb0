// SPDX-License-Identifier: Apache-2.0
// Notes of projects that are purged (replay/purge.h), one file each, with the lineage:
//   <project>.purge     on Kafka: its log says whether it is gone
//   <project>.purging   it is gone; what is left of it goes, whoever comes next
//   <project>.purged    nothing is left; kept where other machines have to learn of it
// One thread.
#pragma once

#include "schema/ids.h"
#include "schema/result.h"

#include <filesystem>
#include <map>

namespace qualog::engine {

enum class PurgeNote { asked, decided, finished };

class PurgeNotes {
 public:
  explicit PurgeNotes(std::filesystem::path directory) : directory_(std::move(directory)) {}

  // Durable on return. Errors: those of projector::write_durably().
  Result<void> write(const ProjectId& project, PurgeNote note, const LineageId& lineage) const;
  // Errors: io.
  Result<void> remove(const ProjectId& project, PurgeNote note) const;

  // The last of each project.
  std::map<ProjectId, PurgeNote> all() const;
  // In a note that is there. Errors: not_found, damaged.
  Result<LineageId> lineage_in(const ProjectId& project, PurgeNote note) const;

 private:
  std::filesystem::path path_of(const ProjectId& project, PurgeNote note) const;

  std::filesystem::path directory_;
};

}  // namespace qualog::engine
