// SPDX-License-Identifier: Apache-2.0
// Method: an owner over a log that loses, delays and doubles records; every command is sent again
// until it has an outcome, and the log must hold exactly one outcome of each, the one that was
// first answered. The controls break one promise between owner and log and must be noticed.
// Rows: RR-4, RR-7.
#include "tests/engine/retries.h"

#include <boost/test/unit_test.hpp>

#include <iostream>

namespace qualog::test {

namespace {

using log::Fate;

// What each record of the story suffers, one after the other, with and without the Fence that
// would settle it.
struct Suffering {
  std::size_t record = 0;
  Fate fate = Fate::Land;
  bool fence_too = false;
};

std::vector<Suffering> every_suffering() {
  MemoryProject project;
  const auto before = project.log().appends();
  for (const auto& command : story_of_every_outcome()) project.ask(command);
  std::vector<Suffering> all;
  for (std::size_t record = 0; record < project.log().appends() - before; ++record)
    for (const auto fate : {Fate::Unanswered, Fate::Late, Fate::Drop, Fate::Twice})
      for (const bool fence_too : {false, true}) all.push_back({record, fate, fence_too});
  return all;
}

Wrong live_through(const Suffering& suffering, Breach breach) {
  MemoryProject project(suffering.record + 1, breach);
  std::deque<Fate> script(suffering.record, Fate::Land);
  script.push_back(suffering.fate);
  if (suffering.fence_too) script.push_back(Fate::Drop);
  project.records().script(script);
  const auto commands = story_of_every_outcome();
  Retries client(project, commands);
  if (auto wrong = client.send_all()) return wrong;
  project.records().land_held(99);
  if (auto wrong = client.send_all()) return wrong;
  if (auto wrong = client.check_log()) return wrong;
  // A control is to be told from its answers, not from the rows that it took away.
  return breach == Breach::None ? client.check_state() : std::nullopt;
}

Wrong live_at_random(std::uint64_t seed) {
  MemoryProject project(seed);
  project.records().set_odds(
      {.unanswered = 10, .late = 10, .drop = 10, .twice = 10, .land_held = 20});
  const auto commands = story_of_every_outcome();
  Retries client(project, commands);
  for (int n = 0; n < 2; ++n)
    if (auto wrong = client.send_all()) return wrong;
  project.records().set_odds({});
  project.records().land_held(999);
  if (!project.open()) return "a fair log cannot be opened";
  if (auto wrong = client.send_all()) return wrong;
  if (auto wrong = client.check_log()) return wrong;
  return client.check_state();
}

std::string where(const Suffering& suffering) {
  return "record " + std::to_string(suffering.record) + ", fate " +
         std::to_string(static_cast<int>(suffering.fate)) +
         (suffering.fence_too ? ", and its fence: " : ": ");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(owner)

BOOST_AUTO_TEST_CASE(RR_4_every_fate_of_every_record_ends_with_one_outcome_of_every_command) {
  const auto all = every_suffering();
  BOOST_TEST(all.size() >= 9u * 8u);
  for (const auto& suffering : all) {
    const auto wrong = live_through(suffering, Breach::None);
    BOOST_TEST(!wrong, where(suffering) << wrong.value_or(""));
  }
}

BOOST_AUTO_TEST_CASE(RR_7_a_log_that_fails_at_random_ends_with_one_outcome_of_every_command) {
  for_seeds(25, [](Rng&, std::uint64_t seed) {
    const auto wrong = live_at_random(seed);
    BOOST_TEST(!wrong, "QUALOG_SEED=" << seed << ": " << wrong.value_or(""));
  });
}

BOOST_AUTO_TEST_CASE(control_every_broken_promise_is_noticed) {
  const auto all = every_suffering();
  for (const auto breach : {Breach::AnswersEarly, Breach::DeniesUnknown, Breach::AffirmsUnknown,
                            Breach::SplitsGroups, Breach::ForgetsIds}) {
    Wrong wrong;
    for (std::size_t n = 0; n < all.size() && !wrong; ++n)
      if (wrong = live_through(all[n], breach); wrong) wrong = where(all[n]) + *wrong;
    BOOST_TEST(wrong.has_value(), "a broken promise was not noticed");
    std::cout << "control " << static_cast<int>(breach) << ": " << wrong.value_or("") << "\n";
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
