// SPDX-License-Identifier: Apache-2.0
// A cluster of brokers as one process uses it: one producer, one consumer and the administration,
// for all projects of one namespace. Made when it is first needed. Any thread.
#pragma once

#include "engine/log/kafka/admin.h"
#include "engine/log/kafka/plan.h"
#include "engine/log/kafka/producer.h"
#include "engine/log/kafka/reader.h"

#include <memory>
#include <mutex>
#include <vector>

namespace qualog::log {

class KafkaCluster {
 public:
  explicit KafkaCluster(KafkaPlan plan) : plan_(std::move(plan)) {}

  const KafkaPlan& plan() const { return plan_; }
  // A fresh one in the place of one that has failed for good. What it gave lives as long as this.
  // Errors: invalid, a setting that librdkafka refuses.
  Result<KafkaProducer*> producer();
  Result<KafkaReader*> reader();
  Result<KafkaAdmin> admin();

 private:
  KafkaPlan plan_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<KafkaProducer>> producers_;  // the last one is in use
  std::unique_ptr<KafkaReader> reader_;
};

// A topic of the cluster, to read and, once anything is sent, to write.
class KafkaTopic final : public Topic {
 public:
  KafkaTopic(std::shared_ptr<KafkaCluster> cluster, std::string name)
      : cluster_(std::move(cluster)), name_(std::move(name)) {}

  SendReport send(ByteView record) override;
  Result<void> read(std::uint64_t from, std::optional<std::uint64_t> through, Take take) override;
  const std::string& name() const override { return name_; }

 private:
  Result<void> open_to_write();

  std::shared_ptr<KafkaCluster> cluster_;
  std::string name_;
  KafkaProducer* producer_ = nullptr;  // whose handle it is
  KafkaTopicHandle handle_;
};

}  // namespace qualog::log
