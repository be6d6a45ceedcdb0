// SPDX-License-Identifier: Apache-2.0
// RandomPeople: commands of several people with several sessions who do whatever comes to mind:
// mostly what makes sense on what is there, often on what they saw earlier, sometimes nonsense.
// Every served action and every argument of it comes up. Same seed, same commands.
#pragma once

#include "tests/engine/world.h"
#include "tests/support/seed.h"

#include <map>
#include <string>
#include <vector>

namespace qualog::test {

// A command and whose it is.
struct Sent {
  Person person;
  fb::CommandT command;
  bool trusted = false;
};

class RandomPeople {
 public:
  RandomPeople(World& world, Rng& rng) : world_(world), rng_(rng) {}

  // What begins a history: members, or an import.
  std::vector<Sent> beginning();
  Sent next();

 private:
  struct Cut {
    ItemId source;
    Edit edit;
    Sequence seen;
  };

  Actions some_actions();
  Action some_action();
  Action on_project();
  Action on_people();
  Action on_leases();
  Action on_folders();
  Action on_sources();
  Action on_codes();
  Action on_codings();
  Action on_notes();
  Action on_links();
  Action on_undo();
  Action unserved();
  Action too_large();
  Action edit_of_leased_text();

  void choose_person();
  void act_as(const SessionId& session);
  std::string somebody();
  std::optional<std::uint64_t> some_seen();
  void build_on_earlier();

  bool in(std::uint64_t percent) { return below(rng_, 100) < percent; }
  template <class Values>
  const auto& one_of(const Values& values) {
    return values[below(rng_, values.size())];
  }
  std::string name();
  std::string words();
  std::string text();
  ItemId any(std::initializer_list<projector::Kind> kinds);
  ItemId any(projector::Kind kind) { return any({kind}); }
  // Zero now and then: the root.
  ItemId maybe(projector::Kind kind, std::uint64_t percent);
  std::vector<ItemId> several(projector::Kind kind);
  ItemId a_memo();
  std::uint32_t length_of(const ItemId& source);
  ItemId waiting_for_text();
  // Mostly inside the text of the source; both or neither.
  std::pair<Position, Position> some_range(const ItemId& source, std::uint64_t whole_percent);
  void look_around();

  World& world_;
  Rng& rng_;
  Person person_;
  std::uint64_t person_number_ = 0;
  std::map<projector::Kind, std::vector<ItemId>> living_;
  std::map<projector::Kind, std::vector<ItemId>> known_;
  std::vector<std::pair<ItemId, projector::Lease>> leases_;
  std::vector<ItemId> merged_;
  std::vector<ItemId> memos_;
  std::vector<ItemId> linked_;  // memos that are linked
  Cut cut_;
  std::optional<Sequence> looked_;                         // what the command must have seen
  std::vector<std::pair<CommandId, std::uint64_t>> sent_;  // with who sent it
};

}  // namespace qualog::test
