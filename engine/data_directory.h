// SPDX-License-Identifier: Apache-2.0
// DataDirectory: where the projects of one machine lie; what `project ls` lists.
//   qualog.format      the layout: embedded, or with the logs on Kafka (data_layout.h)
//   projects/<id>/     one project each: nothing is shared between them; notes of purge_notes.h
//   projects/<id>/blobs  its files; on Kafka in a shared store, a directory <id> there
//   keys/              one key file a lineage (engine/keys.h); on Kafka in a shared store
//   kafka.conf         how the cluster is reached (TLS, SASL), where the logs are on Kafka
// Directories are 0700 and files 0600; a directory that others may enter is refused, unless whoever
// opens it says that they may. A project is made under a temporary name and renamed, so a half-made
// one is never seen. One thread.
#pragma once

#include "engine/data_layout.h"
#include "engine/log/kafka/plan.h"
#include "engine/project.h"
#include "engine/purge_notes.h"
#include "engine/registry.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace qualog::engine {

struct ProjectInfo {
  ProjectId id;
  std::string name;  // as last folded (on Kafka: by this machine); empty: it cannot be read
  bool deleted = false;
  Sequence sequence;
  std::optional<Error> problem;  // why it cannot be read
  std::string moved;             // where it goes on, if not here
};

// What a list says of projects that other machines write to: what this machine has last folded,
// which costs nothing, or what their logs say.
enum class Names { as_folded, now };

// The steps of a purge; each is durable when it is told.
enum class PurgeStep {
  owned,      // nobody else has the project, and it may be purged
  asked,      // on Kafka: whoever lists it looks at its log
  sealed,     // on Kafka: it is gone
  decided,    // in files it is gone
  keys_gone,  // unless another project needs them
  log_gone,
  gone,  // nothing is left here
};
using PurgeWatch = std::function<void(PurgeStep)>;

// What became of the keys; `needed_by`: who else has them.
struct PurgedKeys {
  bool removed = false;
  std::string needed_by;
};

// Other accounts of the machine, on a directory whose mode lets them in.
enum class Others { refused, allowed };

// A project on its way from another place, or from an older generation.
struct Arrival {
  ProjectPlace place;     // nobody's yet
  std::string set_aside;  // where a whole copy that lay there before lies now; empty: none did
};

// Ends the name of a project's directory while it is made.
inline constexpr const char* kUnfinished = ".new";

class DataDirectory {
 public:
  // Makes an empty one, durably; goes on where an earlier init was cut. `settings`: how its cluster
  // is reached (engine/log/kafka/settings.h), if it has one. Errors: invalid when the path is in
  // use.
  static Result<void> init(const std::filesystem::path& path, const DataLayout& layout = {},
                           std::string_view settings = {});
  // Whether init() could use the path.
  static Result<void> check_usable(const std::filesystem::path& path);
  // Errors: not_found (none is there), forbidden (to read; or others may enter it), too_new.
  static Result<DataDirectory> open(const std::filesystem::path& path,
                                    Others others = Others::refused);

  // Every project, by name; damaged ones too, with their problem. Errors: those of the backend.
  Result<std::vector<ProjectInfo>> projects(Names names = Names::as_folded) const;
  // Of every project that was not purged, in any order. Errors: those of the backend, and what a
  // log gives that has to say whether it was.
  Result<std::vector<ProjectId>> project_ids() const;
  // By id or name, in any case while one alone has it so. A name is what the log says now: what is
  // found is looked at again, and where it is not that, so are all. Errors: not_found; invalid when
  // several have that name; those of the backend.
  Result<ProjectPlace> find(std::string_view name_or_id) const;
  ProjectPlace place_of(const ProjectId& id) const;

  // A new project with `actor` as its Owner and only member, filled by `fill` before anybody sees
  // it: when that fails there is no project. The answer is durable.
  // Errors: invalid (the name is taken or empty), io, no_space, unknown_outcome, and what `fill`
  // gives.
  using Fill = FunctionRef<Result<void>(Project& made)>;
  Result<ProjectInfo> create(std::string_view name, std::string_view actor,
                             const SessionId& session, Effects effects, fb::ProjectOrigin origin,
                             Fill fill) const;
  // An empty one.
  Result<ProjectInfo> create(std::string_view name, std::string_view actor,
                             const SessionId& session, Effects effects) const;

  // Reserves nothing: says whether a living project has that name.
  Result<void> check_name_free(std::string_view name) const;

  // Makes a place under a temporary name, lets `fill` build the project there, and gives it its
  // name durably. What fails leaves nothing behind; unknown_outcome: it may be there, and stays.
  Result<void> build(const ProjectId& id, Effects effects,
                     FunctionRef<Result<void>(const ProjectPlace& temporary)> fill) const;

  // Where its logs lie, for a Seal and for people: its path, or kafka://...
  std::string address() const;
  // Whoever brings a project here, or finishes that, holds this lock from before it has looked
  // whether the old log is sealed. Errors: held; io.
  Result<std::unique_ptr<log::FileLock>> lock_arrival(const ProjectId& id) const;
  // Makes a place for it. What an earlier move has left there goes, but a copy that it noted is set
  // aside: where the old place was put back from a backup since, it alone holds all. Errors:
  // invalid, the project is here already.
  Result<Arrival> begin_arrival(const DataDirectory& from, const ProjectId& id,
                                const LineageId& lineage) const;
  void give_up_arrival(const ProjectPlace& unpublished) const;
  // Notes what the copy is called, once there is one; before the old log is sealed.
  Result<void> note_copy(const ProjectPlace& unpublished) const;
  // Whether the Seal names this directory, by its address or by what that was when the project was
  // copied here.
  bool is_meant_by(const log::Seal& seal, const ProjectId& id) const;
  // Publishes the copy that was noted, which must end as the old log's Seal says. Nothing to do: it
  // is published. Files that were put beside the move come along. Errors: damaged, it ends
  // elsewhere; held, another machine has begun to move it; invalid, the project lives here already.
  Result<void> finish_arrival(const DataDirectory& from, const ProjectId& id, const log::Seal& seal,
                              Effects effects) const;
  // Publishes each project whose old log says that it has moved here: what a move that was cut has
  // left, unless somebody is at it. Others stay as they are. Gives why what was copied here could
  // not be published.
  std::vector<Error> finish_cut_arrivals(Effects effects) const;

  // Purging (replay/purge.h), here. On Kafka it is asked for before the log is sealed, and taken
  // back where that fails. Decided: the project is gone.
  Result<void> ask_purge(const ProjectId& id, const LineageId& lineage,
                         const std::string& asker) const;
  Result<void> take_back_purge(const ProjectId& id, const std::string& asker) const;
  Result<void> decide_purge(const ProjectId& id, const LineageId& lineage) const;
  // Takes away what is left of what is decided; on Kafka, of what its log says is purged.
  // Idempotent. Whoever calls holds the project's lock, where there is one. Errors: invalid, the
  // log says otherwise; those of the backend.
  Result<PurgedKeys> finish_purge(const ProjectId& id, const PurgeWatch& reached) const;
  // Goes on where purges were cut, here or on other machines, unless somebody is at it.
  void finish_cut_purges() const;
  // Whether it is gone for good; also where something of it is left. Errors: those of the backend.
  Result<bool> is_purged(const ProjectId& id) const;

  const std::filesystem::path& path() const { return path_; }

 private:
  DataDirectory(std::filesystem::path path, std::filesystem::path keys, std::filesystem::path blobs,
                std::shared_ptr<Registry> registry)
      : path_(std::move(path)),
        keys_(std::move(keys)),
        blobs_(std::move(blobs)),
        registry_(std::move(registry)) {}
  std::filesystem::path directory_of(const ProjectId& id) const;
  std::shared_ptr<BlobStore> blobs_of(const ProjectId& id,
                                      const std::filesystem::path& directory) const;
  ProjectPlace unpublished_place_of(const ProjectId& id) const;
  // Of those that are being made here, or whose making was cut.
  Result<std::vector<ProjectId>> unpublished_ids() const;
  ProjectInfo info_of(const ProjectId& id, Names names) const;
  Result<ProjectInfo> find_named(std::string_view name, Names names) const;
  Result<bool> is_still(const ProjectInfo& folded) const;
  Result<bool> lives(const ProjectId& id) const;
  Result<void> renew_keys(const DataDirectory& from, const ProjectPlace& unpublished) const;
  Result<void> check_way(const ProjectId& id) const;
  Result<void> publish_arrival(const DataDirectory& from, ProjectPlace unpublished,
                               const log::Seal& seal, Effects effects) const;
  Result<void> check_arrived(const ProjectId& id) const;
  Result<void> finish_cut_arrival(const ProjectId& id, Effects effects) const;
  PurgeNotes purge_notes() const;
  std::string own_namespace() const;
  Result<bool> is_decided(const ProjectId& id, PurgeNote note) const;
  Result<bool> may_need(const ProjectPlace& place, const LineageId& lineage) const;
  Result<void> check_sealed(const ProjectId& id) const;
  Result<std::vector<ProjectPlace>> places_of_others(const ProjectId& id) const;
  Result<std::string> who_needs(const LineageId& lineage, const ProjectId& id) const;
  Result<PurgedKeys> remove_keys(const ProjectId& id, const LineageId& lineage) const;
  Result<void> remove_directories(const ProjectId& id) const;
  Result<void> go_on_with_purge(const ProjectId& id, const FoundNote& note, bool is_listed) const;
  void finish_cut_purge(const ProjectId& id, const FoundNote& note, bool is_listed) const;
  Result<void> give_name(const ProjectPlace& unpublished, const ProjectPlace& place,
                         Effects effects) const;

  std::filesystem::path path_;
  std::filesystem::path keys_;
  std::filesystem::path blobs_;  // the store that all machines share; empty: each project's own
  std::shared_ptr<Registry> registry_;
};

// The cluster that the logs of a data directory lie on; nothing: they lie in itself. Errors: those
// of read_layout(), and invalid, its settings.
Result<std::optional<log::KafkaPlan>> cluster_of(const std::filesystem::path& path);

// Ids of version 7 from these effects.
template <class AnyId>
AnyId new_id(Effects effects) {
  std::array<std::uint8_t, 10> random;
  effects.random.fill(random);
  return AnyId{make_uuid7(effects.clock.now_us() / 1000, random)};
}

}  // namespace qualog::engine
