// SPDX-License-Identifier: Apache-2.0
// How a cluster is reached: TLS and SASL, from a file of `name=value` lines under the names that
// librdkafka and kcat give them. What the protocol of topic_log.h rests on cannot be set. Pure.
#pragma once

#include "schema/result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace qualog::log {

using KafkaSettings = std::vector<std::pair<std::string, std::string>>;

// Empty lines and lines that begin with # are passed over. `file` is for messages. Error: invalid,
// with the line.
Result<KafkaSettings> parse_kafka_settings(std::string_view text, const std::string& file);

}  // namespace qualog::log
