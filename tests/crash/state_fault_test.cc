// SPDX-License-Identifier: Apache-2.0
// A state whose pages the disk could not take is never trusted again: neither when the close learns
// of it, nor when a program has crashed and the next opening is the first to learn, nor when a
// commit has left the environment unusable. One that is written compactly stands until the copy has
// its place.
// Rows: CR-1.
#include "engine/data_directory.h"
#include "projector/state/compact.h"
#include "projector/state/open.h"
#include "tests/crash/watched_disk.h"
#include "tests/engine/log/temporary_directory.h"
#include "tests/support/actions.h"
#include "tests/support/effects.h"

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
  void fail_next_sync() { fail({.call = Call::Sync, .nth = 1, .error = EIO}); }
  void fail(const Fault& fault) { disk_.fail(fault); }
  WatchedDisk& disk() { return disk_; }

 private:
  TemporaryDirectory directory_{WatchedDisk::fast_place()};
  WatchedDisk disk_{directory_.path()};
};

// A state that was closed with one row.
class ClosedState : public StateOnDisk {
 public:
  ClosedState() { BOOST_REQUIRE(close_state(with_a_row(), path()).has_value()); }
  bool is_kept() const {
    const auto opened = open();
    const auto txn = ReadTransaction::begin(*opened.environment);
    return !opened.must_rebuild() && (*txn)->get(Table::Facts, view("kept")).has_value();
  }
  bool has_leftovers() const { return std::filesystem::exists(path().string() + ".new"); }
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

BOOST_AUTO_TEST_CASE(CR_1_a_state_stands_as_it_was_where_its_compact_copy_cannot_be_marked) {
  ClosedState state;
  state.fail({});
  BOOST_REQUIRE(compact_state(state.path()).has_value());
  const auto marking = state.disk().calls(Call::Rename);  // the last of them
  state.fail({.call = Call::Rename, .nth = marking, .error = EIO});
  BOOST_TEST(!compact_state(state.path()));
  BOOST_TEST(state.disk().has_struck());
  BOOST_TEST(!state.has_leftovers());
  BOOST_TEST(state.is_kept());
}

BOOST_AUTO_TEST_CASE(CR_1_a_state_stands_as_it_was_where_it_cannot_be_swapped) {
  ClosedState state;
  state.fail({.call = Call::Swap, .nth = 1, .error = EIO});
  BOOST_TEST(!compact_state(state.path()));
  BOOST_TEST(!state.has_leftovers());
  BOOST_TEST(state.is_kept());
}

BOOST_AUTO_TEST_CASE(CR_1_a_file_system_that_cannot_swap_names_bears_a_compact_state) {
  for (const int error : {EINVAL, ENOSYS}) {
    ClosedState state;
    state.fail({.call = Call::Swap, .nth = 1, .error = error});
    BOOST_TEST(compact_state(state.path()).has_value());
    BOOST_TEST(state.disk().has_struck());
    BOOST_TEST(!state.has_leftovers());
    BOOST_TEST(state.is_kept());
  }
}

// The old one has its name until the copy has it.
BOOST_AUTO_TEST_CASE(CR_1_a_state_that_is_written_compactly_is_there_at_every_moment) {
  ClosedState state;
  DiskTree tree = state.disk().tree();
  const auto before = state.disk().operations();
  BOOST_REQUIRE(compact_state(state.path()).has_value());
  const auto operations = state.disk().take_operations();
  BOOST_REQUIRE(operations.size() > before);
  for (std::size_t n = before; n < operations.size(); ++n) {
    tree.apply(operations[n]);
    BOOST_TEST(tree.file_at("state/data.mdb").has_value(), "operation " << n);
  }
}

namespace {

fb::CommandT code_command(std::uint8_t number) {
  ItemId id;
  id.bytes[6] = 0x70;
  id.bytes[15] = number;
  SessionId session;
  session.bytes.fill(0xA1);
  return command_of(CommandId{id.bytes}, session,
                    {code_created(id, "code " + std::to_string(number))}, {});
}

// A project that meets one failed write, of its log or of its state, while it takes a command.
struct Struck {
  std::string flushed;  // why flush() failed
  bool closed = false;
  Trust trust = Trust::Trusted;
  bool caught_up = false;  // the next opening knows the command
};

Struck strike(std::uint64_t nth_write) {
  const TemporaryDirectory directory(WatchedDisk::fast_place());
  WatchedDisk disk(directory.path());
  FakeClock clock;
  SeededRandom random(1);
  const engine::Effects effects{clock, random};
  const auto path = std::filesystem::path(directory.path()) / "data";
  BOOST_REQUIRE(engine::DataDirectory::init(path));
  const auto data = engine::DataDirectory::open(path);
  BOOST_REQUIRE(data);
  const auto made = data->create("Gym", "ada", SessionId{code_command(9).session}, effects);
  BOOST_REQUIRE(made);
  const auto place = data->place_of(made->id);
  Struck struck;
  {
    auto project = engine::Project::open(place, effects);
    BOOST_REQUIRE(project);
    disk.fail({.call = Call::Write, .nth = nth_write, .error = EIO});
    (*project)->owner().ask(code_command(1), "ada");
    if (const auto flushed = (*project)->owner().flush(); !flushed)
      struck.flushed = flushed.error().message;
    disk.heal();
    struck.closed = (*project)->close().has_value();
  }
  struck.trust = read_mark(place.state()).value();
  auto project = engine::Project::open(place, effects);
  BOOST_REQUIRE_MESSAGE(project, project.error().message);
  struck.caught_up =
      (*project)->owner().ask(code_command(1), "ada").outcome == engine::Outcome::accepted;
  return struck;
}

}  // namespace

// LMDB takes nothing more after it could not write its meta page: the state is left without its
// mark, and the log is closed all the same.
BOOST_AUTO_TEST_CASE(a_project_whose_environment_panics_is_closed_and_its_state_made_anew) {
  std::size_t panics = 0;
  for (std::uint64_t nth = 1; nth <= 12; ++nth) {
    const auto struck = strike(nth);
    BOOST_TEST(struck.caught_up, "write " << nth);
    if (struck.flushed.find("MDB_PANIC") == std::string::npos) continue;
    ++panics;
    BOOST_TEST(struck.closed);
    BOOST_TEST((struck.trust == Trust::Absent));
  }
  BOOST_TEST(panics >= 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
