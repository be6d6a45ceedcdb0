// SPDX-License-Identifier: Apache-2.0
// A log on a real cluster for tests: a topic of its own for each object, made the first time that
// it is opened. The cluster is that of $QUALOG_KAFKA_BOOTSTRAP (brokers.py).
#pragma once

#include "engine/log/kafka/kafka_store.h"
#include "tests/engine/log/log_support.h"

#include <atomic>
#include <cstdlib>
#include <memory>

namespace qualog::test {

// One client for the whole run.
inline std::shared_ptr<log::KafkaCluster> kafka_cluster() {
  const char* bootstrap = std::getenv("QUALOG_KAFKA_BOOTSTRAP");
  static const auto cluster = std::make_shared<log::KafkaCluster>(
      log::KafkaPlan{{bootstrap == nullptr ? "" : bootstrap, "test"}, {}, {1, 1}});
  return cluster;
}

// A project of its own for each call.
inline ProjectId new_project() {
  SystemRandom random;
  ProjectId id;
  random.fill(id.bytes);
  return id;
}

class KafkaBackend {
 public:
  Result<std::unique_ptr<log::Log>> open(log::Sink& sink, log::Place from) {
    if (!made_) {
      made_ = true;
      return store_.create(test_ids().lineage, random_);
    }
    auto opened = open_from(sink, from, std::nullopt);
    if (!opened) return opened.error();
    return std::move(opened->log);
  }
  Result<log::OpenedLog> open_from(log::Sink& sink, log::Place from,
                                   const std::optional<log::Applied>& trusted) {
    return store_.open(from, trusted, random_, sink);
  }
  log::KafkaStore& store() { return store_; }
  const log::KafkaTopicName& name() const { return name_; }

 private:
  SystemRandom random_;
  log::KafkaTopicName name_{new_project(), 1};
  log::KafkaStore store_{kafka_cluster(), name_, log::Opening::finished};
  bool made_ = false;
};

}  // namespace qualog::test
