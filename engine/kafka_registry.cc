// SPDX-License-Identifier: Apache-2.0
#include "engine/kafka_registry.h"

#include "engine/log/kafka/kafka_store.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::engine {

namespace {

// Who may see nothing must not be told that nothing is there.
Result<void> check_seen(const std::vector<std::string>& topics, const std::string& name) {
  if (std::find(topics.begin(), topics.end(), name) != topics.end()) return {};
  return fail(Code::forbidden,
              fmt::format("topic {}: the broker shows no such topic: it was deleted, or is granted "
                          "to others; docs/kafka.md lists the rights that are needed",
                          name));
}

}  // namespace

Result<std::vector<ProjectId>> KafkaRegistry::projects() {
  QUALOG_ASSIGN(auto admin, cluster_->admin());
  QUALOG_ASSIGN(const auto topics, admin.topics());
  const auto& space = cluster_->plan().address.space;
  QUALOG_TRY(check_seen(topics, log::namespace_topic(space)));
  std::vector<ProjectId> found;
  for (const auto& topic : topics)
    if (const auto name = log::parse_topic_name(space, topic)) found.push_back(name->project);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Result<bool> KafkaRegistry::has(const ProjectId& id) {
  QUALOG_ASSIGN(const auto found, projects());
  return std::binary_search(found.begin(), found.end(), id);
}

std::shared_ptr<log::LogStore> KafkaRegistry::log_of(const ProjectId& id,
                                                     const std::filesystem::path&) {
  return std::make_shared<log::KafkaStore>(cluster_, id);
}

std::shared_ptr<log::LogStore> KafkaRegistry::unpublished_log_of(const ProjectId& id,
                                                                 const std::filesystem::path&) {
  return std::make_shared<log::KafkaStore>(cluster_, id, log::Opening::unfinished);
}

Result<std::shared_ptr<log::LogStore>> KafkaRegistry::unpublished_log_called(
    const ProjectId& id, const std::filesystem::path&, const std::string& name) {
  const auto parsed = log::parse_topic_name(cluster_->plan().address.space, name);
  if (!parsed || parsed->project != id)
    return fail(Code::damaged, fmt::format("\"{}\" is no topic of project {}", name, id.text()));
  return std::shared_ptr<log::LogStore>(
      std::make_shared<log::KafkaStore>(cluster_, *parsed, log::Opening::unfinished));
}

}  // namespace qualog::engine
