// SPDX-License-Identifier: Apache-2.0
// Keys of a lineage: the command key, under which command ids are bound to their content, and the
// name key, under which names are compared. They lie beside the logs, never in them, in one file a
// lineage that only its owner may read (0600); forks share them. Losing them loses no record: only
// retries and new names could no longer be recognised.
#pragma once

#include "engine/effects.h"
#include "schema/chain.h"
#include "schema/result.h"
#include "schema/text.h"

#include <filesystem>

namespace qualog::engine {

struct LineageKeys {
  Bytes command;  // 32 bytes
  NameKey name;   // 32 bytes
};

// Makes the keys of a new lineage in `directory`, durable before it returns.
Result<LineageKeys> create_keys(const std::filesystem::path& directory, const LineageId& lineage,
                                Random& random);
// Gives another key store the keys of a lineage, unless it has them.
Result<void> copy_keys(const std::filesystem::path& from, const std::filesystem::path& to,
                       const LineageId& lineage);
// Removal, in two steps: whoever would use keys that are set aside fails, or is seen before they
// are removed. What is not there is no error.
Result<void> set_keys_aside(const std::filesystem::path& directory, const LineageId& lineage);
Result<void> put_keys_back(const std::filesystem::path& directory, const LineageId& lineage);
Result<void> remove_keys_aside(const std::filesystem::path& directory, const LineageId& lineage);
// Errors: not_found, they are missing; damaged; io, they cannot be read.
Result<LineageKeys> load_keys(const std::filesystem::path& directory, const LineageId& lineage);

}  // namespace qualog::engine
