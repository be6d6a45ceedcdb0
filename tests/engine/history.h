// SPDX-License-Identifier: Apache-2.0
// History: the random people's commands, one after the other, on one project, and what must be true
// of each: rules that need no knowledge of how decide works, only of what was said before. The
// audit counts what the generator has reached, so that a run that proves little is noticed.
#pragma once

#include "schema/fbs/aside_generated.h"
#include "tests/engine/random_people.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace qualog::test {

// What all histories of a run have reached.
struct Audit {
  std::set<fb::Action> sent;
  std::map<fb::Action, std::size_t> accepted;
  std::map<fb::RefusalCode, std::size_t> refused;
  std::size_t repeated = 0;
  std::size_t unsound = 0;  // never sent: the meaning checks would have stopped them
  std::size_t undone_and_back = 0;
  std::size_t versions_checked = 0;
  std::size_t leases_met = 0;
};

// Controls: what reaches the engine is not what the checks believe. Each must be noticed.
enum class Trick {
  None,
  SeesEverything,  // whatever a command has seen, it is taken to have seen the newest
  ForgetsLeases,   // every lease has run out at once
  SignsAsAnother,  // now and then somebody acts under another name
};

class History {
 public:
  explicit History(std::uint64_t seed, Audit& audit, Trick trick = Trick::None);

  // What is wrong first; nothing when all is well.
  std::optional<std::string> live(std::size_t commands);
  World& world() { return world_; }

 private:
  using Wrong = std::optional<std::string>;

  Wrong send(const Sent& sent);
  engine::Answer carry(const Sent& sent);
  Wrong check_refusal(const Sent& sent, const engine::Answer& answer, std::size_t asides);
  Wrong check_events(const Sent& sent, std::size_t first);
  Wrong check_event(const Sent& sent, const fb::EventT& event);
  Wrong check_stored(const Bytes& stored) const;
  Wrong check_authority(const Sent& sent, const fb::EventT& event);
  Wrong check_lease(const fb::EventT& event);
  Wrong check_first_writer(const Sent& sent, const fb::EventT& event);
  Wrong undo_and_back(const Sent& sent, const Digest& before);
  Wrong check_replays();
  void remember(const fb::EventT& event);

  World world_;
  Rng rng_;
  RandomPeople people_;
  Audit& audit_;
  Trick trick_;
  std::size_t middle_;  // so many events are folded before a state is opened again
  std::int64_t clock_ = 0;

  // What the events so far say, kept the simplest way.
  struct Write {
    Sequence sequence;
    SessionId session;
  };
  std::map<std::string, fb::Group> groups_;
  std::map<ItemId, std::pair<Sequence, SessionId>> leases_;
  std::map<SessionId, std::int64_t> last_record_;
  std::map<std::pair<ItemId, projector::Facet>, std::vector<Write>> writes_;
};

}  // namespace qualog::test
