// SPDX-License-Identifier: Apache-2.0
// Notes of projects that are purged (replay/purge.h), one file each, with the lineage. In files:
//   <project>.purging               it is gone; what is left of it goes, whoever comes next
// On Kafka, where namespaces may share the directory, and where a note alone never takes a log
// away:
//   <project>.<namespace>.<asker>.purge     its log says whether it is gone
//   <project>.<namespace>.purging           as above
//   <project>.<namespace>.purged            nothing is left; other machines have to learn of it
// Errors: those of projector/state/durable_file.h. One thread.
#pragma once

#include "schema/ids.h"
#include "schema/result.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace qualog::engine {

enum class PurgeNote { asked, decided, finished };

struct FoundNote {
  PurgeNote note = PurgeNote::asked;
  std::filesystem::path path;
};

class PurgeNotes {
 public:
  // Those of one namespace; in files it is empty.
  PurgeNotes(std::filesystem::path directory, std::string space)
      : directory_(std::move(directory)), space_(std::move(space)) {}

  // `asker` has a note of its own, so nobody takes back what another asked. Durable on return.
  Result<void> ask(const ProjectId& project, const LineageId& lineage,
                   const std::string& asker) const;
  Result<void> take_back(const ProjectId& project, const std::string& asker) const;
  Result<void> decide(const ProjectId& project, const LineageId& lineage) const;
  // Every note of it goes, but for the one that it is finished: that is left where `keep`.
  Result<void> finish(const ProjectId& project, const LineageId& lineage, bool keep) const;

  // The last of each project.
  Result<std::map<ProjectId, FoundNote>> all() const;
  Result<std::optional<FoundNote>> last_of(const ProjectId& project) const;
  // In a note that is there. Errors: not_found, damaged.
  static Result<LineageId> lineage_in(const FoundNote& note);

 private:
  std::string prefix_of(const ProjectId& project) const;
  std::filesystem::path path_of(const ProjectId& project, PurgeNote note,
                                const std::string& asker = {}) const;
  // Those of one project, in any order; of all projects.
  Result<std::multimap<ProjectId, FoundNote>> found() const;

  std::filesystem::path directory_;
  std::string space_;
};

}  // namespace qualog::engine
