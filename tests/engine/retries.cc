// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/retries.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

using engine::Answer;
using engine::Outcome;

namespace {
constexpr int kAttempts = 60;
}  // namespace

bool is_outcome(const Answer& answer) {
  return answer.outcome == Outcome::accepted || answer.outcome == Outcome::refused;
}

std::string told(const Answer& answer) {
  return std::string(engine::name(answer.outcome)) + " " + std::to_string(answer.sequence.value) +
         (answer.noop ? " noop" : "") +
         (answer.refusal ? " " + answer.refusal->detail : std::string());
}

Wrong Retries::send_all() {
  for (const auto& command : commands_)
    if (auto wrong = send(command)) return wrong;
  return std::nullopt;
}

Wrong Retries::send(const fb::CommandT& command) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const auto answer = project_.ask(command);
    if (auto wrong = heard(command, answer)) return wrong;
    if (is_outcome(answer)) return std::nullopt;
    if (answer.outcome != Outcome::not_applied || !project_.log().writable()) open_again();
  }
  return "no outcome after many attempts: " + command.command_id.text();
}

Wrong Retries::heard(const fb::CommandT& command, const Answer& answer) {
  const auto& id = command.command_id;
  if (answer.outcome == Outcome::not_applied && !first_.contains(id))
    if (const auto found = project_.outcomes(); found.contains(id))
      return "called not applied, and is in the log: " + id.text();
  if (answer.outcome == Outcome::not_applied && first_.contains(id))
    return "answered before, and now not applied: " + id.text();
  if (!is_outcome(answer)) return std::nullopt;
  const auto [known, is_new] = first_.emplace(id, told(answer));
  if (known->second == told(answer)) return std::nullopt;
  return "told " + known->second + ", then " + told(answer) + ": " + id.text();
}

void Retries::open_again() {
  for (int tries = 0; tries < kAttempts && !project_.open(); ++tries) {
  }
}

Wrong Retries::check_log() {
  const auto outcomes = project_.outcomes();
  for (const auto& [id, answer] : first_) {
    const auto found = outcomes.find(id);
    const auto count = found == outcomes.end() ? 0 : found->second;
    if (count != 1) return id.text() + " has " + std::to_string(count) + " outcomes in the log";
  }
  return std::nullopt;
}

Wrong Retries::check_state() {
  if (project_.folded() != project_.digests()) return "the state is not what the log holds";
  if (!project_.open(true)) return "a fair log cannot be opened";
  if (project_.folded() != project_.digests()) return "the rebuilt state is another one";
  return std::nullopt;
}

std::vector<fb::CommandT> story_of_every_outcome() {
  const auto item = &MemoryProject::item;
  std::vector<fb::CommandT> commands;
  const auto add = [&](const Actions& actions) {
    commands.push_back(MemoryProject::command(commands.size() + 2, actions));
  };
  add({code_created(item(1001), "absence")});
  add({code_created(item(1002), "Absence")});
  add({code_created(item(1003), "presence"), code_renamed(item(1001), "being away")});
  add({member_added("ann", fb::Group::Owner)});
  Actions large = {source_begun(item(1004), "interview", std::string(40'000, 'x'), 1'200'000)};
  for (std::uint32_t at = 40'000; at < 1'200'000; at += 40'000)
    large.push_back(text_supplied(item(1004), at, std::string(40'000, 'y'), 1'200'000));
  add(large);
  Actions refused;
  for (std::uint64_t n = 0; n < 25; ++n)
    refused.push_back(annotated(item(1100 + n), item(1004), 0, 5, std::string(44'000, 'z')));
  refused.push_back(code_renamed(item(999), "nothing"));
  add(refused);
  add({coded(item(1005), item(1003), item(1004), 0, 5)});
  return commands;
}

}  // namespace qualog::test
