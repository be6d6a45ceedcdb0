// SPDX-License-Identifier: Apache-2.0
// Registry: which projects a data directory has, and where the log of each lies. One kind for each
// backend: directories beside each other (here), topics of a namespace (kafka_registry.h).
// One thread.
#pragma once

#include "engine/log/log_store.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace qualog::engine {

class Registry {
 public:
  virtual ~Registry() = default;
  // Every project that was published, in any order. Errors: those of the backend.
  virtual Result<std::vector<ProjectId>> projects() = 0;
  virtual Result<bool> has(const ProjectId& id) = 0;
  virtual std::string address() const = 0;
  // Whether other machines have the same projects.
  virtual bool is_shared() const = 0;
  // `directory`: the project's own on this machine.
  virtual std::shared_ptr<log::LogStore> log_of(const ProjectId& id,
                                                const std::filesystem::path& directory) = 0;
  // The log of a project that is being made: nobody else's until it is published.
  virtual std::shared_ptr<log::LogStore> unpublished_log_of(
      const ProjectId& id, const std::filesystem::path& directory) = 0;
  // The same log again, made before, by what it is called (LogStore::name): others may be made
  // beside it. Error: damaged, nothing here is called so.
  virtual Result<std::shared_ptr<log::LogStore>> unpublished_log_called(
      const ProjectId& id, const std::filesystem::path& directory, const std::string& name) = 0;
};

// Projects in `directory`, one directory each.
class FileRegistry final : public Registry {
 public:
  explicit FileRegistry(std::filesystem::path directory) : directory_(std::move(directory)) {}

  Result<std::vector<ProjectId>> projects() override;
  Result<bool> has(const ProjectId& id) override;
  std::string address() const override;
  bool is_shared() const override { return false; }
  std::shared_ptr<log::LogStore> log_of(const ProjectId& id,
                                        const std::filesystem::path& directory) override;
  std::shared_ptr<log::LogStore> unpublished_log_of(
      const ProjectId& id, const std::filesystem::path& directory) override;
  Result<std::shared_ptr<log::LogStore>> unpublished_log_called(
      const ProjectId& id, const std::filesystem::path& directory,
      const std::string& name) override;

 private:
  std::filesystem::path directory_;
};

}  // namespace qualog::engine
