// SPDX-License-Identifier: Apache-2.0
// Making a data directory whose logs lie on Kafka. Nothing is made on this machine before the
// cluster answers, promises enough, and agrees that keys and blobs lie in the stores that all
// machines of the namespace share. One thread.
#pragma once

#include "engine/data_directory.h"

namespace qualog::engine {

struct KafkaRequest {
  log::KafkaAddress address;
  std::filesystem::path settings;  // a file (engine/log/kafka/settings.h); empty: none
  std::filesystem::path keys;
  std::filesystem::path blobs;
  std::optional<int> replicas;  // none: what the namespace has, or three
};

// Errors: invalid (the path is in use; the settings; the cluster promises less; other stores or
// numbers than the namespace has), not_found (no such directory, no such file), forbidden,
// unreachable, io.
Result<DataLayout> init_on_kafka(const std::filesystem::path& path, const KafkaRequest& request,
                                 Effects effects);

}  // namespace qualog::engine
