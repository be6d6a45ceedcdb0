// SPDX-License-Identifier: Apache-2.0
// Crowd: the clients of one history and all that they have sent. A client acts, pauses, sends the
// same again, sends other bytes under an old id, changes its session, and goes on with a command
// until it has heard its outcome. One thread.
#pragma once

#include "engine/keys.h"
#include "tests/simulation/audit.h"
#include "tests/simulation/check/answers.h"
#include "tests/simulation/generate/composer.h"

#include <optional>
#include <vector>

namespace qualog::simulation {

// One copy of a command under way.
struct Message {
  std::size_t sent = 0;  // which command
  std::size_t variant = 0;
};

struct Client {
  Author author;
  std::size_t sleeps_until = 0;       // a step
  std::vector<std::size_t> waiting;   // for the outcomes of these
  std::vector<std::size_t> answered;  // the last few
};

class Crowd {
 public:
  Crowd(const Plan& plan, const engine::LineageKeys& keys, Audit& audit);

  // What the client does at this step; often nothing.
  std::vector<Message> act(std::size_t client, std::size_t step, const Known& known,
                           const Truth& truth, Sequence answered, Dice& dice);
  // A command that the plan wants: its author is the founder.
  Message sends(std::size_t client, const Bytes& command, Sequence answered);
  // Everything whose outcome was not heard yet.
  std::vector<Message> all_waiting() const;
  void hears(const Message& message, const engine::Answer& answer);
  // Everybody has seen this event.
  void look(std::size_t client, Sequence head) { clients_[client].author.looked = head; }

  const Client& client(std::size_t number) const { return clients_[number]; }
  std::size_t size() const { return clients_.size(); }
  SentCommand& sent(std::size_t number) { return sent_[number]; }
  std::vector<SentCommand>& all_sent() { return sent_; }
  bool has_sent(const CommandId& id) const { return numbers_.contains(id); }
  // nullptr: nobody has sent it.
  const SentCommand* sent_under(const CommandId& id) const;
  // What was sent with these bytes; nullptr: nothing.
  const fb::Command* command_of(const CommandId& id, const Digest& digest) const;

 private:
  std::optional<Message> new_command(std::size_t client, const Known& known, const Truth& truth,
                                     Sequence answered, Dice& dice);
  const SentCommand& recent_command(Dice& dice) const;
  std::optional<Message> old_command(const Client& client, const Known& known, const Truth& truth,
                                     Dice& dice);
  std::optional<std::size_t> other_variant(std::size_t sent, const Known& known, const Truth& truth,
                                           Dice& dice);
  void keep(SentCommand& sent, const Bytes& bytes);
  void change_habits(Client& client, std::size_t step, Dice& dice);

  const Plan& plan_;
  const engine::LineageKeys& keys_;
  Audit& audit_;
  Composer composer_;
  std::vector<Client> clients_;
  std::vector<SentCommand> sent_;
  std::map<CommandId, std::size_t> numbers_;
};

}  // namespace qualog::simulation
