// SPDX-License-Identifier: Apache-2.0
// A mirror that is killed at any step and starts again: whoever counts each (project, seq) once has
// every event once and in order, as `events cat` prints it.
// Rows: IDEA-11.
#include "replay/mirror/mirror.h"

#include "replay/stream/lines.h"
#include "tests/replay/memory_row_topic.h"
#include "tests/replay/workshop.h"

#include <boost/json/parse.hpp>

#include <set>

using namespace qualog;
using namespace qualog::test;

namespace {

using Lines = std::vector<std::string>;

mirror::Mirror::Trouble no_trouble() {
  return [](const engine::ProjectPlace&, const Error& why) { BOOST_ERROR(why.message); };
}

Result<stream::RowProjector> admit(const engine::ProjectPlace& place) {
  const auto view = engine::View::open(place);
  if (!view) return view.error();
  return stream::RowProjector(place.id, {}, stream::Known::of((*view)->state()));
}

// Until everything is there, or the topic is gone. False: gone.
bool mirrored(mirror::RowTopic& topic, const std::vector<engine::ProjectPlace>& places) {
  mirror::Mirror mirror(topic, {}, &admit, no_trouble());
  if (!mirror.begin()) return false;
  for (const auto& place : places) mirror.take_up(place);
  for (bool more = true; more;) {
    const auto turn = mirror.turn();
    if (!turn) return false;
    more = turn->more;
  }
  return bool(mirror.finish());
}

// What a mirror has sent that met no trouble.
Landed sent(const std::vector<engine::ProjectPlace>& places) {
  Landed landed;
  Rng rng(1);
  MemoryRowTopic topic(landed, rng, ~std::uint64_t{0});
  BOOST_TEST(mirrored(topic, places));
  return landed;
}

// The first of each (project, seq), by project.
std::map<std::string, Lines> counted_once(const Lines& rows) {
  std::map<std::string, Lines> counted;
  std::set<std::pair<std::string, std::int64_t>> seen;
  for (const auto& row : rows) {
    const auto object = boost::json::parse(row).as_object();
    const std::string project(object.at("project_id").as_string());
    if (seen.emplace(project, object.at("seq").to_number<std::int64_t>()).second)
      counted[project].push_back(row);
  }
  return counted;
}

Lines printed(const engine::ProjectPlace& place) {
  stream::RowProjector rows(place.id, {});
  Lines lines;
  for (const auto& stored : stored_events(place)) lines.push_back(ndjson(good(rows.row(stored))));
  return lines;
}

std::map<std::string, Lines> printed(const std::vector<engine::ProjectPlace>& places) {
  std::map<std::string, Lines> all;
  for (const auto& place : places) all[place.id.text()] = printed(place);
  return all;
}

struct TwoProjects : Workshop {
  std::vector<engine::ProjectPlace> places{create("Gym"), create("Pool")};

  void begin(Rng& rng) {
    for (const auto& place : places) {
      Working working(place, effects(), nullptr);
      work(working, rng, 12);
    }
  }
  void go_on() {
    for (const auto& place : places) {
      Working working(place, effects(), nullptr);
      working.must("anna", {next_code()});
      working.must("anna", {next_code(), next_code(), next_code()});
    }
  }

 private:
  Act next_code() {
    const auto number = ++made_;
    return code_created(number, "Code " + std::to_string(number));
  }

  std::uint64_t made_ = 100'000;
};

// A life or more, each with more work before it, the last one to the end.
Landed lives(TwoProjects& world, Rng& rng, bool breaks_order) {
  Landed landed;
  for (int life = 0; life < 3; ++life) {
    if (life > 0) world.go_on();
    MemoryRowTopic mortal(landed, rng, 1 + rng() % 120, breaks_order);
    (void)mirrored(mortal, world.places);
  }
  MemoryRowTopic topic(landed, rng, ~std::uint64_t{0});
  BOOST_TEST(mirrored(topic, world.places));
  return landed;
}

// Whether whoever reads the topic has what was printed.
bool is_whole(Rng& rng, bool breaks_order) {
  TwoProjects world;
  world.begin(rng);
  const auto landed = lives(world, rng, breaks_order);
  return counted_once(landed.rows) == printed(world.places);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mirroring)

BOOST_AUTO_TEST_CASE(P18_every_event_once_and_in_order_whenever_the_mirror_is_killed) {
  for_seeds(12, [](Rng& rng, std::uint64_t seed) {
    BOOST_TEST(is_whole(rng, false), "QUALOG_SEED=" << seed);
  });
}

BOOST_AUTO_TEST_CASE(control_cursors_in_front_of_their_rows_lose_events) {
  const auto noticed =
      first_noticed(40, [](Rng& rng, std::uint64_t) { return !is_whole(rng, true); });
  BOOST_TEST(bool(noticed));
}

BOOST_AUTO_TEST_CASE(P18_nothing_is_sent_again_behind_a_kept_cursor) {
  TwoProjects world;
  auto landed = sent(world.places);
  const auto before = landed.rows.size();
  BOOST_TEST(before > 0U);
  Rng rng(1);
  MemoryRowTopic again(landed, rng, ~std::uint64_t{0});
  BOOST_TEST(mirrored(again, world.places));
  BOOST_TEST(landed.rows.size() == before);
}

BOOST_AUTO_TEST_CASE(P18_who_may_not_read_any_more_sends_no_further_row) {
  TwoProjects world;
  const auto& place = world.places.front();
  {
    Working working(place, world.effects(), nullptr);
    working.must("anna", {{"member.added", R"({"principal":"bo","group":"contributor"})"}});
    working.must("anna", {code_created(2, "Stress")});
  }
  Landed landed;
  Rng rng(1);
  MemoryRowTopic topic(landed, rng, ~std::uint64_t{0});
  std::vector<std::string> troubles;
  const auto nobody = [](const engine::ProjectPlace&) -> Result<stream::RowProjector> {
    return fail(Code::forbidden, "no member");
  };
  bool admitted = false;
  mirror::Mirror mirror(
      topic, {},
      [&](const auto& asked) {
        return std::exchange(admitted, true) ? nobody(asked) : admit(asked);
      },
      [&](const auto&, const auto& why) { troubles.push_back(why.message); });
  BOOST_REQUIRE(mirror.begin());
  mirror.take_up(place);
  for (bool more = true; more;) more = good(mirror.turn()).more;
  BOOST_TEST(troubles.size() == 1U);
  BOOST_TEST(mirror.projects() == 0U);
  const auto last = boost::json::parse(landed.rows.back()).as_object();
  BOOST_TEST(last.at("type").as_string() == "member.added");
}

BOOST_AUTO_TEST_CASE(IDEA_11_rows_of_another_kind_go_into_another_topic) {
  TwoProjects world;
  auto landed = sent({world.places.front()});
  Rng rng(1);
  MemoryRowTopic topic(landed, rng, ~std::uint64_t{0});
  mirror::Mirror other(topic, {.with_text = true}, &admit, no_trouble());
  const auto refused = other.begin();
  BOOST_REQUIRE(!refused);
  BOOST_TEST((refused.error().code == Code::invalid));
}

// A mirror, the cursor it left pointing elsewhere, and a mirror again.
std::vector<std::string> troubles_with_cursor(TwoProjects& world, const mirror::Cursor& cursor,
                                              Landed& landed) {
  Rng rng(1);
  landed.cursors[cursor.project] = cursor;
  MemoryRowTopic topic(landed, rng, ~std::uint64_t{0});
  std::vector<std::string> troubles;
  mirror::Mirror mirror(topic, {}, &admit,
                        [&](const auto&, const auto& why) { troubles.push_back(why.message); });
  BOOST_REQUIRE(mirror.begin());
  mirror.take_up(world.places.front());
  for (bool more = true; more;) more = good(mirror.turn()).more;
  BOOST_REQUIRE(mirror.finish());
  return troubles;
}

// Places of the log that a project had before it moved: of nothing, of another record, of a topic.
BOOST_AUTO_TEST_CASE(P18_a_place_of_another_log_loses_no_event) {
  for (const log::Place& place :
       {log::Place{1, 7}, log::Place{1, ~std::uint64_t{0} / 2}, log::Place{9, 4096}}) {
    TwoProjects world;
    const auto& project = world.places.front();
    auto landed = sent({project});
    auto cursor = landed.cursors.at(project.id);
    BOOST_TEST(bool(cursor.sequence));
    cursor.place = place;
    world.go_on();
    const auto troubles = troubles_with_cursor(world, cursor, landed);
    BOOST_TEST(troubles.empty(), (troubles.empty() ? "" : troubles.front()));
    BOOST_TEST(counted_once(landed.rows)[project.id.text()] == printed(project));
  }
}

// Behind the place stands more than what follows the rows that were sent.
BOOST_AUTO_TEST_CASE(P18_a_place_too_far_loses_no_event) {
  TwoProjects world;
  const auto& project = world.places.front();
  auto landed = sent({project});
  auto cursor = landed.cursors.at(project.id);
  world.go_on();
  Rng rng(1);
  MemoryRowTopic topic(landed, rng, ~std::uint64_t{0});
  BOOST_TEST(mirrored(topic, {project}));
  cursor.place = landed.cursors.at(project.id).place;
  landed.rows.resize(cursor.sequence.value);
  world.go_on();
  BOOST_TEST(troubles_with_cursor(world, cursor, landed).empty());
  BOOST_TEST(counted_once(landed.rows)[project.id.text()] == printed(project));
}

BOOST_AUTO_TEST_CASE(P18_a_log_with_fewer_events_than_were_sent_is_told) {
  TwoProjects world;
  Landed landed;
  const mirror::Cursor cursor{world.places.front().id, Sequence{900}, {5, 999}, {}};
  const auto troubles = troubles_with_cursor(world, cursor, landed);
  BOOST_TEST(troubles.size() == 1U);
  BOOST_TEST(landed.rows.empty());
}

BOOST_AUTO_TEST_CASE(P18_a_cursor_survives_its_line) {
  TwoProjects world;
  const mirror::Cursor cursor{world.places.front().id, Sequence{7}, {3, 4096}, {true, false}};
  BOOST_TEST((good(mirror::parse_cursor(text_of(cursor))) == cursor));
  const auto whole = text_of(cursor);
  const auto without_kind = whole.substr(0, whole.find(",\"with_text\"")) + "}";
  for (const std::string& wrong : {std::string(), std::string("{}"), std::string("[1]"),
                                   std::string(R"({"project_id":"x","seq":1})"), without_kind})
    BOOST_TEST((mirror::parse_cursor(wrong).error().code == Code::damaged));
}

BOOST_AUTO_TEST_SUITE_END()
