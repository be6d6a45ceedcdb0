// SPDX-License-Identifier: Apache-2.0
// Meaning: what a log must hold beyond its bytes, checked item by item in log order: each is one
// canonical, sound FlatBuffer of its own number; time never goes back; the events of a group stand
// together and are closed together; a command id belongs to one command. What is discarded is
// forgotten. The first finding is kept. Memory: 24 bytes a command. One thread.
#pragma once

#include "engine/log/log.h"

#include <optional>
#include <string>
#include <vector>

namespace qualog::fb {
struct Event;
struct Aside;
struct CommandId;
}  // namespace qualog::fb

namespace qualog::replay {

struct Finding {
  log::Place behind;  // the end of the last settled record before the item
  Sequence sequence;  // of the last good event before it
  std::string reason;
};

class Meaning {
 public:
  // Calls in log order, as a Sink is called. The items are those of a record that passed its CRC.
  void event(Sequence sequence, ByteView stored);
  void aside(AsideNumber number, Sequence after, ByteView stored);
  void settled(const log::Place& place);
  void discarded();

  // Nothing was found so far.
  bool sound() const { return !open_.finding; }
  // The first finding; looks for command ids that were used twice. Once, at the end.
  std::optional<Finding> finish();

 private:
  struct Use {
    CommandId command;
    Sequence sequence;  // the last event before it
  };
  // What is taken back when a group is discarded.
  struct Reached {
    std::int64_t time = 0;
    std::uint64_t group = 0;  // of the last event
    bool group_closed = false;
    CommandId event_command;
    CommandId aside_command;
    std::size_t uses = 0;
    std::optional<Finding> finding;
  };

  const char* flaw_of(const fb::Event& event, Sequence sequence) const;
  void use(const fb::CommandId* id, CommandId& last, Sequence before);
  void find(Sequence before, std::string reason);
  std::optional<Finding> used_twice();

  log::Place place_;
  Reached open_;
  Reached settled_;
  std::vector<Use> uses_;
};

}  // namespace qualog::replay
