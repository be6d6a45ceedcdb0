// SPDX-License-Identifier: Apache-2.0
// Method: blobs are brought to an area on a simulated disk whose process dies, or whose power goes,
// at every operation, with failing syncs and writes; the next life is cut in turn. After each: what
// was answered is there, what is there is whole, and what was cut can be finished from where it
// stands. The controls take one safeguard out and must be noticed.
// Rows: ST-3.
#include "tests/crash/sim_disk.h"
#include "tests/crash/weak_files.h"
#include "tests/engine/blobs/uploading.h"

#include <boost/test/unit_test.hpp>

#include <iostream>

namespace qualog::test {

namespace {

using Wrong = std::optional<std::string>;

constexpr std::size_t kPiece = 1500;

struct Life {
  std::uint64_t dies_in = 0;  // 0: it lives
  std::uint64_t sync_fails_in = 0;
  std::uint64_t write_fails_in = 0;
  bool power_cut = true;
};

// A client and a disk over several lives.
class Story {
 public:
  Story(std::uint64_t seed, Weakness weakness) : rng_(seed), disk_(seed), files_(disk_, weakness) {
    for (const std::size_t size : {0UL, 700UL, 6000UL})
      contents_.push_back(random_bytes(rng_, size + below(rng_, 500)));
  }

  // Brings all of them; then the process or the power goes, and what is left is looked at.
  Wrong live(const Life& life) {
    disk_.die_in(life.dies_in);
    disk_.fail_sync(life.sync_fails_in);
    disk_.fail_write(life.write_fails_in);
    const bool is_healthy = life.dies_in == 0 && life.sync_fails_in + life.write_fails_in == 0;
    for (const auto& content : contents_)
      if (const auto wrong = bring(content, is_healthy)) return wrong;
    life.power_cut ? disk_.cut_power() : disk_.restart_process();
    return look();
  }

  std::uint64_t operations() const { return disk_.operations(); }

 private:
  engine::DirectoryBlobs store() { return {"data/blobs", files_, kPiece}; }

  // One that fails is tried once more, as a client does.
  Wrong bring(const Bytes& content, bool is_healthy) {
    auto area = store();
    auto done = put(area, content, 1 + below(rng_, kPiece));
    if (!done) done = put(area, content, 1 + below(rng_, kPiece));
    if (done) answered_.insert(sha256(content));
    if (!done && is_healthy) return "cannot be finished: " + done.error().message;
    return {};
  }

  Wrong look() {
    auto area = store();
    for (const auto& content : contents_)
      if (const auto wrong = look_at(area, content)) return wrong;
    const auto complete = area.complete();
    return complete && complete->size() <= contents_.size() ? Wrong() : "cannot be listed";
  }

  Wrong look_at(engine::DirectoryBlobs& area, const Bytes& content) {
    const auto hash = sha256(content);
    const auto read = got(area, hash);
    if (read) return *read == content ? Wrong() : "other bytes";
    if (answered_.count(hash) > 0) return "answered and lost: " + read.error().message;
    return read.error().code == Code::not_found ? Wrong() : "a half blob: " + read.error().message;
  }

  Rng rng_;
  SimDisk disk_;
  WeakFiles files_;
  std::vector<Bytes> contents_;
  std::set<Digest> answered_;
};

Life random_life(Rng& rng) {
  Life life;
  if (below(rng, 4) != 0) life.dies_in = 1 + below(rng, 60);
  if (below(rng, 4) == 0) life.sync_fails_in = 1 + below(rng, 40);
  if (below(rng, 6) == 0) life.write_fails_in = 1 + below(rng, 20);
  life.power_cut = below(rng, 3) != 0;
  return life;
}

struct Tally {
  std::uint64_t stories = 0;
  std::string wrong;  // the first one, and where

  void note(std::uint64_t seed, std::uint64_t cut, const Wrong& what) {
    ++stories;
    if (what && wrong.empty())
      wrong = "seed " + std::to_string(seed) + ", cut at " + std::to_string(cut) + ": " + *what;
  }
};

Wrong random_story(Rng& rng, std::uint64_t seed, Weakness weakness) {
  Story story(seed, weakness);
  for (std::uint64_t n = 2 + below(rng, 4); n > 0; --n)
    if (const auto wrong = story.live(random_life(rng))) return wrong;
  return story.live({});
}

// Its first life is cut at one operation, the next somewhere; the last one is whole.
Wrong cut_story(Rng& rng, std::uint64_t seed, std::uint64_t cut, Weakness weakness) {
  Story story(seed, weakness);
  if (const auto wrong = story.live({.dies_in = cut})) return wrong;
  if (const auto wrong = story.live({.dies_in = 1 + below(rng, 40), .power_cut = cut % 2 == 0}))
    return wrong;
  return story.live({});
}

void cut_everywhere(Rng& rng, std::uint64_t seed, Weakness weakness, Tally& tally) {
  Story whole(seed, weakness);
  tally.note(seed, 0, whole.live({}));
  for (std::uint64_t cut = 1; cut <= whole.operations(); ++cut)
    tally.note(seed, cut, cut_story(rng, seed, cut, weakness));
}

bool is_noticed(Weakness weakness) {
  return first_noticed(300,
                       [&](Rng& rng, std::uint64_t seed) {
                         return random_story(rng, seed, weakness).has_value();
                       })
      .has_value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(blob_cuts)

BOOST_AUTO_TEST_CASE(ST_3_no_cut_at_any_operation_loses_a_blob_or_leaves_a_half) {
  Tally tally;
  for_seeds(
      30, [&](Rng& rng, std::uint64_t seed) { cut_everywhere(rng, seed, Weakness::None, tally); });
  std::cout << "blobs, cut at every operation: " << tally.stories << " stories\n";
  BOOST_TEST(tally.wrong == "");
  BOOST_TEST((tally.stories > 1000 || !full_run()));
}

BOOST_AUTO_TEST_CASE(ST_3_no_chain_of_crashes_and_failures_loses_a_blob_or_leaves_a_half) {
  Tally tally;
  for_seeds(2000, [&](Rng& rng, std::uint64_t seed) {
    tally.note(seed, 0, random_story(rng, seed, Weakness::None));
  });
  BOOST_TEST(tally.wrong == "");
}

BOOST_AUTO_TEST_CASE(control_without_sync_is_noticed) { BOOST_TEST(is_noticed(Weakness::NoSync)); }

BOOST_AUTO_TEST_CASE(control_without_directory_sync_is_noticed) {
  BOOST_TEST(is_noticed(Weakness::NoDirectorySync));
}

BOOST_AUTO_TEST_CASE(control_that_repeats_a_failed_sync_is_noticed) {
  BOOST_TEST(is_noticed(Weakness::SyncAgain));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
