// SPDX-License-Identifier: Apache-2.0
// The projects whose logs lie in the topics of a namespace: every machine sees the same.
// One thread.
#pragma once

#include "engine/log/kafka/cluster.h"
#include "engine/registry.h"

namespace qualog::engine {

class KafkaRegistry final : public Registry {
 public:
  explicit KafkaRegistry(std::shared_ptr<log::KafkaCluster> cluster)
      : cluster_(std::move(cluster)) {}

  // Those that are being made are among them: only their log says that they are.
  Result<std::vector<ProjectId>> projects() override;
  Result<bool> has(const ProjectId& id) override;
  std::string address() const override { return log::text_of(cluster_->plan().address); }
  bool is_shared() const override { return true; }
  std::shared_ptr<log::LogStore> log_of(const ProjectId& id,
                                        const std::filesystem::path& directory) override;
  std::shared_ptr<log::LogStore> unpublished_log_of(
      const ProjectId& id, const std::filesystem::path& directory) override;
  Result<std::shared_ptr<log::LogStore>> unpublished_log_called(
      const ProjectId& id, const std::filesystem::path& directory,
      const std::string& name) override;

 private:
  std::shared_ptr<log::KafkaCluster> cluster_;
};

}  // namespace qualog::engine
