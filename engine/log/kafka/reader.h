// SPDX-License-Identifier: Apache-2.0
// The consumer of a process: reads stretches of topics, and stays attached to none: librdkafka
// fetches from every attached partition for ever. It belongs to no consumer group. Any thread, one
// a topic.
#pragma once

#include "engine/log/kafka/client.h"
#include "engine/log/kafka/topic_handle.h"
#include "engine/log/topic.h"

#include <map>

namespace qualog::log {

class KafkaReader {
 public:
  static Result<std::unique_ptr<KafkaReader>> make(const std::string& bootstrap,
                                                   const KafkaSettings& settings);

  // As Topic::read, of partition 0. Ends where the partition was known to end when the first
  // record or its end was seen. Gives up when nothing comes for `kPatience`;
  // if a leader says all the time that the topic ends before `through`, that is damage.
  Result<void> read(const std::string& topic, std::uint64_t from,
                    std::optional<std::uint64_t> through, Topic::Take take);

  KafkaClient& client() { return *client_; }

 private:
  explicit KafkaReader(std::unique_ptr<KafkaClient> client) : client_(std::move(client)) {}
  rd_kafka_topic_t* topic(const std::string& name);

  std::unique_ptr<KafkaClient> client_;
  std::mutex mutex_;
  std::map<std::string, KafkaTopicHandle> topics_;  // whose leader is known, or being asked for
};

}  // namespace qualog::log
