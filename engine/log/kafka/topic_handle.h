// SPDX-License-Identifier: Apache-2.0
// A topic as a client knows it: its leader among other things. It goes before its client.
#pragma once

#include "schema/result.h"

#include <memory>
#include <string>
#include <string_view>

typedef struct rd_kafka_topic_s rd_kafka_topic_t;  // NOLINT: librdkafka's name

namespace qualog::log {

class KafkaClient;

// How long one asks a cluster what it knows of a topic.
inline constexpr int kMetadataMilliseconds = 10'000;

struct CloseTopic {
  void operator()(rd_kafka_topic_t* topic) const;
};
using KafkaTopicHandle = std::unique_ptr<rd_kafka_topic_t, CloseTopic>;

// A topic to send to, its leader known. Errors: not_found, forbidden, unreachable.
Result<KafkaTopicHandle> open_topic(KafkaClient& client, const std::string& name);

// `what`: "see", "write".
Error no_right_to_topic(std::string_view what, std::string_view topic);

}  // namespace qualog::log
