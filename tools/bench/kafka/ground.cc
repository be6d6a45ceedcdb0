// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/kafka/ground.h"

#include "engine/log/topic_log.h"

#include <cstdlib>

namespace qualog::tools {

namespace {

constexpr const char* kBootstrap = "QUALOG_KAFKA_BOOTSTRAP";

class CountingTopic final : public log::Topic {
 public:
  CountingTopic(std::shared_ptr<log::KafkaCluster> cluster, std::string name, Counts& counts)
      : topic_(std::move(cluster), std::move(name)), counts_(counts) {}

  log::SendReport send(ByteView record) override {
    ++counts_.writes;
    counts_.bytes += record.size();
    auto report = topic_.send(record);
    if (report.sent == log::Sent::delivered) ++counts_.syncs;
    return report;
  }
  Result<void> read(std::uint64_t from, std::optional<std::uint64_t> through, Take take) override {
    return topic_.read(from, through, take);
  }
  const std::string& name() const override { return topic_.name(); }

 private:
  log::KafkaTopic topic_;
  Counts& counts_;
};

}  // namespace

bool has_kafka() { return std::getenv(kBootstrap) != nullptr; }

log::KafkaPlan kafka_plan() { return {{std::getenv(kBootstrap), "bench"}, {}, {}}; }

Workbench::MakeLog KafkaGround::make_log() {
  return [this](const log::LogIds& ids, Random& random) -> Result<std::unique_ptr<log::Log>> {
    constexpr std::uint64_t kGeneration = 1;
    const auto& plan = cluster_->plan();
    auto name = log::topic_name(plan.address.space, {ids.project, kGeneration});
    QUALOG_ASSIGN(auto admin, cluster_->admin());
    QUALOG_TRY(admin.make_topic(name, {1, plan.replication.replicas},
                                log::log_topic_settings(plan.replication)));
    const auto topic = std::make_shared<CountingTopic>(cluster_, std::move(name), counts_);
    return log::create_topic_log(topic, {.which = {ids, kGeneration}}, random);
  };
}

}  // namespace qualog::tools
