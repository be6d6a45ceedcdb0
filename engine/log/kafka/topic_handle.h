// SPDX-License-Identifier: Apache-2.0
// A topic as a client knows it: its leader among other things. It goes before its client.
#pragma once

#include <memory>

typedef struct rd_kafka_topic_s rd_kafka_topic_t;  // NOLINT: librdkafka's name

namespace qualog::log {

struct CloseTopic {
  void operator()(rd_kafka_topic_t* topic) const;
};
using KafkaTopicHandle = std::unique_ptr<rd_kafka_topic_t, CloseTopic>;

}  // namespace qualog::log
