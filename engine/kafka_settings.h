// SPDX-License-Identifier: Apache-2.0
// The file that says how a cluster is reached: that of a data directory, or one that somebody
// names. One thread.
#pragma once

#include "engine/log/kafka/settings.h"

#include <filesystem>
#include <string>

namespace qualog::engine {

struct KafkaSettingsFile {
  std::string text;  // as it is written
  log::KafkaSettings settings;
};

// No name, no settings. Errors: not_found; io; too_large; invalid, with the line.
Result<KafkaSettingsFile> read_kafka_settings(const std::filesystem::path& file);

}  // namespace qualog::engine
