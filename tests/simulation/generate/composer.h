// SPDX-License-Identifier: Apache-2.0
// Composer: the next command that somebody sends: which actions by the plan's weights, what it has
// seen, what it builds on. Gives a packed command as a client would send it; one that the meaning
// checks would stop at the door is given up. One thread.
#pragma once

#include "schema/fbs/command_generated.h"
#include "tests/simulation/generate/filler.h"
#include "tests/simulation/plan.h"

namespace qualog::simulation {

struct Author {
  std::string principal;
  SessionId session;
  Sequence looked;             // the newest event that was seen
  std::vector<CommandId> own;  // commands sent before, oldest first
};

class Composer {
 public:
  explicit Composer(const Plan& plan);

  // Nothing: there is nothing to do, or what was composed is unsound, and no server would take it.
  std::optional<Bytes> compose(const Author& author, const Known& known,
                               const projector::Reader& state, Sequence head, Dice& dice) const;
  // What somebody else has done, or the author before, done once more: as if it were not known.
  Bytes again(const Bytes& sent, const Author& author, Dice& dice) const;
  // The same id, session and look with other actions.
  std::optional<Bytes> other_bytes(const Bytes& sent, const Author& author, const Known& known,
                                   const projector::Reader& state, Dice& dice) const;

 private:
  using Builder = flatbuffers::FlatBufferBuilder;

  // Each with the sum of the weights so far.
  using Weighted = std::vector<std::pair<std::uint32_t, fb::Action>>;

  static fb::Action one_of(const Weighted& actions, Dice& dice);
  bool comes_up(fb::Action action) const;
  std::optional<fb::Action> fitting_action(const Surroundings& around, Dice& dice) const;
  std::vector<fb::Action> some_actions(const Surroundings& around, Dice& dice) const;
  std::vector<flatbuffers::Offset<fb::Proposal>> proposals(Builder& fbb, const Surroundings& around,
                                                           Dice& dice) const;
  flatbuffers::Optional<std::uint64_t> look(const Author& author, const Surroundings& around,
                                            Sequence head, Dice& dice) const;
  static std::optional<Bytes> finished(Builder& fbb, flatbuffers::Offset<fb::Command> command);

  const Plan& plan_;
  Weighted actions_;
  Weighted holding_;                   // what wants a lease
  std::vector<fb::Action> importing_;  // what only an import says
};

}  // namespace qualog::simulation
