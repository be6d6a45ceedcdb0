// SPDX-License-Identifier: Apache-2.0
// Method: stories of a file log on a simulated disk are cut at every operation, at random ones, in
// recovery, after failed syncs and several times in a row, and every image that a power cut may
// leave is opened and checked. The controls take one safeguard out and must be noticed.
#include "tests/crash/story.h"

#include <boost/test/unit_test.hpp>

#include <iostream>

namespace qualog::test {

namespace {

struct CutTally {
  std::uint64_t runs = 0;
  std::uint64_t images = 0;
  std::uint64_t wrong = 0;
  std::string first;  // what the first wrong story was, with its seeds
  void note(const std::string& where, const std::optional<std::string>& what) {
    if (what && wrong++ == 0) first = where + ": " + *what;
  }
};

Life random_life(Rng& rng, bool last) {
  Life life;
  life.acts = 1 + below(rng, 8);
  if (!last && below(rng, 10) != 0) life.dies_in = 1 + below(rng, 60);
  if (!last && below(rng, 5) < 2) {
    life.sync_fails_in = 1 + below(rng, 14);
    life.syncs_fail_again = below(rng, 4) == 0 ? 1 + below(rng, 2) : 0;
  }
  if (!last && below(rng, 10) == 0) life.write_fails_in = 1 + below(rng, 30);
  life.power_cut = below(rng, 10) < 7;
  return life;
}

// Everything at random.
void random_story(std::uint64_t seed, Weakness weakness, CutTally& tally) {
  Story story(seed, seed, weakness);
  Rng rng(seed * 31 + 7);
  std::optional<std::string> wrong;
  const auto lives = 2 + below(rng, 5);
  for (std::uint64_t n = 0; n <= lives && !wrong; ++n)
    wrong = story.live(random_life(rng, n == lives));
  ++tally.runs;
  tally.images += story.power_cuts();
  tally.note("random story, seed " + std::to_string(seed), wrong);
}

// One life, with or without a failing sync, cut at operation `cut`; the second is cut in its
// recovery, which the third must survive too.
std::uint64_t cut_story(std::uint64_t seed, std::uint64_t cut, Weakness weakness, CutTally& tally) {
  Story story(seed, seed * 1000 + cut, weakness);
  Rng rng(seed * 77 + cut);
  const Life first{.dies_in = cut,
                   .sync_fails_in = seed % 3 == 0 ? 4 + seed % 11 : 0,
                   .syncs_fail_again = seed % 6 == 0 ? std::uint64_t{1} : 0,
                   .acts = 8,
                   .power_cut = true};
  auto wrong = story.live(first);
  const auto operations = story.disk().operations();
  for (int n = 0; n < 2 && !wrong; ++n) {
    wrong = story.live({.dies_in = 1 + below(rng, 30), .acts = 2, .power_cut = true});
  }
  if (!wrong) wrong = story.live({.acts = 2});
  if (!wrong) wrong = story.live({.acts = 0});
  ++tally.runs;
  tally.images += story.power_cuts();
  tally.note("story cut at " + std::to_string(cut) + ", seed " + std::to_string(seed), wrong);
  return operations;
}

void cut_everywhere(std::uint64_t seed, Weakness weakness, CutTally& tally) {
  // Uncut, the first life has as many operations as there are places to cut.
  CutTally unused;
  const auto last = cut_story(seed, 100'000, weakness, unused);
  for (std::uint64_t cut = 1; cut <= last; ++cut) cut_story(seed, cut, weakness, tally);
}

CutTally random_stories(std::uint64_t cases, Weakness weakness) {
  CutTally tally;
  for_seeds(cases, [&](Rng&, std::uint64_t seed) { random_story(seed, weakness, tally); });
  return tally;
}

CutTally cut_stories(std::uint64_t cases, Weakness weakness) {
  CutTally tally;
  for_seeds(cases, [&](Rng&, std::uint64_t seed) { cut_everywhere(seed, weakness, tally); });
  return tally;
}

// Whether a story of the first so many seeds goes wrong without the safeguard.
bool is_noticed(std::uint64_t cases, Weakness weakness) {
  CutTally tally;
  const auto noticed = first_noticed(cases, [&](Rng&, std::uint64_t seed) {
    random_story(seed, weakness, tally);
    return tally.wrong > 0;
  });
  return noticed.has_value();
}

void report(const char* what, const CutTally& tally) {
  std::cout << what << ": " << tally.runs << " stories, " << tally.images << " images, "
            << tally.wrong << " wrong; " << tally.first << "\n";
}

}  // namespace

BOOST_AUTO_TEST_CASE(no_power_cut_at_any_operation_breaks_a_promise) {
  const auto tally = cut_stories(100, Weakness::None);
  report("cut at every operation", tally);
  BOOST_TEST(tally.wrong == 0U, tally.first);
  BOOST_TEST((tally.images >= 10'000U || !full_run()));
}

BOOST_AUTO_TEST_CASE(no_random_chain_of_crashes_and_failures_breaks_a_promise) {
  const auto tally = random_stories(6'000, Weakness::None);
  report("random", tally);
  BOOST_TEST(tally.wrong == 0U, tally.first);
  BOOST_TEST((tally.images >= 10'000U || !full_run()));
}

BOOST_AUTO_TEST_CASE(control_without_sync_is_noticed) {
  BOOST_TEST(is_noticed(300, Weakness::NoSync));
}

BOOST_AUTO_TEST_CASE(control_without_directory_sync_is_noticed) {
  BOOST_TEST(is_noticed(300, Weakness::NoDirectorySync));
}

BOOST_AUTO_TEST_CASE(control_without_rewriting_at_open_is_noticed) {
  BOOST_TEST(is_noticed(3'000, Weakness::NoRewrite));
}

BOOST_AUTO_TEST_CASE(control_that_repeats_a_failed_sync_is_noticed) {
  BOOST_TEST(is_noticed(3'000, Weakness::SyncAgain));
}

}  // namespace qualog::test
