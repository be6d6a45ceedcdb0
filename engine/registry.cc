// SPDX-License-Identifier: Apache-2.0
#include "engine/registry.h"

#include "engine/log/file_store.h"
#include "projector/state/durable_file.h"

namespace qualog::engine {

namespace fs = std::filesystem;

Result<std::vector<ProjectId>> FileRegistry::projects() {
  QUALOG_ASSIGN(const auto entries, projector::entries_of(directory_));
  std::vector<ProjectId> found;
  for (const auto& entry : entries)
    if (const auto id = ProjectId::parse(entry.filename().string())) found.push_back(*id);
  return found;
}

Result<bool> FileRegistry::has(const ProjectId& id) {
  return projector::is_there(directory_ / id.text());
}

std::string FileRegistry::address() const {
  std::error_code error;
  return fs::weakly_canonical(directory_.parent_path(), error).string();
}

std::shared_ptr<log::LogStore> FileRegistry::log_of(const ProjectId& id,
                                                    const fs::path& directory) {
  return std::make_shared<log::FileStore>((directory / "log").string(), id);
}

std::shared_ptr<log::LogStore> FileRegistry::unpublished_log_of(const ProjectId& id,
                                                                const fs::path& directory) {
  return log_of(id, directory);
}

// A project has one log in files.
Result<std::shared_ptr<log::LogStore>> FileRegistry::unpublished_log_called(
    const ProjectId& id, const fs::path& directory, const std::string&) {
  return unpublished_log_of(id, directory);
}

}  // namespace qualog::engine
