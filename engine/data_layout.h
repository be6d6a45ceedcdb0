// SPDX-License-Identifier: Apache-2.0
// What the file qualog.format of a data directory says: the version of its layout, and where logs,
// keys and blobs lie. Version 1 has all of it in the directory itself; version 2 has the logs on
// Kafka, and keys and blobs in stores that all machines of the namespace share.
#pragma once

#include "engine/log/kafka/address.h"
#include "engine/log/kafka/admin.h"
#include "schema/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace qualog::engine {

// A directory that several machines share, told by the identity in it.
struct SharedStore {
  std::filesystem::path path;
  std::string identity;
};

struct KafkaLayout {
  log::KafkaAddress address;
  log::Replication replication;
  SharedStore keys;
  SharedStore blobs;
};

struct DataLayout {
  std::optional<KafkaLayout> kafka;  // none: everything is embedded
};

// Errors: not_found (none is there), forbidden (to read), too_new (of another version), damaged,
// io.
Result<DataLayout> read_layout(const std::filesystem::path& directory);
// Durable; from then on it is a data directory.
Result<void> write_layout(const std::filesystem::path& directory, const DataLayout& layout);

// The identity in a directory that is there; one is drawn where there is none yet.
// One that cannot be read is never replaced. Errors: not_found (no such directory), damaged, io.
Result<SharedStore> claim_store(const std::filesystem::path& path, const std::string& fresh);
// Notes in a store that a namespace uses it, and gives those that have noted it.
Result<void> note_namespace(const SharedStore& store, const std::string& space);
Result<std::vector<std::string>> namespaces_of(const std::filesystem::path& store);
// Errors: not_found, another directory is there, or none: it is not mounted; damaged, io.
Result<void> check_store(const SharedStore& store);

}  // namespace qualog::engine
