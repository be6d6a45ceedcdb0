// SPDX-License-Identifier: Apache-2.0
#include "engine/log/kafka/address.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::log {

namespace {

constexpr std::string_view kScheme = "kafka://";
constexpr std::size_t kSpaceMax = 60;

bool is_space(std::string_view space) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !space.empty() && space.size() <= kSpaceMax &&
         std::all_of(space.begin(), space.end(), fits);
}

// Whether it is HOST:PORT.
bool is_broker(std::string_view broker) {
  const auto colon = broker.rfind(':');
  if (colon == broker.npos || colon == 0) return false;
  return parse_number<std::uint16_t>(broker.substr(colon + 1)).value_or(0) != 0;
}

Error wrong(std::string_view text, const char* why) {
  return fail(
      Code::invalid,
      fmt::format("\"{}\": {}; a log on Kafka is kafka://HOST:PORT[,HOST:PORT...]/NAMESPACE", text,
                  why));
}

std::string prefix_of(const std::string& space) { return "qualog.log." + space + "."; }

}  // namespace

bool are_brokers(std::string_view bootstrap) {
  while (true) {
    const auto comma = bootstrap.find(',');
    if (!is_broker(bootstrap.substr(0, comma))) return false;
    if (comma == bootstrap.npos) return true;
    bootstrap.remove_prefix(comma + 1);
  }
}

Result<KafkaAddress> parse_kafka_address(std::string_view text) {
  if (!text.starts_with(kScheme)) return wrong(text, "it does not begin with kafka://");
  const auto rest = text.substr(kScheme.size());
  const auto slash = rest.find('/');
  if (slash == rest.npos) return wrong(text, "it has no namespace");
  if (!are_brokers(rest.substr(0, slash))) return wrong(text, "the brokers are not HOST:PORT");
  const auto space = rest.substr(slash + 1);
  if (!is_space(space))
    return wrong(text, "the namespace is not 1 to 60 small letters, digits and hyphens");
  return KafkaAddress{std::string(rest.substr(0, slash)), std::string(space)};
}

std::string text_of(const KafkaAddress& address) {
  return fmt::format("{}{}/{}", kScheme, address.bootstrap, address.space);
}

std::string topic_name(const std::string& space, const KafkaTopicName& name) {
  return fmt::format("{}{}.g{}", prefix_of(space), name.project.text(), name.generation);
}

std::optional<KafkaTopicName> parse_topic_name(const std::string& space, std::string_view topic) {
  const auto prefix = prefix_of(space);
  if (!topic.starts_with(prefix)) return std::nullopt;
  topic.remove_prefix(prefix.size());
  const auto dot = topic.find(".g");
  if (dot == topic.npos) return std::nullopt;
  const auto project = ProjectId::parse(topic.substr(0, dot));
  const auto generation = parse_number<std::uint64_t>(topic.substr(dot + 2));
  if (!project || !generation) return std::nullopt;
  return KafkaTopicName{*project, *generation};
}

std::string namespace_topic(const std::string& space) { return "qualog.namespace." + space; }

}  // namespace qualog::log
