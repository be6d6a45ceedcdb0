// SPDX-License-Identifier: Apache-2.0
// Method: many sessions send at once (CC_1). All are answered, nothing is applied twice, what is
// published is dense, and the state is what the log folds to.
// Rows: CC-1, ID-3.
#include "tests/engine/retries.h"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <iostream>

namespace qualog::test {

namespace {

using engine::Answer;
using engine::Outcome;

constexpr std::uint64_t kText = 1001, kShared = 1002;

// One client's n-th command: mostly additions, some edits of its own code, some of a shared one,
// which it saw when the project was young.
fb::CommandT mixed(std::uint64_t client, std::uint64_t n) {
  const std::uint64_t id = 1'000'000 * (client + 1) + n;
  const auto own = MemoryProject::item(1'000'000 * (client + 1)), text = MemoryProject::item(kText);
  const auto words = std::to_string(id);
  Action action = coded(MemoryProject::item(id), own, text, static_cast<std::uint32_t>(n % 16), 17);
  if (n == 0) action = code_created(own, "code of " + words);
  if (n % 5 == 1) action = code_described(own, words);
  if (n % 5 == 2) action = annotated(MemoryProject::item(id), text, 0, 5, words);
  if (n % 5 == 3) action = code_described(MemoryProject::item(kShared), words);
  auto command = MemoryProject::command(id, {action});
  command.session.bytes.fill(static_cast<std::uint8_t>(client + 1));
  if (n % 5 == 3) command.seen = 4;
  return command;
}

void begin(MemoryProject& project) {
  project.ask(MemoryProject::command(
      2, {source_created(MemoryProject::item(kText), "interview", "There was nobody.")}));
  project.ask(MemoryProject::command(3, {code_created(MemoryProject::item(kShared), "shared")}));
}

template <class Body>
void at_once(std::uint64_t clients, Body body) {
  std::vector<std::thread> threads;
  for (std::uint64_t client = 0; client < clients; ++client) threads.emplace_back(body, client);
  for (auto& thread : threads) thread.join();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(crowd)

BOOST_AUTO_TEST_CASE(CC_1_twenty_clients_with_five_hundred_mixed_commands_each) {
  constexpr std::uint64_t kClients = 20, kCommands = 500;
  MemoryProject project;
  begin(project);
  std::atomic<std::size_t> accepted{0}, stale{0};
  std::vector<Sequence> published;
  project.owner().subscribe([&](Sequence at, ByteView) { published.push_back(at); });
  const auto started = std::chrono::steady_clock::now();
  at_once(kClients, [&](std::uint64_t client) {
    for (std::uint64_t n = 0; n < kCommands; ++n) {
      const auto answer = project.ask(mixed(client, n));
      accepted += answer.outcome == Outcome::accepted;
      stale += answer.refusal && answer.refusal->code == fb::RefusalCode::Stale;
    }
  });
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
  std::cout << kClients * kCommands << " commands of " << kClients << " clients in "
            << seconds.count() << " s: " << accepted << " accepted, " << stale << " stale\n";
  // Of the shared code each round has one first writer; a session never loses against itself.
  BOOST_TEST(accepted + stale == kClients * kCommands);
  BOOST_TEST(accepted >= kClients * kCommands * 4 / 5);
  BOOST_TEST(stale > kClients);
  const auto head = project.log().head().sequence();
  project.close();
  BOOST_TEST((published.back() == head));
  BOOST_TEST(published.size() == head.value - 4);
  for (std::size_t n = 1; n < published.size(); ++n)
    BOOST_REQUIRE(published[n].value == published[n - 1].value + 1);
  const auto outcomes = project.outcomes();
  for (std::uint64_t client = 0; client < kClients; ++client)
    for (std::uint64_t n = 0; n < kCommands; ++n)
      BOOST_REQUIRE(outcomes.at(mixed(client, n).command_id) == 1u);
  BOOST_TEST((project.folded() == project.digests()));
}

BOOST_AUTO_TEST_CASE(ID_3_sixty_four_sessions_that_send_everything_twice_at_once) {
  constexpr std::uint64_t kClients = 64, kCommands = 20;
  MemoryProject project;
  begin(project);
  std::atomic<std::size_t> different{0}, unanswered{0};
  at_once(kClients, [&](std::uint64_t client) {
    for (std::uint64_t n = 0; n < kCommands; ++n) {
      auto first = project.send(mixed(client, n));
      const auto second = project.ask(mixed(client, n));
      unanswered += !is_outcome(second);
      different += told(first.get()) != told(second);
    }
  });
  BOOST_TEST(different == 0u);
  BOOST_TEST(unanswered == 0u);
  const auto outcomes = project.outcomes();
  BOOST_TEST(outcomes.size() >= kClients * kCommands);
  for (const auto& [command, count] : outcomes)
    BOOST_TEST(count == 1u, command.text() << " has " << count);
  BOOST_TEST((project.folded() == project.digests()));
}

BOOST_AUTO_TEST_CASE(ID_3_commands_under_way_at_once_while_the_log_fails_have_one_outcome_each) {
  for_seeds(5, [](Rng&, std::uint64_t seed) {
    MemoryProject project(seed);
    begin(project);
    project.records().set_odds(
        {.unanswered = 5, .late = 5, .drop = 5, .twice = 5, .land_held = 20});
    std::vector<fb::CommandT> commands;
    for (std::uint64_t client = 0; client < 8; ++client)
      for (std::uint64_t n = 0; n < 12; ++n) commands.push_back(mixed(client, n));
    std::vector<std::string> first(commands.size());
    for (int pass = 0; pass < 40; ++pass) {
      std::vector<std::future<Answer>> answers;
      for (const auto& command : commands) answers.push_back(project.send(command));
      bool again = pass < 20;
      for (std::size_t n = 0; n < answers.size(); ++n) {
        const auto answer = answers[n].get();
        if (!is_outcome(answer)) again = true;
        if (!is_outcome(answer)) continue;
        BOOST_TEST((first[n].empty() || first[n] == told(answer)), "QUALOG_SEED=" << seed);
        first[n] = told(answer);
      }
      if (!again) break;
      for (int tries = 0; tries < 50 && !project.open(); ++tries) {
      }
    }
    for (const auto& [command, count] : project.outcomes())
      BOOST_TEST(count == 1u, command.text() << " has " << count << ", QUALOG_SEED=" << seed);
    BOOST_TEST(std::ranges::none_of(first, &std::string::empty));
    BOOST_TEST((project.folded() == project.digests()));
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
