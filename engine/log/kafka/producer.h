// SPDX-License-Identifier: Apache-2.0
// The producer of a process: one for all projects of a cluster, served by a thread of its own.
// Any thread sends.
#pragma once

#include "engine/log/kafka/client.h"
#include "engine/log/kafka/topic_handle.h"
#include "engine/log/topic.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>

namespace qualog::log {

class KafkaProducer {
 public:
  static Result<std::unique_ptr<KafkaProducer>> make(const std::string& bootstrap,
                                                     const KafkaSettings& settings);
  ~KafkaProducer();

  // A topic to send to, its leader known. Errors: not_found, forbidden, unreachable.
  Result<KafkaTopicHandle> topic(const std::string& name);
  // Sends a record to partition 0 and waits for what becomes of it: message.timeout.ms at most.
  SendReport send(rd_kafka_topic_t* topic, ByteView record);

  // For good: librdkafka sends nothing more through it.
  bool has_failed() const;

  KafkaClient& client() { return *client_; }

 private:
  explicit KafkaProducer(std::unique_ptr<KafkaClient> client);
  void serve();

  std::unique_ptr<KafkaClient> client_;
  std::atomic<bool> stopping_ = false;
  std::thread server_;
};

}  // namespace qualog::log
