// SPDX-License-Identifier: Apache-2.0
// A state whose pages the disk could not take is never trusted again: neither when the close learns
// of it, nor when a program has crashed and the next opening is the first to learn.
#include "projector/state/open.h"
#include "tests/crash/watched_disk.h"
#include "tests/engine/log/temporary_directory.h"

#include <boost/test/unit_test.hpp>

#include <cerrno>

namespace qualog::test {

using namespace projector;

namespace {

class StateOnDisk {
 public:
  std::filesystem::path path() const { return std::filesystem::path(directory_.path()) / "state"; }

  OpenedState open() const {
    auto opened = open_state(path());
    BOOST_REQUIRE_MESSAGE(opened, opened.error().message);
    return std::move(*opened);
  }
  std::unique_ptr<Environment> with_a_row() const {
    auto opened = open();
    const auto txn = WriteTransaction::begin(*opened.environment);
    BOOST_REQUIRE(txn);
    (*txn)->put(Table::Facts, view("kept"), view("yes"));
    BOOST_REQUIRE((*txn)->commit());
    return std::move(opened.environment);
  }
  Trust trust() const {
    const auto trust = read_mark(path());
    BOOST_REQUIRE(trust);
    return *trust;
  }
  void fail_next_sync() { disk_.fail({.call = Call::Sync, .nth = 1, .error = EIO}); }

 private:
  TemporaryDirectory directory_{WatchedDisk::fast_place()};
  WatchedDisk disk_{directory_.path()};
};

bool has_row(const Environment& environment) {
  const auto txn = ReadTransaction::begin(environment);
  BOOST_REQUIRE(txn);
  return (*txn)->get(Table::Facts, view("kept")).has_value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(state_faults)

BOOST_AUTO_TEST_CASE(a_state_whose_last_sync_failed_is_not_trusted) {
  StateOnDisk state;
  auto environment = state.with_a_row();
  state.fail_next_sync();
  BOOST_TEST(!close_state(std::move(environment), state.path()));
  BOOST_TEST((state.trust() == Trust::Absent));
  BOOST_TEST(state.open().must_rebuild());
}

BOOST_AUTO_TEST_CASE(an_opening_that_is_told_of_lost_pages_makes_the_state_anew) {
  StateOnDisk state;
  state.with_a_row().reset();  // as a crash leaves it
  BOOST_TEST((state.trust() == Trust::Trusted));
  state.fail_next_sync();
  const auto opened = state.open();
  BOOST_TEST((opened.found == Trust::Unreadable));
  BOOST_TEST(!has_row(*opened.environment));
}

BOOST_AUTO_TEST_CASE(a_state_that_was_synced_is_kept) {
  StateOnDisk state;
  state.with_a_row().reset();
  BOOST_TEST(has_row(*state.open().environment));
  auto environment = state.open().environment;
  BOOST_TEST(close_state(std::move(environment), state.path()).has_value());
  BOOST_TEST(has_row(*state.open().environment));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
