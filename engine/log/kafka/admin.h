// SPDX-License-Identifier: Apache-2.0
// What is asked of a cluster about its topics: make, delete, list, and what is promised of them.
// Durable means there: on the minimum of in-sync replicas, with no unclean election, kept for ever.
// A topic or a broker that promises less is refused, each weaker setting by its name. Nothing is
// ever altered: librdkafka's AlterConfigs would reset what it does not name. Any thread.
#pragma once

#include "engine/log/kafka/client.h"

#include <string>
#include <utility>
#include <vector>

namespace qualog::log {

// How many brokers keep a record, and how many must have it before it is acknowledged.
struct Replication {
  int replicas = 3;
  int in_sync = 2;
  bool operator==(const Replication&) const = default;
};

struct TopicShape {
  int partitions = 1;
  int replicas = 3;
};

using TopicSettings = std::vector<std::pair<std::string, std::string>>;
// Of a topic that holds a log.
TopicSettings log_topic_settings(const Replication& replication);

class KafkaAdmin {
 public:
  // The client outlives it.
  explicit KafkaAdmin(KafkaClient& client) : client_(client) {}

  // Makes a topic and waits until it has a leader. True: made; false: it is there already. Errors:
  // invalid (the cluster cannot hold so many replicas), forbidden, unreachable.
  Result<bool> make_topic(const std::string& name, const TopicShape& shape,
                          const TopicSettings& settings);
  // Deleting what is not there is no error.
  Result<void> delete_topic(const std::string& name);
  // Deletes the records before an offset: what retention would do.
  Result<void> delete_before(const std::string& name, std::int64_t offset);
  // The names of all topics that this client may see.
  Result<std::vector<std::string>> topics();

  // Errors: invalid, naming each setting that promises less; forbidden; unreachable; not_found.
  Result<void> check_topic(const std::string& name, const Replication& promised);
  Result<void> check_brokers();

 private:
  KafkaClient& client_;
};

}  // namespace qualog::log
