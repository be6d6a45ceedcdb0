// SPDX-License-Identifier: Apache-2.0
#include "engine/log/kafka/producer.h"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

#include <chrono>
#include <semaphore>

namespace qualog::log {

namespace {

constexpr int kServeMilliseconds = 100;
constexpr int kMetadataMilliseconds = 10'000;
using Time = std::chrono::steady_clock;
constexpr auto kHeardOf = std::chrono::seconds(3);
constexpr int kAgainMilliseconds = 20;

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

Error no_right(const char* topic, const char* to_what) {
  return fail(Code::forbidden,
              fmt::format("topic {}: the broker grants no right to {} it; docs/kafka.md lists the "
                          "rights that are needed",
                          topic, to_what));
}

SendReport report_of(const KafkaDelivered& delivered, const char* topic) {
  if (delivered.never && delivered.denied) return {Sent::refused, {}, no_right(topic, "write")};
  if (delivered.never) return {Sent::refused, {}, fail(Code::too_large, delivered.why)};
  if (!delivered.stored) return {Sent::doubtful, {}, fail(Code::unknown_outcome, delivered.why)};
  SendReport report{Sent::delivered, {}, {Code::io, {}}};
  if (delivered.offset >= 0) report.offset = static_cast<std::uint64_t>(delivered.offset);
  return report;
}

// The broker's word on one topic.
Result<void> check_known(const rd_kafka_metadata_t& metadata, const std::string& name) {
  const auto error =
      metadata.topic_cnt == 1 ? metadata.topics[0].err : RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
  if (error == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
    return fail(Code::not_found, fmt::format("topic {}: no such topic", name));
  if (error == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED) return no_right(name.c_str(), "see");
  return {};
}

}  // namespace

void CloseTopic::operator()(rd_kafka_topic_t* topic) const { rd_kafka_topic_destroy(topic); }

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

void KafkaProducer::serve() {
  while (!stopping_) rd_kafka_poll(client_->handle(), kServeMilliseconds);
}

// A broker may be asked that has not heard yet of a topic that was just made.
Result<KafkaTopicHandle> KafkaProducer::topic(const std::string& name) {
  KafkaTopicHandle topic(rd_kafka_topic_new(client_->handle(), name.c_str(), nullptr));
  const auto end = Time::now() + kHeardOf;
  for (;;) {
    const rd_kafka_metadata_t* metadata = nullptr;
    const auto error =
        rd_kafka_metadata(client_->handle(), 0, topic.get(), &metadata, kMetadataMilliseconds);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return client_->unreachable("topic " + name);
    const auto known = check_known(*metadata, name);
    rd_kafka_metadata_destroy(metadata);
    if (known) return topic;
    if (known.error().code != Code::not_found || Time::now() > end) return known.error();
    rd_kafka_poll(client_->handle(), kAgainMilliseconds);
  }
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
    return {Sent::refused, {}, no_right(name, "see")};
  return {Sent::refused,
          {},
          fail(Code::unreachable, fmt::format("topic {}: {}", name, rd_kafka_err2str(error)))};
}

}  // namespace qualog::log
