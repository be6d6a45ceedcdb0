// SPDX-License-Identifier: Apache-2.0
#include "engine/log/kafka/topic_handle.h"

#include "engine/log/kafka/client.h"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

#include <chrono>

namespace qualog::log {

namespace {

using Time = std::chrono::steady_clock;
constexpr auto kHeardOf = std::chrono::seconds(3);
constexpr int kAgainMilliseconds = 20;

// The broker's word on one topic.
Result<void> check_known(const rd_kafka_metadata_t& metadata, const std::string& name) {
  const auto error =
      metadata.topic_cnt == 1 ? metadata.topics[0].err : RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
  if (error == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
    return fail(Code::not_found, fmt::format("topic {}: no such topic", name));
  if (error == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED) return no_right_to_topic("see", name);
  return {};
}

}  // namespace

void CloseTopic::operator()(rd_kafka_topic_t* topic) const { rd_kafka_topic_destroy(topic); }

Error no_right_to_topic(std::string_view what, std::string_view topic) {
  return fail(Code::forbidden,
              fmt::format("topic {}: the broker grants no right to {} it; docs/kafka.md lists the "
                          "rights that are needed",
                          topic, what));
}

// A broker may be asked that has not heard yet of a topic that was just made.
Result<KafkaTopicHandle> open_topic(KafkaClient& client, const std::string& name) {
  KafkaTopicHandle topic(rd_kafka_topic_new(client.handle(), name.c_str(), nullptr));
  const auto end = Time::now() + kHeardOf;
  for (;;) {
    const rd_kafka_metadata_t* metadata = nullptr;
    const auto error =
        rd_kafka_metadata(client.handle(), 0, topic.get(), &metadata, kMetadataMilliseconds);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return client.unreachable("topic " + name);
    const auto known = check_known(*metadata, name);
    rd_kafka_metadata_destroy(metadata);
    if (known) return topic;
    if (known.error().code != Code::not_found || Time::now() > end) return known.error();
    rd_kafka_poll(client.handle(), kAgainMilliseconds);
  }
}

}  // namespace qualog::log
