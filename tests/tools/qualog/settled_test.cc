// SPDX-License-Identifier: Apache-2.0
// What `events cat` reads beside an owner in the middle of a group: nothing of the group, until it
// is whole, and nothing ever when it is given up. The control counts the group's events in the log.
#include "engine/log/file_log.h"
#include "engine/log/posix_files.h"
#include "schema/codec.h"
#include "schema/fbs/event_generated.h"
#include "tests/replay/workshop.h"
#include "tools/qualog/support/event_lines.h"

#include <boost/test/unit_test.hpp>

using namespace qualog;
using namespace qualog::test;
using namespace qualog::tools;

namespace {

class Counting final : public log::Sink {
 public:
  Result<void> event(Sequence, ByteView) override {
    ++events;
    return {};
  }
  Result<void> aside(AsideNumber, Sequence, ByteView) override { return {}; }
  Result<void> settled(const log::Place&, const log::Head&) override { return {}; }
  void discarded() override {}

  std::uint64_t events = 0;
};

std::uint64_t events_in_log(const engine::ProjectPlace& place) {
  log::PosixFiles files;
  Counting counting;
  BOOST_REQUIRE(log::read_file_log(files, (place.directory / "log").string(), {}, counting));
  return counting.events;
}

// A group of codes, record by record, in a log that nobody else has open.
class OpenGroup {
 public:
  OpenGroup(const engine::ProjectPlace& place, engine::Effects effects)
      : last_(unpack(*good(event_view(stored_events(place).back())))) {
    Counting ignored;
    log_ = std::move(good(log::open_file_log(files_, (place.directory / "log").string(), {}, {},
                                             effects.random, ignored))
                         .log);
  }

  void append(std::uint64_t number, bool more) {
    fb::EventT event(*last_);
    event.sequence = last_->sequence + number;
    event.group = last_->sequence + 1;
    log::Batch batch;
    batch.more = more;
    pack(event, batch.events.emplace_back());
    BOOST_REQUIRE(log_->append(batch).outcome == log::Outcome::durable);
  }
  log::Log& log() { return *log_; }

 private:
  log::PosixFiles files_;
  std::unique_ptr<fb::EventT> last_;
  std::unique_ptr<log::Log> log_;
};

// Reads on where it was, as --follow does; gives the rows that came.
class Following {
 public:
  explicit Following(const engine::ProjectPlace& place)
      : lines_(rows_as_ndjson(stream::RowProjector(place.id, {}))), history_(place) {}

  std::uint64_t more() {
    std::uint64_t rows = 0;
    BOOST_REQUIRE(history_.read_on({}, [&](const replay::Stored& item) -> Result<bool> {
      QUALOG_ASSIGN(const auto line, lines_->line(item));
      rows += line.empty() ? 0 : 1;
      return true;
    }));
    return rows;
  }

 private:
  std::unique_ptr<EventLines> lines_;
  replay::History history_;
};

struct Story {
  Story() : place(workshop.create("Gym")) {
    Working(place, workshop.effects(), nullptr).must("anna", {code_created(1, "Trust")});
    settled = stored_events(place).size();
  }

  Workshop workshop;
  engine::ProjectPlace place;
  std::uint64_t settled = 0;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(settled)

BOOST_AUTO_TEST_CASE(P18_a_group_comes_whole_or_not_yet) {
  Story story;
  Following following(story.place);
  BOOST_TEST(following.more() == story.settled);
  OpenGroup group(story.place, story.workshop.effects());
  for (std::uint64_t number = 1; number <= 3; ++number) {
    group.append(number, true);
    BOOST_TEST(following.more() == 0u);
    BOOST_TEST(events_in_log(story.place) == story.settled + number);
  }
  group.append(4, false);
  BOOST_TEST(following.more() == 4u);
  BOOST_TEST(following.more() == 0u);
  BOOST_REQUIRE(group.log().close());
}

BOOST_AUTO_TEST_CASE(P3_a_group_that_was_given_up_never_comes) {
  Story story;
  Following following(story.place);
  BOOST_TEST(following.more() == story.settled);
  OpenGroup group(story.place, story.workshop.effects());
  group.append(1, true);
  group.append(2, true);
  BOOST_TEST(following.more() == 0u);
  BOOST_REQUIRE(group.log().abandon_group());
  BOOST_TEST(following.more() == 0u);
  BOOST_REQUIRE(group.log().close());
  Working(story.place, story.workshop.effects(), nullptr).must("anna", {code_created(2, "Rest")});
  BOOST_TEST(following.more() == 1u);
  BOOST_TEST(Following(story.place).more() == story.settled + 1);
}

BOOST_AUTO_TEST_SUITE_END()
