// SPDX-License-Identifier: Apache-2.0
// The arrival of projects in a data directory (data_directory.h). Beside what is copied lies a note
// of where it came from: whoever finds an arrival that was cut asks the old log what holds.
#include "engine/data_directory.h"
#include "projector/state/durable_file.h"

#include <fmt/format.h>

namespace qualog::engine {

namespace fs = std::filesystem;

namespace {

constexpr const char* kOrigin = "origin";
constexpr const char* kUnfinished = ".new";

// A name that nobody has, for a log that has moved away before.
fs::path aside_of(const fs::path& directory) {
  for (int n = 1;; ++n) {
    const fs::path aside = fmt::format("{}.moved-{}", directory.string(), n);
    std::error_code error;
    if (!fs::exists(aside, error)) return aside;
  }
}

}  // namespace

// Neither moved away, nor what an arrival that was cut has left.
Result<bool> DataDirectory::lives(const ProjectId& id) const {
  QUALOG_ASSIGN(const bool is_there, registry_->has(id));
  if (!is_there) return false;
  const auto seal = log::seal_in(*place_of(id).log);
  if (!seal && seal.error().code == Code::held) return false;
  if (!seal) return seal.error();
  return !seal->has_value();
}

Result<ProjectPlace> DataDirectory::begin_arrival(const DataDirectory& from, const ProjectId& id,
                                                  const LineageId& lineage) const {
  QUALOG_ASSIGN(const bool purged, is_purged(id));
  if (purged)
    return fail(Code::invalid,
                fmt::format("{}: the project was purged there, and its name is never used again; "
                            "make a new one of it with qualog restore, and move that",
                            address()));
  if (from.address() != address()) {
    QUALOG_ASSIGN(const bool lives_here, lives(id));
    if (lives_here)
      return fail(Code::invalid, fmt::format("{}: the project is there already", address()));
  }
  auto unpublished = unpublished_place_of(id);
  std::error_code ignored;
  fs::remove_all(unpublished.directory, ignored);
  QUALOG_TRY(projector::make_private_directory(unpublished.directory));
  QUALOG_TRY(copy_keys(from.keys_, keys_, lineage));
  QUALOG_TRY(projector::write_durably(unpublished.directory / kOrigin,
                                      fs::absolute(from.path_, ignored).string()));
  QUALOG_TRY(projector::sync_directory(path_ / "projects"));
  return unpublished;
}

void DataDirectory::give_up_arrival(const ProjectPlace& unpublished) const {
  (void)unpublished.log->discard();
  std::error_code ignored;
  fs::remove_all(unpublished.directory, ignored);
}

// A purge beside it may have taken them: only now is there a log that shows that they are needed.
Result<void> DataDirectory::renew_keys(const ProjectPlace& unpublished) const {
  QUALOG_ASSIGN(const auto lineage, unpublished.log->lineage());
  if (load_keys(keys_, lineage)) return {};
  QUALOG_ASSIGN(const auto origin, projector::read_small(unpublished.directory / kOrigin));
  QUALOG_ASSIGN(const auto from, DataDirectory::open(origin, Others::allowed));
  return copy_keys(from.keys_, keys_, lineage);
}

Result<void> DataDirectory::finish_arrival(const ProjectId& id, Effects effects) const {
  const auto unpublished = unpublished_place_of(id);
  const auto directory = directory_of(id);
  std::error_code error;
  if (!fs::exists(unpublished.directory / kOrigin, error)) return {};
  QUALOG_TRY(renew_keys(unpublished));
  QUALOG_TRY(unpublished.log->publish(effects.random));
  log::PosixFiles files;
  if (fs::exists(directory, error))
    QUALOG_TRY(files.rename(directory.string(), aside_of(directory).string()));
  QUALOG_TRY(files.rename(unpublished.directory.string(), directory.string()));
  QUALOG_TRY(files.sync_directory((path_ / "projects").string()));
  fs::remove(directory / kOrigin, error);
  return {};
}

void DataDirectory::finish_cut_arrivals(Effects effects) const {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path_ / "projects", error)) {
    const auto name = entry.path().filename().string();
    const auto id = ProjectId::parse(name.substr(0, name.find('.')));
    if (!id || !name.ends_with(kUnfinished)) continue;
    const auto origin = projector::read_small(entry.path() / kOrigin);
    if (!origin) continue;
    const auto from = DataDirectory::open(*origin, Others::allowed);
    if (!from) continue;
    const auto seal = log::seal_in(*from->place_of(*id).log);
    if (seal && *seal && (*seal)->place == address()) (void)finish_arrival(*id, effects);
  }
}

}  // namespace qualog::engine
