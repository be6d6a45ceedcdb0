// SPDX-License-Identifier: Apache-2.0
// Method: a program that makes a data directory and a project and works in it meets, in one
// operation after the other of each kind, a failure of the operating system: errors, bytes that
// landed all the same, short writes, a full disk; once, or from then on. What it says must be so.
// Then it is started again, or the power goes first, and every command is sent again.
#include "tests/crash/team.h"
#include "tests/crash/watched_disk.h"
#include "tests/engine/log/temporary_directory.h"

#include <boost/test/unit_test.hpp>

#include <array>
#include <cerrno>
#include <iostream>
#include <map>

namespace qualog::test {

namespace {

using Wrong = Team::Wrong;

struct FaultTally {
  std::size_t lives = 0;
  std::size_t struck = 0;
  std::size_t wrong = 0;
  std::map<engine::Outcome, std::size_t> told;
  std::string first;
  void note(const std::string& where, const Wrong& what) {
    if (what && wrong++ == 0) first = where + ": " + *what;
  }
};

std::filesystem::path below_of(const TemporaryDirectory& directory, const char* name) {
  return std::filesystem::path(directory.path()) / name;
}

std::size_t none() { return 0; }

// The next life of a team, on an image of its disk.
Wrong live_on(const DiskImage& image, const Team& team, const std::string& boot,
              const std::filesystem::path& root, Weakness weakness = Weakness::None) {
  image.write_to(root);
  const WatchedDisk disk(root, image, boot, weakness);
  return team.as_of(~std::size_t{0}, &none).live(root, {.closes = true});
}

// One life with a fault; then one after the program has been started again, and one after the power
// has gone.
Wrong live_with(const std::function<void(WatchedDisk&)>& break_something, Weakness weakness,
                std::uint64_t seed, FaultTally& tally) {
  const TemporaryDirectory directory(WatchedDisk::fast_place());
  const auto root = below_of(directory, "first");
  std::filesystem::create_directory(root);
  std::optional<Team> team;
  DiskModel model;
  Rng rng(seed);
  {
    WatchedDisk disk(root, {}, "boot-1", weakness);
    team.emplace([&] { return disk.operations(); });
    break_something(disk);
    if (auto wrong = team->live(root, {.is_faulty = true, .closes = true})) return wrong;
    tally.struck += disk.has_struck();
    for (const auto& [outcome, count] : team->told()) tally.told[outcome] += count;
    for (const auto& operation : disk.take_operations()) model.apply(operation, rng);
  }
  ++tally.lives;
  auto wrong = live_on(model.after_process_death(), *team, "boot-1", below_of(directory, "again"));
  for (int n = 0; n < 2 && !wrong; ++n) {
    const auto name = "cut" + std::to_string(n);
    wrong = live_on(model.after_power_cut(rng), *team, "boot-2", below_of(directory, name.c_str()));
    if (wrong) wrong = "after a power cut: " + *wrong;
  }
  return wrong;
}

std::array<std::uint64_t, kCalls> calls_of_a_life() {
  const TemporaryDirectory directory(WatchedDisk::fast_place());
  WatchedDisk disk(directory.path());
  Team team([&] { return disk.operations(); });
  const auto wrong = team.live(directory.path(), {.closes = true});
  BOOST_REQUIRE_MESSAGE(!wrong, wrong.value_or(""));
  BOOST_REQUIRE(team.answers() == 10u);
  std::array<std::uint64_t, kCalls> calls{};
  for (int call = 0; call < kCalls; ++call)
    calls[static_cast<std::size_t>(call)] = disk.calls(static_cast<Call>(call));
  return calls;
}

std::string text_of(const Fault& fault) {
  return "call " + std::to_string(static_cast<int>(fault.call)) + " number " +
         std::to_string(fault.nth) + " again " + std::to_string(fault.again) + " errno " +
         std::to_string(fault.error) + " landed " + std::to_string(fault.landed);
}

// Every n-th call of a kind fails in this way.
FaultTally fail_each(const Fault& kind, std::uint64_t calls, Weakness weakness = Weakness::None) {
  FaultTally tally;
  // A run that was asked to be short takes some of them; another seed takes others.
  const std::uint64_t step = short_run() ? 7 : 1;
  for (std::uint64_t nth = 1 + env_number("QUALOG_SEED", 0) % step; nth <= calls; nth += step)
    for (const std::uint64_t again : {0U, 1U, 1'000'000U}) {
      auto fault = kind;
      fault.nth = nth;
      fault.again = again;
      tally.note(text_of(fault),
                 live_with([&](WatchedDisk& disk) { disk.fail(fault); }, weakness, nth, tally));
    }
  return tally;
}

void check(const char* what, const FaultTally& tally) {
  std::cout << what << ": " << tally.lives << " lives, " << tally.struck << " with a fault, "
            << tally.wrong << " wrong";
  for (const auto& [outcome, count] : tally.told)
    std::cout << ", " << count << " " << engine::name(outcome);
  std::cout << "; " << tally.first << "\n";
  BOOST_TEST(tally.wrong == 0u, what << ": " << tally.first);
  BOOST_TEST(tally.lives > 0u);
  // How often LMDB writes depends on which rows came together, so a life may end before its fault.
  BOOST_TEST(tally.struck * 2 >= tally.lives);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(project_faults)

BOOST_AUTO_TEST_CASE(P12_every_write_that_fails_is_told_truly_and_loses_nothing) {
  const auto writes = calls_of_a_life()[static_cast<std::size_t>(Call::Write)];
  BOOST_TEST(writes > 40u);
  const auto tally = fail_each({.call = Call::Write, .error = EIO}, writes);
  check("write fails", tally);
  for (const auto outcome : {engine::Outcome::not_applied, engine::Outcome::unknown,
                             engine::Outcome::error, engine::Outcome::accepted})
    BOOST_TEST((tally.told.contains(outcome) || short_run()), engine::name(outcome));
  check("half a write", fail_each({.call = Call::Write, .error = EIO, .landed = 50}, writes));
  check("write landed", fail_each({.call = Call::Write, .error = EIO, .landed = 100}, writes));
  check("short write",
        fail_each({.call = Call::Write, .error = ENOSPC, .landed = 50, .is_short = true}, writes));
}

BOOST_AUTO_TEST_CASE(P12_every_sync_that_fails_is_told_truly_and_loses_nothing) {
  const auto calls = calls_of_a_life();
  const auto syncs = calls[static_cast<std::size_t>(Call::Sync)];
  BOOST_TEST(syncs > 20u);
  check("sync fails", fail_each({.call = Call::Sync, .error = EIO}, syncs));
  check("directory sync fails", fail_each({.call = Call::SyncDirectory, .error = EIO},
                                          calls[static_cast<std::size_t>(Call::SyncDirectory)]));
}

BOOST_AUTO_TEST_CASE(P12_every_name_that_cannot_be_made_or_changed_is_told_truly) {
  const auto calls = calls_of_a_life();
  const auto of = [&](Call call) { return calls[static_cast<std::size_t>(call)]; };
  check("create fails", fail_each({.call = Call::Create, .error = ENOSPC}, of(Call::Create)));
  check("rename fails", fail_each({.call = Call::Rename, .error = EIO}, of(Call::Rename)));
  check("mkdir fails",
        fail_each({.call = Call::MakeDirectory, .error = ENOSPC}, of(Call::MakeDirectory)));
}

BOOST_AUTO_TEST_CASE(P12_a_disk_that_is_full_anywhere_is_told_truly_and_loses_nothing) {
  FaultTally tally;
  const std::uint64_t step = short_run() ? 7 : 1;
  for (std::uint64_t space = 0; space < 1'600'000; space += step * (space / 40 + 700))
    tally.note(
        "space " + std::to_string(space),
        live_with([&](WatchedDisk& disk) { disk.set_space(space); }, Weakness::None, space, tally));
  check("full disk", tally);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
