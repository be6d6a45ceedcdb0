// SPDX-License-Identifier: Apache-2.0
#include "engine/log/file_store.h"

#include "engine/log/file_log.h"
#include "engine/log/survey.h"
#include "schema/file_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace qualog::log {

Result<std::unique_ptr<Log>> FileStore::create(const LineageId& lineage, Random& random) {
  QUALOG_TRY(files_.make_directory(directory_));
  return create_file_log(files_, directory_, project_, lineage, random);
}

Result<OpenedLog> FileStore::open(Place from, const std::optional<Applied>& trusted, Random& random,
                                  Sink& sink) {
  return open_file_log(files_, directory_, from, trusted, random, sink);
}

Result<ReadSummary> FileStore::read(Place from, const std::optional<Head>&, Sink& sink) {
  return read_file_log(files_, directory_, from, sink);
}

std::string FileStore::name_at(const Place& place) const {
  return directory_ + "/" + segment_name(std::max<std::uint64_t>(place.segment, 1));
}

std::uint64_t FileStore::bytes() const {
  const auto names = PosixFiles().list(directory_);
  if (!names) return 0;
  std::uint64_t bytes = 0;
  for (const auto& name : *names) {
    std::error_code error;
    const auto size = std::filesystem::file_size(directory_ + "/" + name, error);
    bytes += error ? 0 : size;
  }
  return bytes;
}

Result<LineageId> FileStore::lineage() {
  QUALOG_TRY(open_witness(files_, directory_, Access::Read));
  const auto path = Catalog{directory_}.path(1);
  QUALOG_ASSIGN(auto file, files_.open(path, Access::Read));
  QUALOG_ASSIGN(const auto reading, read_segment_header(*file, 1));
  if (reading.status == HeaderStatus::Valid) return reading.header.ids.lineage;
  if (reading.status == HeaderStatus::TooNew)
    return fail(Code::too_new, path + ": written by a newer version; install that version");
  return fail(Code::damaged, path + ": its header is damaged; restore the project from a backup");
}

Result<void> FileStore::destroy() {
  std::error_code error;
  std::filesystem::remove_all(directory_, error);
  if (error) return file_error("cannot remove", directory_, error.value());
  return {};
}

Error sealed_error(const std::string& log, const Seal& seal) {
  if (is_purge(seal))
    return fail(Code::not_found, fmt::format("{}: the project was purged: it is gone for good; "
                                             "qualog project ls shows what is there",
                                             log));
  return fail(Code::moved, fmt::format("{}: the project has moved to {}, event {}; open it there",
                                       log, seal.place, seal.sequence.value));
}

Result<std::optional<Seal>> seal_in(LogStore& store) {
  NoSink nothing;
  QUALOG_ASSIGN(const auto summary, store.read({}, nothing));
  if (!summary.damage.empty()) return damage_error(summary.damage.front());
  return summary.seal;
}

}  // namespace qualog::log
