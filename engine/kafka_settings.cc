// SPDX-License-Identifier: Apache-2.0
#include "engine/kafka_settings.h"

#include "projector/state/durable_file.h"

#include <fmt/format.h>

namespace qualog::engine {

Result<KafkaSettingsFile> read_kafka_settings(const std::filesystem::path& file) {
  if (file.empty()) return KafkaSettingsFile{};
  auto text = projector::read_small(file);
  if (!text && text.error().code == Code::not_found)
    return fail(Code::not_found,
                fmt::format("{}: no such file; name the one with the settings", file.string()));
  if (!text) return text.error();
  QUALOG_ASSIGN(auto settings, log::parse_kafka_settings(*text, file.string()));
  return KafkaSettingsFile{std::move(*text), std::move(settings)};
}

}  // namespace qualog::engine
