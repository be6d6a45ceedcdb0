// SPDX-License-Identifier: Apache-2.0
// Method: the same work with a log and with one that is ten times as long, each in a process of its
// own; what it holds beyond mapped files may not grow by a quarter of what the log grows by.
// Control: a reader that keeps the events. Not under a sanitizer, whose own memory would be
// counted.
#include "tools/probe/memory.h"

#include "engine/log/reading.h"
#include "schema/commands.h"
#include "tests/replay/workshop.h"

#include <fmt/format.h>

namespace qualog::test {

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
const bool kIsMeasurable = false;
#else
const bool kIsMeasurable = true;
#endif

constexpr std::size_t kShort = 20'000;
constexpr std::size_t kLong = 10 * kShort;
constexpr std::size_t kInGroup = 1'000;
constexpr std::uint32_t kLength = 10'000;

fb::ActionUnion coding(std::size_t number, engine::Effects effects) {
  fb::CodingAddedT added;
  added.id = engine::new_id<ItemId>(effects);
  added.code = ItemId::parse(item(1)).value();
  added.source = ItemId::parse(item(2)).value();
  added.begin = static_cast<std::uint32_t>(number % kLength);
  added.end = *added.begin + 1 + static_cast<std::uint32_t>(number / kLength);
  return action_of(std::move(added));
}

void add_codings(engine::Owner& owner, std::size_t first, engine::Effects effects) {
  const auto id = engine::new_id<CommandId>(effects);
  const auto session = engine::new_id<SessionId>(effects);
  std::vector<fb::ActionUnion> actions;
  for (std::size_t number = first; number < first + kInGroup; ++number)
    actions.push_back(coding(number, effects));
  auto command = command_of(id, session, std::move(actions), engine::kLatest);
  BOOST_REQUIRE(owner.ask(std::move(command), "anna").outcome == engine::Outcome::accepted);
}

class Keeping final : public log::Sink {
 public:
  Result<void> event(Sequence, ByteView bytes) override {
    events_.emplace_back(bytes.begin(), bytes.end());
    return {};
  }
  Result<void> aside(AsideNumber, Sequence, ByteView) override { return {}; }
  Result<void> settled(const log::Place&, const log::Head&) override { return {}; }
  void discarded() override {}

 private:
  std::vector<Bytes> events_;
};

// A project with so many codings.
struct Coded {
  Coded(Workshop& workshop, std::size_t codings) : shop(workshop) {
    place = shop.create(fmt::format("{} codings", codings));
    Working working(place, shop.effects(), nullptr);
    working.must("anna", {code_created(1, "a code"),
                          source_created(2, "a source", std::string(2 * kLength, 'a'))});
    for (std::size_t made = 0; made < codings; made += kInGroup)
      add_codings(working.project().owner(), made, shop.effects());
  }

  std::uint64_t log_bytes() const {
    std::uint64_t bytes = 0;
    for (const auto& event : stored_events(place)) bytes += event.size();
    return bytes;
  }
  void forget_state() const {
    fs::remove_all(place.state());
    fs::remove(place.directory / "state.mark");
  }
  tools::Growth served() const {
    return tools::memory_growth([this](const auto& is_end) {
      const auto project = engine::Project::open(place, shop.effects()).value();
      const auto read = project->read().value();
      is_end();
    });
  }
  tools::Growth kept() const {
    return tools::memory_growth([this](const auto& is_end) {
      Keeping keeping;
      (void)place.log->read({}, keeping).value();
      is_end();
    });
  }

  Workshop& shop;
  engine::ProjectPlace place;
};

// A commit of a longer log touches more pages of the state, up to as many as it has rows.
struct TwoLengths {
  Workshop workshop;
  Coded few{workshop, kShort}, many{workshop, kLong};
  std::uint64_t allowed = (many.log_bytes() - few.log_bytes()) / 2;
};

// What other threads hold for a moment comes on top, now and then.
template <class Measure>
std::uint64_t least_of_three(Measure measure) {
  const auto first = measure(), second = measure(), third = measure();
  return std::min({first, second, third});
}

std::uint64_t peak_served(const Coded& project) {
  return least_of_three([&] { return project.served().peak; });
}

std::uint64_t peak_made_anew(const Coded& project) {
  return least_of_three([&] {
    project.forget_state();
    return project.served().peak;
  });
}

struct CanMeasure {
  boost::test_tools::assertion_result operator()(boost::unit_test::test_unit_id) const {
    return kIsMeasurable;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(memory, *boost::unit_test::precondition(CanMeasure()))

BOOST_FIXTURE_TEST_CASE(what_is_not_mapped_does_not_grow_with_the_log, TwoLengths) {
  BOOST_TEST_CONTEXT("opened and served")
  BOOST_TEST(peak_served(many) < peak_served(few) + allowed);
  BOOST_TEST_CONTEXT("its state made anew")
  BOOST_TEST(peak_made_anew(many) < peak_made_anew(few) + allowed);
  BOOST_TEST_CONTEXT("control: the events kept")
  BOOST_TEST(many.kept().end >= few.kept().end + allowed);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
