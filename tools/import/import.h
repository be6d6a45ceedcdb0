// SPDX-License-Identifier: Apache-2.0
// Importing a file as a new project: read, mapped, decided whole, and only then written, as one
// group. A dry run stops before the writing and says the same. What fails leaves nothing behind.
#pragma once

#include "engine/data_directory.h"
#include "tools/import/mapper.h"

#include <filesystem>
#include <functional>

namespace qualog::tools {

struct ImportReport {
  std::string project;           // its name
  ProjectId id;                  // zero in a dry run
  Sequence sequence;             // the head after it; 0 in a dry run
  interchange::Counts counts;    // what the file holds
  interchange::Counts imported;  // what of it came
  std::vector<interchange::SourceDialect> dialects;
  std::vector<std::string> dialect_sources;  // their sources' names
  std::vector<interchange::Loss> losses;
};

struct ImportRequest {
  std::filesystem::path file;
  std::string name;  // empty: the file's own
  std::string actor;
  bool dry_run = false;
};

// Told when a part of the work begins that may take long: "reading", "writing 1200 events".
using SayPart = std::function<void(const std::string& part)>;

// Errors: those of reading the file; invalid when the name given is taken; those of writing.
Result<ImportReport> import_file(const engine::DataDirectory& data, const ImportRequest& request,
                                 engine::Effects effects, const SayPart& say = {});

}  // namespace qualog::tools
