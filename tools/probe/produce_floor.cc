// SPDX-License-Identifier: Apache-2.0
#include "tools/probe/produce_floor.h"

#include "engine/effects.h"
#include "schema/assert.h"

#include <librdkafka/rdkafka.h>

#include <chrono>

namespace qualog::tools {

// One topic and the record under way in it.
class ProduceFloor::Lane final : public log::KafkaDelivery {
 public:
  Lane(ProduceFloor& floor, log::KafkaTopicHandle topic)
      : floor_(floor), topic_(std::move(topic)) {}

  void send() {
    if (!floor_.may_send()) return;
    begin_ = Time::now();
    // A broker that has not heard yet of a new topic makes the client forget it again.
    while (!is_queued()) (void)floor_.producer_->topic(rd_kafka_topic_name(topic_.get())).value();
  }

  void delivered(const log::KafkaDelivered& delivered) override {
    QUALOG_ASSERT(delivered.stored);
    const double seconds = std::chrono::duration<double>(Time::now() - begin_).count();
    send();
    floor_.note(seconds);
  }

 private:
  using Time = std::chrono::steady_clock;

  bool is_queued() {
    auto& record = floor_.record_;
    return rd_kafka_produce(topic_.get(), 0, 0, record.data(), record.size(), nullptr, 0,
                            static_cast<log::KafkaDelivery*>(this)) == 0;
  }

  ProduceFloor& floor_;
  log::KafkaTopicHandle topic_;
  Time::time_point begin_;
};

ProduceFloor::ProduceFloor(const log::KafkaPlan& plan, std::size_t topics)
    : producer_(log::KafkaProducer::make(plan.address.bootstrap, plan.settings).value()) {
  log::KafkaAdmin admin(producer_->client());
  SystemRandom random;
  for (std::size_t number = 0; number < topics; ++number) {
    log::KafkaTopicName name;
    random.fill(name.project.bytes);
    const auto topic = log::topic_name(plan.address.space, name);
    admin
        .make_topic(topic, {1, plan.replication.replicas},
                    log::log_topic_settings(plan.replication))
        .value();
    lanes_.push_back(std::make_unique<Lane>(*this, producer_->topic(topic).value()));
  }
  run(1, topics);  // the first of a topic takes longer
}

ProduceFloor::~ProduceFloor() = default;

std::vector<double> ProduceFloor::run(std::size_t bytes, std::size_t records) {
  std::unique_lock lock(mutex_);
  record_.assign(bytes, 0x5A);
  times_.clear();
  unsent_ = records;
  lock.unlock();
  for (auto& lane : lanes_) lane->send();
  lock.lock();
  done_.wait(lock, [this] { return under_way_ == 0; });
  return std::move(times_);
}

bool ProduceFloor::may_send() {
  const std::lock_guard lock(mutex_);
  if (unsent_ == 0) return false;
  --unsent_;
  ++under_way_;
  return true;
}

void ProduceFloor::note(double seconds) {
  const std::lock_guard lock(mutex_);
  times_.push_back(seconds);
  if (--under_way_ == 0) done_.notify_one();
}

}  // namespace qualog::tools
