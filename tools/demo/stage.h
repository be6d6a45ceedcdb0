// SPDX-License-Identifier: Apache-2.0
// Stage: the data directory and the project that the story plays in, who acts, and what the
// chapters remember for each other. A chapter claims nothing that it has not checked: expect().
// One thread; whoever asks the owner from another thread uses ask() with a session of their own.
#pragma once

#include "engine/data_directory.h"
#include "schema/commands.h"
#include "tools/demo/sample.h"

#include <map>
#include <optional>

namespace qualog::demo {

// The error of a story that did not happen as it was told.
Error untrue(std::string_view claim);
inline Result<void> expect(bool holds, std::string_view claim) {
  if (holds) return {};
  return untrue(claim);
}

// "Ada" of "ada".
std::string called(std::string_view account);
// "14:03:22 UTC".
std::string time_of_day(std::int64_t unix_us);

// What the chapters remember for each other.
struct Memory {
  CommandId refused;  // Cleo's definition, in the inbox
  Sequence before_accident;
  std::string restored;  // name of the restored project
};

class Stage {
 public:
  // The directory is made; `effects` outlive the stage.
  static Result<Stage> make(const std::filesystem::path& directory, engine::Effects effects);

  const engine::DataDirectory& data() const { return data_; }
  engine::Effects effects() const { return effects_; }
  engine::ProjectPlace place() const { return data_.place_of(project_id_); }
  const ProjectId& project_id() const { return project_id_; }
  Memory& memory() { return memory_; }

  // Opens and closes the project of the story; the first open names it.
  Result<void> open(const ProjectId& id);
  Result<void> open() { return open(project_id_); }
  Result<void> close();
  engine::Owner& owner() { return project_->owner(); }
  const NameKey& names() const { return project_->keys().name; }
  // What is committed now.
  Result<std::unique_ptr<projector::ReadTransaction>> read() const { return project_->read(); }
  Result<Sequence> head() const;

  template <class AnyId>
  AnyId new_id() const {
    return engine::new_id<AnyId>(effects_);
  }
  // The session in which an account works.
  SessionId session(std::string_view account);
  // A command in that session; `seen`: what its author saw, the newest when absent.
  fb::CommandT command(std::string_view account, std::vector<fb::ActionUnion> actions,
                       std::optional<Sequence> seen = {});
  engine::Answer ask(std::string_view account, fb::ActionUnion action,
                     std::optional<Sequence> seen = {});
  // The same when it must be accepted. Error: untrue.
  Result<Sequence> act(std::string_view account, fb::ActionUnion action);

  // Items of the sample as they were imported, by name.
  Result<ItemId> code(std::string_view name) const;
  Result<ItemId> source(std::size_t interview) const;
  // Puts a coding of the sample into words that the engine takes.
  Result<fb::CodingAddedT> coding(const SampleCoding& coding) const;

 private:
  Stage(engine::DataDirectory data, engine::Effects effects)
      : data_(std::move(data)), effects_(effects) {}
  Result<void> learn_names();

  engine::DataDirectory data_;
  engine::Effects effects_;
  ProjectId project_id_;
  std::unique_ptr<engine::Project> project_;
  std::map<std::string, SessionId, std::less<>> sessions_;
  std::map<std::string, ItemId, std::less<>> codes_;
  std::map<std::string, ItemId, std::less<>> sources_;
  Memory memory_;
};

// Living codes and codings, as a codebook shows them.
struct Holdings {
  std::uint64_t codes = 0;
  std::uint64_t codings = 0;
  bool operator==(const Holdings&) const = default;
};
Holdings holdings(const projector::Reader& state);

}  // namespace qualog::demo
