// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/crowd.h"

#include "engine/owner/round.h"
#include "schema/codec.h"

#include <algorithm>

namespace qualog::simulation {

namespace {
constexpr std::size_t kWaitingMax = 3;
constexpr std::size_t kAnsweredKept = 6;
}  // namespace

Crowd::Crowd(const Plan& plan, const engine::LineageKeys& keys, Audit& audit)
    : plan_(plan), keys_(keys), audit_(audit), composer_(plan) {
  Dice dice(plan.seed, 1);
  for (std::size_t number = 0; number < plan.clients; ++number) {
    auto& client = clients_.emplace_back();
    client.author.principal = person(number < plan.people ? number : dice.below(plan.people));
    client.author.session = dice.id<SessionId>();
  }
}

std::vector<Message> Crowd::act(std::size_t number, std::size_t step, const Known& known,
                                const Truth& truth, Sequence answered, Dice& dice) {
  auto& client = clients_[number];
  if (client.sleeps_until > step) return {};
  change_habits(client, step, dice);
  if (!dice.one_in(3)) client.author.looked = truth.head();
  std::optional<Message> message;
  if (client.waiting.size() < kWaitingMax && !dice.percent(plan_.habits.repeats))
    message = new_command(number, known, truth, answered, dice);
  else
    message = old_command(client, known, truth, dice);
  if (!message) return {};
  return std::vector<Message>(dice.from_to(1, plan_.network.copies_max), *message);
}

void Crowd::change_habits(Client& client, std::size_t step, Dice& dice) {
  const auto& habits = plan_.habits;
  if (dice.percent(habits.pauses)) client.sleeps_until = step + dice.from_to(5, 60);
  if (!dice.percent(habits.new_session) || !client.waiting.empty()) return;
  // Now and then somebody else's session, which is refused.
  client.author.session =
      dice.one_in(12) ? dice.one_of(clients_).author.session : dice.id<SessionId>();
}

std::optional<Message> Crowd::new_command(std::size_t number, const Known& known,
                                          const Truth& truth, Sequence answered, Dice& dice) {
  auto& author = clients_[number].author;
  if (!sent_.empty() && dice.one_in(30))
    return sends(number, composer_.again(recent_command(dice).variants.front(), author, dice),
                 answered);
  const auto bytes = composer_.compose(author, known, truth.state(), truth.head(), dice);
  if (!bytes) ++audit_.unsound;
  if (!bytes) return std::nullopt;
  return sends(number, *bytes, answered);
}

const SentCommand& Crowd::recent_command(Dice& dice) const {
  return sent_[sent_.size() - 1 - dice.below(std::min<std::size_t>(sent_.size(), 20))];
}

Message Crowd::sends(std::size_t number, const Bytes& bytes, Sequence answered) {
  auto& client = clients_[number];
  auto& sent = sent_.emplace_back();
  sent.id = flatbuffers::UnPack(*(*command_view(bytes))->command_id());
  sent.client = number;
  sent.principal = client.author.principal;
  sent.answered_before = answered;
  numbers_[sent.id] = sent_.size() - 1;
  keep(sent, bytes);
  client.waiting.push_back(sent_.size() - 1);
  client.author.own.push_back(sent.id);
  ++audit_.sent;
  return {sent_.size() - 1, 0};
}

void Crowd::keep(SentCommand& sent, const Bytes& bytes) {
  sent.digests.push_back(engine::command_digest(keys_, *unpack(**command_view(bytes))));
  sent.variants.push_back(bytes);
}

std::optional<Message> Crowd::old_command(const Client& client, const Known& known,
                                          const Truth& truth, Dice& dice) {
  const bool waits = !client.waiting.empty() && !dice.one_in(3);
  const auto& choice = waits ? client.waiting : client.answered;
  if (choice.empty()) return std::nullopt;
  const auto sent = dice.one_of(choice);
  if (!dice.percent(plan_.habits.other_bytes)) return Message{sent, 0};
  const auto variant = other_variant(sent, known, truth, dice);
  return variant ? std::optional(Message{sent, *variant}) : std::nullopt;
}

std::optional<std::size_t> Crowd::other_variant(std::size_t number, const Known& known,
                                                const Truth& truth, Dice& dice) {
  auto& sent = sent_[number];
  const auto bytes = composer_.other_bytes(sent.variants.front(), clients_[sent.client].author,
                                           known, truth.state(), dice);
  if (!bytes) return std::nullopt;
  keep(sent, *bytes);
  if (sent.digests.back() != sent.digests.front()) return sent.variants.size() - 1;
  // By chance the same command.
  sent.digests.pop_back();
  sent.variants.pop_back();
  return std::nullopt;
}

const SentCommand* Crowd::sent_under(const CommandId& id) const {
  const auto found = numbers_.find(id);
  return found == numbers_.end() ? nullptr : &sent_[found->second];
}

const fb::Command* Crowd::command_of(const CommandId& id, const Digest& digest) const {
  const auto* sent = sent_under(id);
  if (sent == nullptr) return nullptr;
  for (std::size_t n = 0; n < sent->digests.size(); ++n)
    if (sent->digests[n] == digest) return *command_view(sent->variants[n]);
  return nullptr;
}

std::vector<Message> Crowd::all_waiting() const {
  std::vector<Message> all;
  for (const auto& client : clients_)
    for (const auto sent : client.waiting) all.push_back({sent, 0});
  return all;
}

// Heard is what says how it ended, also that the id was given to other bytes.
void Crowd::hears(const Message& message, const engine::Answer& answer) {
  auto& sent = sent_[message.sent];
  const bool ended = is_outcome(answer) || (answer.outcome == engine::Outcome::error &&
                                            answer.code == Code::invalid && message.variant == 0);
  if (!ended || sent.done) return;
  sent.done = true;
  auto& client = clients_[sent.client];
  std::erase(client.waiting, message.sent);
  client.answered.push_back(message.sent);
  if (client.answered.size() > kAnsweredKept) client.answered.erase(client.answered.begin());
  if (answer.sequence) client.author.looked = std::max(client.author.looked, answer.sequence);
}

}  // namespace qualog::simulation
