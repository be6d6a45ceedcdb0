// SPDX-License-Identifier: Apache-2.0
// KafkaStore: a log in a topic of its own on Apache Kafka (topic_log.h). A topic or a cluster that
// promises less than the log needs is refused before anything is read or written.
#pragma once

#include "engine/log/kafka/cluster.h"
#include "engine/log/log_store.h"
#include "engine/log/topic_log.h"

namespace qualog::log {

class KafkaStore final : public LogStore {
 public:
  // The log of a project, in the topic of its newest generation that is finished; unfinished: in
  // the next one when it is made, else in the newest there is.
  KafkaStore(std::shared_ptr<KafkaCluster> cluster, const ProjectId& project,
             Opening opening = Opening::finished);
  // In one topic.
  KafkaStore(std::shared_ptr<KafkaCluster> cluster, KafkaTopicName name, Opening opening);

  Result<std::unique_ptr<Log>> create(const LineageId& lineage, Random& random) override;
  Result<OpenedLog> open(Place from, const std::optional<Applied>& trusted, Random& random,
                         Sink& sink) override;
  using LogStore::read;
  Result<ReadSummary> read(Place from, const std::optional<Head>& head, Sink& sink) override;
  Result<void> publish(Random& random) override;
  Result<void> discard() override;
  Result<LineageId> lineage() override;
  Result<void> destroy() override;
  std::string name() const override;
  std::string name_at(const Place&) const override { return name(); }
  bool is_shared() const override { return true; }
  std::uint64_t bytes() const override { return 0; }

 private:
  Result<std::vector<KafkaTopicName>> generations();
  Result<bool> is_unfinished(const KafkaTopicName& name);
  void settle_on(const KafkaTopicName& name);
  Result<void> find_topic();
  Result<void> delete_others(bool newer_too);
  Result<TopicPlan> plan_for(Topic& topic, Place from);
  Result<OpenedLog> open_as(Opening opening, Place from, const std::optional<Applied>& trusted,
                            Random& random, Sink& sink);

  std::shared_ptr<KafkaCluster> cluster_;
  KafkaTopicName name_;
  std::string topic_;          // empty: not yet looked for
  bool made_ = false;          // by this object: nobody else may take it away
  std::optional<LogIds> ids_;  // of the topic's log, once its first Fence was read
  Opening opening_ = Opening::finished;
};

}  // namespace qualog::log
