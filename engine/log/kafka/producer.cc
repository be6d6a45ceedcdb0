// SPDX-License-Identifier: Apache-2.0
#include "engine/log/kafka/producer.h"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

#include <array>
#include <semaphore>

namespace qualog::log {

namespace {

constexpr int kServeMilliseconds = 100;

// Lets one sender wait for its record.
class Waiter final : public KafkaDelivery {
 public:
  void delivered(const KafkaDelivered& delivered) override {
    delivered_ = delivered;
    done_.release();
  }
  const KafkaDelivered& wait() {
    done_.acquire();
    return delivered_;
  }

 private:
  std::binary_semaphore done_{0};
  KafkaDelivered delivered_{};
};

SendReport report_of(const KafkaDelivered& delivered, const char* topic) {
  if (delivered.never && delivered.denied)
    return {Sent::refused, {}, no_right_to_topic("write", topic)};
  if (delivered.never) return {Sent::refused, {}, fail(Code::too_large, delivered.why)};
  if (!delivered.stored) return {Sent::doubtful, {}, fail(Code::unknown_outcome, delivered.why)};
  SendReport report{Sent::delivered, {}, {Code::io, {}}};
  if (delivered.offset >= 0) report.offset = static_cast<std::uint64_t>(delivered.offset);
  return report;
}

}  // namespace

KafkaProducer::KafkaProducer(std::unique_ptr<KafkaClient> client)
    : client_(std::move(client)), server_([this] { serve(); }) {}

Result<std::unique_ptr<KafkaProducer>> KafkaProducer::make(const std::string& bootstrap,
                                                           const KafkaSettings& settings) {
  QUALOG_ASSIGN(auto client, KafkaClient::make(KafkaRole::producer, bootstrap, settings));
  return std::unique_ptr<KafkaProducer>(new KafkaProducer(std::move(client)));
}

KafkaProducer::~KafkaProducer() {
  stopping_ = true;
  auto* served = rd_kafka_queue_get_main(client_->handle());
  rd_kafka_queue_yield(served);
  server_.join();
  rd_kafka_queue_destroy(served);
}

bool KafkaProducer::has_failed() const {
  std::array<char, 256> why{};
  return rd_kafka_fatal_error(client_->handle(), why.data(), why.size()) !=
         RD_KAFKA_RESP_ERR_NO_ERROR;
}

void KafkaProducer::serve() {
  while (!stopping_) rd_kafka_poll(client_->handle(), kServeMilliseconds);
}

Result<KafkaTopicHandle> KafkaProducer::topic(const std::string& name) {
  return open_topic(*client_, name);
}

SendReport KafkaProducer::send(rd_kafka_topic_t* topic, ByteView record) {
  Waiter waiter;
  const int queued =
      rd_kafka_produce(topic, 0, RD_KAFKA_MSG_F_COPY, const_cast<std::uint8_t*>(record.data()),
                       record.size(), nullptr, 0, static_cast<KafkaDelivery*>(&waiter));
  if (queued == 0) return report_of(waiter.wait(), rd_kafka_topic_name(topic));
  const auto error = rd_kafka_last_error();
  const auto* name = rd_kafka_topic_name(topic);
  if (error == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED)
    return {Sent::refused, {}, no_right_to_topic("see", name)};
  return {Sent::refused,
          {},
          fail(Code::unreachable, fmt::format("topic {}: {}", name, rd_kafka_err2str(error)))};
}

}  // namespace qualog::log
