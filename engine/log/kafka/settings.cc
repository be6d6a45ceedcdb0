// SPDX-License-Identifier: Apache-2.0
#include "engine/log/kafka/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace qualog::log {

namespace {

// What may be set; a name that ends in a dot stands for all that begin with it.
constexpr std::array<std::string_view, 9> kAllowed = {"security.protocol",
                                                      "ssl.",
                                                      "sasl.",
                                                      "enable.ssl.certificate.verification",
                                                      "enable.sasl.oauthbearer.unsecure.jwt",
                                                      "client.id",
                                                      "client.dns.lookup",
                                                      "broker.address.family",
                                                      "socket.keepalive.enable"};

bool is_allowed(std::string_view name) {
  return std::any_of(kAllowed.begin(), kAllowed.end(), [&](std::string_view allowed) {
    return allowed.ends_with('.') ? name.starts_with(allowed) : name == allowed;
  });
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  const auto begin = text.find_first_not_of(kBlank);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

}  // namespace

Result<KafkaSettings> parse_kafka_settings(std::string_view text, const std::string& file) {
  KafkaSettings settings;
  for (int number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    const auto equals = line.find('=');
    const auto name = trimmed(line.substr(0, equals));
    if (equals == line.npos)
      return fail(Code::invalid, fmt::format("{}, line {}: not name=value", file, number));
    if (!is_allowed(name))
      return fail(
          Code::invalid,
          fmt::format("{}, line {}: \"{}\" cannot be set here; what can is security.protocol,"
                      " ssl.*, sasl.* and how to find the brokers",
                      file, number, name));
    settings.emplace_back(name, trimmed(line.substr(equals + 1)));
  }
  return settings;
}

}  // namespace qualog::log
