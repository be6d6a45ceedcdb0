// SPDX-License-Identifier: Apache-2.0
// ProduceFloor: what a cluster takes at best: bare rd_kafka_produce by a client as the log's own,
// into topics as a log's. The thread that serves the client sends the next record of a topic the
// moment the last is acknowledged; no record is copied. One thread calls.
#pragma once

#include "engine/log/kafka/cluster.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace qualog::tools {

class ProduceFloor {
 public:
  // Makes as many topics.
  ProduceFloor(const log::KafkaPlan& plan, std::size_t topics);
  ~ProduceFloor();

  // Sends records of `bytes`, one under way in each topic. Seconds that each of them took.
  std::vector<double> run(std::size_t bytes, std::size_t records);

 private:
  class Lane;
  bool may_send();
  void note(double seconds);

  std::unique_ptr<log::KafkaProducer> producer_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  Bytes record_;

  std::mutex mutex_;
  std::condition_variable done_;
  std::size_t unsent_ = 0;
  std::size_t under_way_ = 0;
  std::vector<double> times_;
};

}  // namespace qualog::tools
