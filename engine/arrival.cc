// SPDX-License-Identifier: Apache-2.0
// The arrival of projects in a data directory (data_directory.h). Beside what is copied lies a note
// of where it came from, what its log is called, and what this directory was called then: whoever
// finds an arrival that was cut asks the old log what holds. Whoever brings or finishes an arrival
// holds its lock, a file beside it that outlives what is moved aside or renamed. On Kafka other
// machines may move the same project at the same time; one of them seals the old log, and what is
// published is that one's copy, compared with the Seal.
#include "engine/blobs/copy_blobs.h"
#include "engine/data_directory.h"
#include "engine/log/posix_files.h"
#include "projector/state/durable_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace qualog::engine {

namespace fs = std::filesystem;

namespace {

constexpr const char* kOrigin = "origin";

struct Origin {
  std::string from;  // the data directory
  std::string log;   // the copy's name; empty: nothing was copied yet
  std::string to;    // the address of this directory at that time, which the Seal names
};

Result<void> write_origin(const fs::path& directory, const Origin& origin) {
  return projector::write_durably(directory / kOrigin,
                                  fmt::format("{}\n{}\n{}\n", origin.from, origin.log, origin.to));
}

Result<Origin> read_origin(const fs::path& directory) {
  QUALOG_ASSIGN(const auto text, projector::read_small(directory / kOrigin));
  std::istringstream lines(text);
  Origin origin;
  std::getline(lines, origin.from);
  std::getline(lines, origin.log);
  if (lines.eof())
    return fail(Code::damaged,
                fmt::format("{}: it does not say where a project came from; move the project again",
                            (directory / kOrigin).string()));
  std::getline(lines, origin.to);
  return origin;
}

// Whether a whole copy was noted. A note that cannot be read may say so.
bool may_be_whole(const fs::path& directory) {
  const auto origin = read_origin(directory);
  return origin ? !origin->log.empty() : origin.error().code != Code::not_found;
}

// A name that nobody has, for what has moved away before, or for a copy.
Result<fs::path> aside_of(const fs::path& directory, std::string_view what) {
  for (int n = 1;; ++n) {
    const fs::path aside = fmt::format("{}.{}-{}", directory.string(), what, n);
    QUALOG_ASSIGN(const bool taken, projector::is_there(aside));
    if (!taken) return aside;
  }
}

// Gives where a whole copy lies now.
Result<std::string> make_way(const fs::path& unpublished, const fs::path& directory) {
  std::error_code ignored;
  if (!may_be_whole(unpublished)) {
    fs::remove_all(unpublished, ignored);
    return std::string();
  }
  QUALOG_ASSIGN(const auto aside, aside_of(directory, "copy"));
  QUALOG_TRY(projector::rename_to(unpublished, aside));
  return aside.string();
}

}  // namespace

namespace {

// Its file goes with it.
class ArrivalLock final : public log::FileLock {
 public:
  ArrivalLock(fs::path path, std::unique_ptr<log::FileLock> lock)
      : path_(std::move(path)), lock_(std::move(lock)) {}
  ~ArrivalLock() override {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }

 private:
  fs::path path_;
  std::unique_ptr<log::FileLock> lock_;
};

fs::path arrival_lock_of(const fs::path& directory) { return directory.string() + ".arriving"; }

Error being_moved(const std::string& address, const ProjectId& id) {
  return fail(Code::held, fmt::format("{}: another process is moving the project {} here; give "
                                      "the command again when it is done",
                                      address, id.text()));
}

}  // namespace

Result<std::unique_ptr<log::FileLock>> DataDirectory::lock_arrival(const ProjectId& id) const {
  const auto path = arrival_lock_of(directory_of(id));
  auto lock = log::PosixFiles().lock(path.string());
  if (lock) return std::unique_ptr<log::FileLock>(new ArrivalLock(path, std::move(*lock)));
  return lock.error().code == Code::held ? being_moved(address(), id) : lock.error();
}

// Neither moved away, nor what an arrival that was cut has left.
Result<bool> DataDirectory::lives(const ProjectId& id) const {
  QUALOG_ASSIGN(const bool is_there, registry_->has(id));
  if (!is_there) return false;
  const auto seal = log::seal_in(*place_of(id).log);
  if (!seal && seal.error().code == Code::held) return false;
  if (!seal) return seal.error();
  return !seal->has_value();
}

Result<Arrival> DataDirectory::begin_arrival(const DataDirectory& from, const ProjectId& id,
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
  QUALOG_ASSIGN(auto set_aside, make_way(unpublished.directory, directory_of(id)));
  QUALOG_TRY(projector::make_private_directory(unpublished.directory));
  QUALOG_TRY(copy_keys(from.keys_, keys_, lineage));
  std::error_code ignored;
  QUALOG_TRY(write_origin(unpublished.directory,
                          {fs::absolute(from.path_, ignored).string(), {}, address()}));
  QUALOG_TRY(projector::sync_directory(path_ / "projects"));
  return Arrival{std::move(unpublished), std::move(set_aside)};
}

Result<void> DataDirectory::note_copy(const ProjectPlace& unpublished) const {
  QUALOG_ASSIGN(auto origin, read_origin(unpublished.directory));
  origin.log = unpublished.log->name();
  return write_origin(unpublished.directory, origin);
}

void DataDirectory::give_up_arrival(const ProjectPlace& unpublished) const {
  (void)unpublished.log->discard();
  std::error_code ignored;
  fs::remove_all(unpublished.directory, ignored);
}

// A data directory that was renamed since, or lies elsewhere, is still the one that the Seal names.
bool DataDirectory::is_meant_by(const log::Seal& seal, const ProjectId& id) const {
  if (seal.place == address()) return true;
  const auto origin = read_origin(unpublished_place_of(id).directory);
  return origin && origin->to == seal.place;
}

namespace {

// Only the copy that whoever sealed the old log has made may take its place. Where it is open to
// everybody already, they may have worked on.
Result<void> check_copy(log::LogStore& copy, const log::Seal& seal) {
  log::NoSink nothing;
  QUALOG_ASSIGN(const auto summary, copy.read({}, nothing));
  if (copy.is_shared() && !summary.state.unfinished) return {};
  const auto& head = summary.settled;
  if (head.sequence() == seal.sequence && head.chain == seal.chain) return {};
  return fail(Code::damaged,
              fmt::format("{}: it ends with event {}, and the project moved with {}; nothing was "
                          "changed",
                          copy.name(), head.sequence().value, seal.sequence.value));
}

}  // namespace

// A purge beside it may have taken them: only now is there a log that shows that they are needed.
Result<void> DataDirectory::renew_keys(const DataDirectory& from,
                                       const ProjectPlace& unpublished) const {
  QUALOG_ASSIGN(const auto lineage, unpublished.log->lineage());
  if (load_keys(keys_, lineage)) return {};
  return copy_keys(from.keys_, keys_, lineage);
}

namespace {

// Files that were whole only when the others had been copied: no event names them yet.
Result<void> bring_late_files(BlobStore& from, BlobStore& to) {
  QUALOG_ASSIGN(auto late, from.complete());
  QUALOG_ASSIGN(const auto there, to.complete());
  std::erase_if(late, [&](const BlobInfo& blob) {
    return std::find(there.begin(), there.end(), blob) != there.end();
  });
  QUALOG_TRY(copy_blobs(from, to, late));
  return {};
}

}  // namespace

// Where there is no note, the project has arrived, or is on its way from another machine.
Result<void> DataDirectory::check_arrived(const ProjectId& id) const {
  QUALOG_ASSIGN(const bool is_here, lives(id));
  if (is_here) return {};
  return fail(
      Code::held,
      fmt::format("{}: the project is on its way here from another machine; finish the move "
                  "there, with the same command",
                  address()));
}

// In files a directory of its name is moved aside only where the log in it says that the project
// has left it. On Kafka it holds no more than a state.
Result<void> DataDirectory::check_way(const ProjectId& id) const {
  const auto directory = directory_of(id);
  QUALOG_ASSIGN(const bool taken, projector::is_there(directory));
  if (!taken) return {};
  QUALOG_ASSIGN(const bool is_here, registry_->is_shared() ? Result<bool>(false) : lives(id));
  if (is_here)
    return fail(Code::invalid,
                fmt::format("{}: the project is there already, and {} holds it too; nothing was "
                            "changed",
                            directory.string(), unpublished_place_of(id).directory.string()));
  return {};
}

namespace {

// What moved away before.
Result<void> move_aside(const fs::path& directory) {
  QUALOG_ASSIGN(const bool taken, projector::is_there(directory));
  if (!taken) return {};
  QUALOG_ASSIGN(const auto aside, aside_of(directory, "moved"));
  return projector::rename_to(directory, aside);
}

}  // namespace

Result<void> DataDirectory::publish_arrival(const DataDirectory& from, ProjectPlace unpublished,
                                            const log::Seal& seal, Effects effects) const {
  const auto id = unpublished.id;
  const auto directory = directory_of(id);
  QUALOG_ASSIGN(const auto origin, read_origin(unpublished.directory));
  QUALOG_ASSIGN(unpublished.log,
                registry_->unpublished_log_called(id, unpublished.directory, origin.log));
  QUALOG_TRY(check_copy(*unpublished.log, seal));
  QUALOG_TRY(renew_keys(from, unpublished));
  QUALOG_TRY(bring_late_files(*from.place_of(id).blobs, *unpublished.blobs));
  QUALOG_TRY(check_way(id));
  QUALOG_TRY(unpublished.log->publish(effects.random));
  QUALOG_TRY(move_aside(directory));
  QUALOG_TRY(projector::rename_to(unpublished.directory, directory));
  QUALOG_TRY(projector::sync_directory(path_ / "projects"));
  std::error_code ignored;
  fs::remove(directory / kOrigin, ignored);
  return {};
}

// Whoever comes behind another finds no note any more.
Result<void> DataDirectory::finish_arrival(const DataDirectory& from, const ProjectId& id,
                                           const log::Seal& seal, Effects effects) const {
  const auto unpublished = unpublished_place_of(id);
  QUALOG_ASSIGN(const bool noted, projector::is_there(unpublished.directory / kOrigin));
  if (!noted) return check_arrived(id);
  return publish_arrival(from, unpublished, seal, effects);
}

namespace {

Result<std::optional<log::Seal>> seal_at(const std::string& from, const ProjectId& id) {
  QUALOG_ASSIGN(const auto data, DataDirectory::open(from, Others::allowed));
  return log::seal_in(*data.place_of(id).log);
}

Error old_place_unknown(const fs::path& copy, const Origin& origin, const Error& why,
                        const std::string& again) {
  return fail(why.code,
              fmt::format("{}: a project was moved here from {}, which cannot be looked at ({}); "
                          "finish the move from where that lies now: qualog -d DIR {}",
                          copy.string(), origin.from, why.message, again));
}

Error not_sealed(const fs::path& copy, const Origin& origin, const std::string& again) {
  return fail(Code::held,
              fmt::format("{}: a project was copied here, and it goes on in {}: move it "
                          "again, qualog -d {} {}, or delete the copy if all that it "
                          "holds is there",
                          copy.string(), origin.from, origin.from, again));
}

Error sealed_for_another(const fs::path& copy, const Origin& origin, const log::Seal& seal,
                         const std::string& again) {
  if (seal.place == origin.to)
    return fail(Code::moved,
                fmt::format("{}: a project was moved here when this was {}; if this is "
                            "where it goes on: qualog -d {} {}",
                            copy.string(), origin.to, origin.from, again));
  const auto why = log::sealed_error(copy.string(), seal);
  return fail(why.code,
              why.message + "; what lies here is a copy, needed only if nothing is there");
}

}  // namespace

// A directory that bears another name may be a copy of the one that the Seal names: whoever moves
// again says that it is not. Nothing is said of what another process is at.
Result<void> DataDirectory::finish_cut_arrival(const ProjectId& id, Effects effects) const {
  const auto copy = unpublished_place_of(id).directory;
  const auto origin = read_origin(copy);
  if (!origin && origin.error().code == Code::not_found) return {};
  if (!origin) return origin.error();
  if (origin->log.empty()) return {};
  const auto busy = log::PosixFiles().locked(arrival_lock_of(directory_of(id)).string());
  const auto seal = seal_at(origin->from, id);
  if (seal && *seal && (*seal)->place == address()) {
    QUALOG_ASSIGN(const auto from, DataDirectory::open(origin->from, Others::allowed));
    QUALOG_ASSIGN(const auto lock, lock_arrival(id));
    return finish_arrival(from, id, **seal, effects);
  }
  if (!busy || *busy) return {};
  const auto again = fmt::format("project move {} --to {}", id.text(), path_.string());
  if (!seal) return old_place_unknown(copy, *origin, seal.error(), again);
  if (!*seal) return not_sealed(copy, *origin, again);
  return sealed_for_another(copy, *origin, **seal, again);
}

std::vector<Error> DataDirectory::finish_cut_arrivals(Effects effects) const {
  const auto ids = unpublished_ids();
  if (!ids) return {ids.error()};
  std::vector<Error> failed;
  for (const auto& id : *ids)
    if (const auto done = finish_cut_arrival(id, effects); !done) failed.push_back(done.error());
  return failed;
}

}  // namespace qualog::engine
