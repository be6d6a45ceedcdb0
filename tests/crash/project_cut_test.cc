// SPDX-License-Identifier: Apache-2.0
// Method: a program makes a data directory and a project and works in it; every operation on the
// disk is written down. After each of them the program dies or the power goes, and the images that
// may be left are opened by the whole engine: what was answered is there and answered alike, what
// was made is whole. The next life is cut in turn. Controls take one safeguard out of all of it.
#include "tests/crash/team.h"
#include "tests/crash/watched_disk.h"
#include "tests/engine/log/temporary_directory.h"

#include <boost/test/unit_test.hpp>

#include <cerrno>
#include <iostream>

namespace qualog::test {

namespace {

using Wrong = Team::Wrong;

std::size_t nothing() { return 0; }

// What was done in one life, and what the team knew when.
struct Lived {
  std::optional<Team> team;
  std::vector<DiskOperation> operations;
  Wrong wrong;
  std::string boot;
};

Lived live(const DiskImage& image, const Team& before, const std::string& boot, Weakness weakness,
           const Fault& fault = {}) {
  const TemporaryDirectory directory(WatchedDisk::fast_place());
  const auto root = std::filesystem::path(directory.path()) / "disk";
  image.write_to(root);
  Lived lived;
  lived.boot = boot;
  WatchedDisk disk(root, image, boot, weakness);
  lived.team.emplace(before.as_of(~std::size_t{0}, [&] { return disk.operations(); }));
  disk.fail(fault);
  lived.wrong = lived.team->live(root, {.is_faulty = fault.nth != 0, .closes = true});
  lived.operations = disk.take_operations();
  return lived;
}

struct Tally {
  std::uint64_t images = 0;
  std::uint64_t wrong = 0;
  std::string first;
  void note(const std::string& where, const Wrong& what) {
    ++images;
    if (what && wrong++ == 0) first = where + ": " + *what;
  }
};

// Cuts the life that begins with `image` after each operation; `step`: after some of them only.
// `depth`: how many lives behind it are cut too, each at one place.
void cut(const DiskImage& image, const Lived& lived, std::uint64_t step, int depth,
         const std::string& where, Weakness weakness, Rng& rng, Tally& tally) {
  DiskModel model(image);
  for (std::size_t done = 0; done <= lived.operations.size(); ++done) {
    if (done > 0) model.apply(lived.operations[done - 1], rng);
    if (below(rng, step) != 0) continue;
    const auto known = lived.team->as_of(done, &nothing);
    const bool power = below(rng, 4) != 0;
    const auto left = power ? model.after_power_cut(rng) : model.after_process_death();
    const auto boot = power ? "boot-" + std::to_string(rng()) : lived.boot;
    const auto next = live(left, known, boot, weakness);
    const auto here = where + (power ? ", cut" : ", dead") + " after " + std::to_string(done);
    tally.note(here, next.wrong);
    if (depth > 0 && !next.wrong)
      cut(left, next, next.operations.size() + 1, depth - 1, here, weakness, rng, tally);
  }
}

// The program dies after each operation; the power goes at the end of the life behind that, when
// nothing may hang on what the dead one had not made durable.
void die_then_cut(const DiskImage& image, const Lived& lived, Weakness weakness, Rng& rng,
                  Tally& tally) {
  DiskModel model(image);
  for (std::size_t done = 0; done <= lived.operations.size(); ++done) {
    if (done > 0) model.apply(lived.operations[done - 1], rng);
    if (short_run() && below(rng, 7) != 0) continue;
    const auto next =
        live(model.after_process_death(), lived.team->as_of(done, &nothing), lived.boot, weakness);
    const auto where = "dead after " + std::to_string(done);
    tally.note(where, next.wrong);
    auto whole = model;
    for (const auto& operation : next.operations) whole.apply(operation, rng);
    for (int n = 0; n < 4 && !next.wrong; ++n)
      tally.note(where + ", cut at the end",
                 live(whole.after_power_cut(rng), *next.team, "boot-2", weakness).wrong);
  }
}

const DiskImage& empty_disk() {
  static const DiskImage image;
  return image;
}

Tally cut_everywhere(std::uint64_t seed, std::uint64_t step, Weakness weakness,
                     const Fault& fault = {}) {
  Tally tally;
  Rng rng(seed);
  const auto first = live(empty_disk(), Team(&nothing, seed), "boot-1", weakness, fault);
  tally.note("the first life", first.wrong);
  cut(empty_disk(), first, step, 2, "seed " + std::to_string(seed), weakness, rng, tally);
  return tally;
}

void report(const char* what, const Tally& tally) {
  std::cout << what << ": " << tally.images << " images, " << tally.wrong << " wrong; "
            << tally.first << "\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(project_cuts)

BOOST_AUTO_TEST_CASE(P1_no_cut_of_a_whole_project_loses_what_was_answered_or_leaves_a_half) {
  for_seeds(2, [](Rng&, std::uint64_t seed) {
    const auto tally = cut_everywhere(seed, short_run() ? 7 : 1, Weakness::None);
    report("cut everywhere", tally);
    BOOST_TEST(tally.wrong == 0u, tally.first);
    BOOST_TEST((tally.images > 200u || short_run()));
  });
}

BOOST_AUTO_TEST_CASE(P1_what_a_dead_program_had_not_made_durable_the_next_one_does) {
  for_seeds(1, [](Rng& rng, std::uint64_t seed) {
    Tally tally;
    const auto first = live(empty_disk(), Team(&nothing, seed), "boot-1", Weakness::None);
    die_then_cut(empty_disk(), first, Weakness::None, rng, tally);
    report("dead, then cut", tally);
    BOOST_TEST(tally.wrong == 0u, tally.first);
  });
}

BOOST_AUTO_TEST_CASE(P1_no_cut_around_a_failed_sync_or_write_loses_what_was_answered) {
  for_seeds(12, [](Rng& rng, std::uint64_t seed) {
    const Fault fault{.call = seed % 2 == 0 ? Call::Sync : Call::Write,
                      .nth = 1 + below(rng, 60),
                      .again = below(rng, 3),
                      .error = EIO,
                      .landed = below(rng, 3) * 50};
    const auto tally = cut_everywhere(seed, short_run() ? 30 : 6, Weakness::None, fault);
    report("cut around a fault", tally);
    BOOST_TEST(tally.wrong == 0u, tally.first);
  });
}

BOOST_AUTO_TEST_CASE(control_each_safeguard_taken_out_is_noticed) {
  for (const auto weakness : {Weakness::NoSync, Weakness::NoDirectorySync}) {
    const auto tally = cut_everywhere(1, 2, weakness);
    report("control", tally);
    BOOST_TEST(tally.wrong > 0u);
  }
}

BOOST_AUTO_TEST_CASE(control_that_repeats_a_failed_sync_is_noticed) {
  Tally all;
  for (std::uint64_t nth = 8; nth < 60 && all.wrong == 0; ++nth) {
    const auto tally =
        cut_everywhere(nth, 6, Weakness::SyncAgain, {.call = Call::Sync, .nth = nth, .error = EIO});
    all.note("sync " + std::to_string(nth), tally.wrong ? Wrong(tally.first) : Wrong());
  }
  report("control, sync again", all);
  BOOST_TEST(all.wrong > 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
