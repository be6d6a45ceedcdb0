// SPDX-License-Identifier: Apache-2.0
// KafkaStream: a topic that others read: messages with keys and headers, those of a key in order,
// each at least once. Beside it lies a compacted topic of notes, the newest of each key, in which
// whoever sends keeps how far it has come. Nothing rests on these topics but what is read from
// them; where they are there already, they are taken as they are.
// One request is in flight to a broker and none is given up by time, so an earlier message of a key
// is never overtaken, not by one that was sent again either. One thread.
#pragma once

#include "engine/log/kafka/client.h"
#include "engine/log/kafka/topic_handle.h"

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace qualog::log {

struct KafkaStreamPlan {
  std::string bootstrap;
  std::string topic;
  KafkaSettings settings;
  // Of a topic that is made.
  int partitions = 12;
  int replicas = 3;
};

class KafkaStream {
 public:
  // Makes the topics that are not there. Errors: invalid (a name or setting that Kafka refuses, too
  // few brokers, notes without their topic), forbidden, unreachable, io.
  static Result<std::unique_ptr<KafkaStream>> open(const KafkaStreamPlan& plan);
  ~KafkaStream();

  using Header = std::pair<std::string, std::string>;
  // Queued; waits while the queue is full. Errors, here and below, behind which nothing more is
  // sent: unreachable (no answer for `kPatience`), forbidden, too_large, io.
  Result<void> send(const std::string& key, std::span<const Header> headers,
                    const std::string& value);
  // Takes the place of the key's earlier note. Queued; not behind what was sent to the topic.
  Result<void> note(const std::string& key, const std::string& value);
  // Waits until all that was queued is in the topics, on as many brokers as these ask for.
  Result<void> flush();

  // The notes, older ones of the same key perhaps before the newest. Errors: those of
  // KafkaReader::read.
  Result<std::vector<std::string>> notes() const;

  const std::string& topic() const { return plan_.topic; }

  static constexpr auto kPatience = std::chrono::seconds(30);

 private:
  class Deliveries;

  KafkaStream(const KafkaStreamPlan& plan, std::unique_ptr<KafkaClient> client);
  Result<void> open_topics();
  Result<void> make_topics();
  Result<void> enqueue(rd_kafka_topic_t* topic, std::int32_t partition, const std::string& key,
                       std::span<const Header> headers, const std::string& value);
  Result<void> serve(std::chrono::steady_clock::time_point since);

  KafkaStreamPlan plan_;
  std::unique_ptr<Deliveries> deliveries_;  // outlives the client, which tells it
  std::unique_ptr<KafkaClient> client_;
  KafkaTopicHandle messages_;
  KafkaTopicHandle notes_;
};

// "kafka://HOST:PORT[,HOST:PORT...][/TOPIC]", the topic `otherwise` where none is given. Error:
// invalid.
Result<KafkaStreamPlan> parse_kafka_stream(std::string_view text, const std::string& otherwise);

}  // namespace qualog::log
