// SPDX-License-Identifier: Apache-2.0
// Where logs lie on Apache Kafka: kafka://BOOTSTRAP/NAMESPACE, and the names of the topics there.
// A topic holds one generation of one project's log: qualog.log.NAMESPACE.PROJECT.gN. Names are
// never used again: to a client a topic made anew looks like one that has lost its end. Pure.
#pragma once

#include "schema/ids.h"
#include "schema/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace qualog::log {

struct KafkaAddress {
  std::string bootstrap;  // HOST:PORT, or several with commas between
  std::string space;      // the namespace: 1 to 60 of a-z 0-9 -
  bool operator==(const KafkaAddress&) const = default;
};

// Whether it is HOST:PORT, or several with commas between.
bool are_brokers(std::string_view bootstrap);

// "kafka://127.0.0.1:9092/lab". Error: invalid, with what is wrong.
Result<KafkaAddress> parse_kafka_address(std::string_view text);
std::string text_of(const KafkaAddress& address);

struct KafkaTopicName {
  ProjectId project;
  std::uint64_t generation = 1;
  auto operator<=>(const KafkaTopicName&) const = default;
};

std::string topic_name(const std::string& space, const KafkaTopicName& name);
// Nothing: the topic is no log of this namespace.
std::optional<KafkaTopicName> parse_topic_name(const std::string& space, std::string_view topic);
// Of the record that says what all machines of a namespace share.
std::string namespace_topic(const std::string& space);

}  // namespace qualog::log
