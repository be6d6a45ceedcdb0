// SPDX-License-Identifier: Apache-2.0
// A project whose state is damaged: the state goes, the log is folded anew, and every command id is
// known as before. Damage of the log stays damage, whatever the state says. Rows are spoiled in
// place, so that the mark goes on trusting them.
#include "projector/state/open.h"
#include "projector/tables.h"
#include "tests/replay/workshop.h"

#include <fstream>

namespace qualog::test {

using projector::Table;
using projector::Trust;

namespace {

using Contents = std::map<fs::path, std::string>;

Contents contents_of(const fs::path& directory) {
  Contents contents;
  for (const auto& entry : fs::directory_iterator(directory)) {
    std::ifstream in(entry.path(), std::ios::binary);
    contents[entry.path()] = std::string(std::istreambuf_iterator<char>(in), {});
  }
  return contents;
}

// In place: every file keeps its identity.
void put_back(const Contents& contents) {
  for (const auto& [file, content] : contents) {
    fs::resize_file(file, content.size());
    std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
  }
}

class ClockAtZero final : public Clock {
 public:
  std::uint64_t now_us() override { return 0; }
};

// A project with two codes, closed.
struct Gym {
  Workshop workshop;
  engine::ProjectPlace place = workshop.create("Gym");

  Gym() { Working(place, workshop.effects(), nullptr).must("anna", {code(1), code(2)}); }

  static Act code(std::uint64_t id) { return code_created(id, "Code " + std::to_string(id)); }
  void rename() {
    Working(place, workshop.effects(), nullptr).must("anna", {code_renamed(1, "Other")});
  }
  void spoil(Table table, ByteView key) const {
    const auto state =
        good(projector::Environment::open(place.state(), projector::Environment::Mode::ReadWrite));
    const auto txn = good(projector::WriteTransaction::begin(*state));
    txn->put(table, key, view("\xFF\xFF"));
    BOOST_REQUIRE(txn->commit());
  }
  Trust trust() const { return good(projector::read_mark(place.state())); }
  std::int64_t time() {
    Working working(place, workshop.effects(), nullptr);
    return projector::clock_of(*good(working.project().read()));
  }
  // It can be opened, and its state is then what the log folds to.
  void check_whole() {
    Working working(place, workshop.effects(), nullptr);
    const auto state = good(working.project().read());
    engine::MemoryFolding folding(nullptr);
    BOOST_REQUIRE(place.log->read({}, folding));
    BOOST_TEST((projector::digests(*state) == projector::digests(folding.state())));
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(damaged_state)

BOOST_AUTO_TEST_CASE(a_state_that_was_found_damaged_is_not_trusted_again) {
  Gym gym;
  const CommandId id{UuidBytes{7}};
  const auto ask = [&] {
    return Working(gym.place, gym.workshop.effects(), nullptr).ask("anna", {Gym::code(3)}, {}, id);
  };
  gym.spoil(Table::Commands, id.view());
  const auto answer = ask();
  BOOST_TEST((answer.outcome == engine::Outcome::error));
  BOOST_TEST((answer.code == Code::damaged));
  BOOST_TEST((gym.trust() == Trust::Absent));
  BOOST_TEST((ask().outcome == engine::Outcome::accepted));
  gym.check_whole();
}

BOOST_AUTO_TEST_CASE(a_state_that_cannot_say_where_it_stands_is_made_anew) {
  Gym gym;
  gym.spoil(Table::Meta, view("applied"));
  gym.check_whole();
}

BOOST_AUTO_TEST_CASE(a_state_that_cannot_take_the_rest_of_the_log_is_made_anew) {
  Gym gym;
  auto behind = contents_of(gym.place.state());
  behind.erase(gym.place.state() / "untouched");  // else it would pass for a copy
  gym.rename();
  put_back(behind);
  gym.spoil(Table::Items, ItemId::parse(item(1))->view());
  gym.check_whole();
}

// Else project time would begin in 1970.
BOOST_AUTO_TEST_CASE(a_state_whose_time_cannot_be_read_is_made_anew) {
  Gym gym;
  const auto time = gym.time();
  gym.spoil(Table::Facts, view("clock"));
  ClockAtZero clock;
  Working(gym.place, {clock, gym.workshop.effects().random}, nullptr).must("anna", {Gym::code(3)});
  BOOST_TEST(gym.time() == time);
}

// The log has lost its end: the state alone knows.
BOOST_AUTO_TEST_CASE(a_log_set_back_below_its_state_stays_damage) {
  Gym gym;
  const auto earlier = contents_of(gym.place.directory / "log");
  gym.rename();
  put_back(earlier);
  for (int n = 0; n < 2; ++n) {
    const auto project = engine::Project::open(gym.place, gym.workshop.effects());
    BOOST_REQUIRE(!project);
    BOOST_TEST((project.error().code == Code::damaged));
  }
  BOOST_TEST((gym.trust() == Trust::Trusted));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
