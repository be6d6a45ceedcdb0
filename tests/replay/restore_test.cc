// SPDX-License-Identifier: Apache-2.0
// Projects are restored to many of their moments and compared with what was recorded then; the old
// project must stay as it was, whatever happens. A restore that is killed at each of its effects
// must leave nothing that anybody sees.
#include "replay/restore.h"

#include "engine/log/record.h"
#include "projector/query/members.h"
#include "replay/reading/log_reading.h"
#include "schema/codec.h"
#include "schema/fbs/event_generated.h"
#include "tests/replay/crafted_log.h"
#include "tests/replay/discarded_group.h"
#include "tests/replay/workshop.h"

#include <sys/wait.h>

#include <csignal>
#include <fstream>
#include <set>
#include <unistd.h>

namespace qualog::test {

namespace {

Digest content_now(const engine::ProjectPlace& place) {
  return projector::content_digest(good(engine::View::open(place))->state());
}

engine::ProjectPlace place_of(const Workshop& workshop, const replay::Restored& restored) {
  return workshop.data().place_of(restored.id);
}

Error restore_error(Workshop& workshop, const engine::ProjectPlace& from, const std::string& at,
                    const std::string& name, const std::string& actor = "anna") {
  auto made = replay::restore(workshop.data(), {from, at, name, actor}, workshop.effects());
  BOOST_REQUIRE(!made);
  return made.error();
}

// Every record of a log keeps to what records may hold; gives how many hold part of a group.
std::size_t check_records(const engine::ProjectPlace& place) {
  std::size_t parts = 0;
  for (const auto& entry : fs::directory_iterator(place.directory / "log")) {
    if (entry.path().extension() != ".segment") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const Bytes bytes(std::istreambuf_iterator<char>(in), {});
    log::RecordView record;
    for (std::size_t at = 0; at < bytes.size(); at += record.bytes.size()) {
      if (log::decode(ByteView(bytes).subspan(at), record) != log::Decoded::Valid) break;
      BOOST_TEST(record.bytes.size() <= 512u * 1024);
      if (!record.front.more) continue;
      ++parts;
      log::ItemCursor items(record);
      std::set<std::uint64_t> groups;
      for (auto n = record.front.events; n > 0; --n)
        groups.insert(good(event_view(items.next()))->group());
      BOOST_TEST(groups.size() == 1u);
      BOOST_TEST(*groups.begin() != 0u);
    }
  }
  return parts;
}

std::size_t entries(const fs::path& directory) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(restore)

BOOST_AUTO_TEST_CASE(what_is_restored_is_what_was) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  auto record = workshop.record(place);
  Rng rng(21);
  {
    Working working(place, workshop.effects(), &record);
    work(working, rng, 80);
  }
  const auto before = workshop.verify(place);
  std::size_t parts = 0;
  for (std::uint64_t n = 1; n <= record.head(); n += 1 + below(rng, 12))
    BOOST_TEST_CONTEXT("at " << n) {
      const auto cut = record.cut(n);
      if (cut == 0) continue;
      const auto made = workshop.restore(place, std::to_string(n), "Restored " + std::to_string(n));
      BOOST_TEST(made.from_sequence.value == cut);
      BOOST_TEST((made.digest == record.at(cut).digests.content));
      const auto copy = place_of(workshop, made);
      BOOST_TEST((content_now(copy) == made.digest));
      const auto events = stored_events(copy);
      BOOST_REQUIRE_EQUAL(events.size(), made.sequence.value);
      for (std::uint64_t k = 1; k <= cut; ++k) BOOST_TEST((events[k - 1] == record.at(k).stored));
      parts += check_records(copy);
      const auto report =
          workshop.verify(copy, {true, {{Sequence{cut}, record.at(cut).chain}}, {}});
      BOOST_TEST(report.ok());
      BOOST_TEST(report.asides == 0u);
      BOOST_TEST(!report.state_replaced);
    }
  BOOST_TEST(parts > 0u);
  const auto after = workshop.verify(place);
  BOOST_TEST((after.head == before.head && after.digests == before.digests));
}

BOOST_AUTO_TEST_CASE(a_fork_says_where_it_left) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  const auto record = workshop.record(place);
  const auto made = workshop.restore(place, "2", "Copy");
  const auto events = stored_events(place_of(workshop, made));
  BOOST_REQUIRE_EQUAL(events.size(), 3u);
  const auto* event = good(event_view(events.back()));
  const auto* forked = event->action_as_ProjectForked();
  BOOST_REQUIRE(forked != nullptr);
  BOOST_TEST(event->actor()->str() == "anna");
  BOOST_TEST(forked->sequence() == 2u);
  BOOST_TEST((flatbuffers::UnPack(*forked->chain()) == record.at(2).chain));
  BOOST_TEST((forked->kind() == fb::ForkKind::Restore));
  BOOST_TEST(forked->title()->plain()->str() == "Copy");
}

// ST-9: a conflict, and the project restored to the moment before it.
BOOST_AUTO_TEST_CASE(ST_9_a_conflict_is_undone_by_restoring_the_moment_before) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  auto record = workshop.record(place);
  std::uint64_t before = 0;
  {
    Working working(place, workshop.effects(), &record);
    working.must("anna", {{"member.added", R"({"principal":"bo","group":"contributor"})"}});
    before = working.must("anna", {code_created(2, "Stress")});
    working.must("anna", {code_renamed(2, "Strain")});
    const auto lost = working.ask("bo", {code_renamed(2, "Tension")}, before);
    BOOST_REQUIRE(lost.outcome == engine::Outcome::refused);
    working.must("anna", {code_created(3, "Later")});
  }
  const auto original = workshop.verify(place);
  const auto made = workshop.restore(place, std::to_string(before), "Gym before the conflict");
  const auto then = good(replay::open_at(place, std::to_string(before)));
  BOOST_TEST((content_now(place_of(workshop, made)) == projector::content_digest(then->state())));
  const auto after = workshop.verify(place);
  BOOST_TEST((after.head == original.head && after.digests == original.digests));
  BOOST_TEST(good(workshop.data().find("Gym before the conflict")).id.text() == made.id.text());
}

// ST-1: nothing is shared between projects.
BOOST_AUTO_TEST_CASE(ST_1_damage_and_loss_of_one_project_never_touch_another) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  const auto other = workshop.create("Pool");
  {
    Working working(other, workshop.effects(), nullptr);
    working.must("anna", {code_created(2, "Stress")});
  }
  const auto fork = place_of(workshop, workshop.restore(place, "2", "Gym copy"));
  const auto digest = content_now(other), fork_digest = content_now(fork);
  flip(place.directory / "log" / "00000001.segment", 900);
  BOOST_TEST(!workshop.verify(place).ok());
  for (const auto& sound : {other, fork}) {
    BOOST_TEST(workshop.verify(sound).ok());
    Working working(sound, workshop.effects(), nullptr);
  }
  fs::remove_all(place.directory);
  BOOST_TEST((content_now(other) == digest));
  BOOST_TEST((content_now(fork) == fork_digest));
}

// PG-6, PG-9: as in a new project; and guests do not come in by themselves.
BOOST_AUTO_TEST_CASE(PG_6_PG_9_who_restores_is_owner_and_only_member_and_guests_are_out) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  {
    Working working(place, workshop.effects(), nullptr);
    working.must("anna", {{"member.added", R"({"principal":"bo","group":"owner"})"}});
    working.must("bo", {source_created(1, "Interview 1", "I swim before work.")});
    working.must("bo", {{"lease.acquired", "{\"item\":\"" + item(1) + "\"}"}});
  }
  const auto head = good(engine::View::open(place))->head();
  const auto made = workshop.restore(place, std::to_string(head.value), "Restored");
  const auto copy = place_of(workshop, made);
  {
    const auto view = good(engine::View::open(copy));
    const auto members = projector::members(view->state());
    BOOST_REQUIRE_EQUAL(members.size(), 1u);
    BOOST_TEST(members.front().principal == "anna");
    BOOST_TEST(members.front().group == static_cast<std::uint8_t>(fb::Group::Owner));
    const auto project = projector::item(view->state(), projector::kProjectItem);
    using projector::Facet;
    BOOST_TEST(!projector::value_of<projector::Guest>(*project, Facet::Guest).on);
    const auto source = projector::item(view->state(), *ItemId::parse(item(1)));
    BOOST_TEST(projector::value_of<projector::Lease>(*source, Facet::Lease).token == 0u);
  }
  Working working(copy, workshop.effects(), nullptr);
  const auto denied = working.ask("bo", {code_created(7, "Mine")});
  BOOST_REQUIRE(denied.outcome == engine::Outcome::refused);
  BOOST_TEST((denied.refusal->code == fb::RefusalCode::Denied));
  working.must("anna", {code_created(8, "Ours")});
}

BOOST_AUTO_TEST_CASE(a_retry_gets_its_first_answer_in_the_restored_project_too) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  const auto id = engine::new_id<CommandId>(workshop.effects());
  engine::Answer first;
  {
    Working working(place, workshop.effects(), nullptr);
    first = working.ask("anna", {code_created(2, "Stress")}, 2, id);
    working.must("anna", {code_renamed(2, "Strain")});
  }
  const auto made = workshop.restore(place, std::to_string(first.sequence.value), "Restored");
  Working working(place_of(workshop, made), workshop.effects(), nullptr);
  const auto again = working.ask("anna", {code_created(2, "Stress")}, 2, id);
  BOOST_TEST((again.outcome == engine::Outcome::accepted));
  BOOST_TEST(again.sequence.value == first.sequence.value);
  const auto other = working.ask("anna", {code_created(3, "Other")}, 2, id);
  BOOST_TEST((other.outcome == engine::Outcome::error));
}

BOOST_AUTO_TEST_CASE(a_fork_of_a_fork_shares_what_both_share) {
  Workshop workshop;
  auto place = workshop.create("Gym");
  const auto original = stored_events(place);
  for (int generation = 1; generation <= 4; ++generation) {
    const auto head = good(engine::View::open(place))->head().value;
    const auto made =
        workshop.restore(place, std::to_string(head), "Gym " + std::to_string(generation));
    const auto fork = place_of(workshop, made);
    BOOST_TEST(workshop.verify(fork, {true, {}, {}}).ok());
    const auto events = stored_events(fork);
    for (std::size_t n = 0; n < original.size(); ++n) BOOST_TEST((events[n] == original[n]));
    Working working(fork, workshop.effects(), nullptr);
    working.must("anna", {code_created(static_cast<std::uint64_t>(20 + generation),
                                       "Code " + std::to_string(generation))});
    place = fork;
  }
  BOOST_TEST(good(engine::View::open(place))->head().value == original.size() + 8);
}

BOOST_AUTO_TEST_CASE(what_was_discarded_is_not_restored) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  discard_group(place, workshop.effects(), 6);
  auto record = workshop.record(place);
  {
    Working working(place, workshop.effects(), &record);
    for (std::uint64_t n = 0; n < 9; ++n)
      working.must("anna", {code_created(10 + n, "Code " + std::to_string(n))});
  }
  const auto made = workshop.restore(place, "6", "Restored");
  BOOST_TEST((made.digest == record.at(6).digests.content));
  BOOST_TEST(workshop.verify(place_of(workshop, made)).ok());
}

BOOST_AUTO_TEST_CASE(only_an_owner_restores) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  {
    Working working(place, workshop.effects(), nullptr);
    working.must("anna", {{"member.added", R"({"principal":"bo","group":"contributor"})"}});
    working.must("anna", {{"member.added", R"({"principal":"cy","group":"reader"})"}});
  }
  for (const auto* actor : {"bo", "cy", "nobody", ""})
    BOOST_TEST((restore_error(workshop, place, "2", "Copy", actor).code == Code::forbidden), actor);
  BOOST_TEST(entries(workshop.data().path() / "projects") == 1u);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_restored_leaves_nothing) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  const auto head = good(engine::View::open(place))->head().value;
  BOOST_TEST((restore_error(workshop, place, "1", "Gym").code == Code::invalid));
  BOOST_TEST((restore_error(workshop, place, "1", " ").code == Code::invalid));
  BOOST_TEST((restore_error(workshop, place, "0", "Copy").code == Code::invalid));
  BOOST_TEST((restore_error(workshop, place, "soon", "Copy").code == Code::invalid));
  BOOST_TEST(
      (restore_error(workshop, place, std::to_string(head + 1), "Copy").code == Code::not_found));
  BOOST_TEST(entries(workshop.data().path() / "projects") == 1u);
}

BOOST_AUTO_TEST_CASE(a_deleted_project_can_be_restored_to_before) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  std::uint64_t last = 0;
  {
    Working working(place, workshop.effects(), nullptr);
    last = working.must("anna", {code_created(2, "Stress")});
    working.must("anna", {{"project.deleted", "{}"}});
  }
  const auto made = workshop.restore(place, std::to_string(last), "Gym again");
  Working working(place_of(workshop, made), workshop.effects(), nullptr);
  working.must("anna", {code_created(3, "Rest")});
}

BOOST_AUTO_TEST_CASE(a_damaged_project_can_be_restored_to_before_its_damage) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  auto record = workshop.record(place);
  {
    Working working(place, workshop.effects(), &record);
    for (std::uint64_t n = 0; n < 8; ++n)
      working.must("anna", {code_created(10 + n, "Code " + std::to_string(n))});
  }
  flip(place.directory / "log" / "00000001.segment", used_bytes(place) - 900);
  const auto report = workshop.verify(place);
  BOOST_REQUIRE(!report.ok());
  const auto last = report.damage.front().sequence.value;
  BOOST_REQUIRE_GT(last, 4u);
  const auto at = std::to_string(last);
  BOOST_TEST(
      (restore_error(workshop, place, std::to_string(last + 1), "Saved").code == Code::damaged));
  BOOST_TEST((restore_error(workshop, place, at, "Saved", "bo").code == Code::forbidden));
  const auto made = workshop.restore(place, at, "Saved");
  BOOST_TEST((made.digest == record.at(last).digests.content));
}

// ---- killed -------------------------------------------------------------------------------------

namespace {

// Kills its process at the n-th look.
class DeadlyRandom final : public Random {
 public:
  DeadlyRandom(Random& random, int looks) : random_(random), left_(looks) {}
  void fill(std::span<std::uint8_t> bytes) override {
    if (left_-- == 0) ::kill(::getpid(), SIGKILL);
    random_.fill(bytes);
  }

 private:
  Random& random_;
  int left_;
};

using Attempt = bool (*)(Workshop& workshop, const engine::ProjectPlace& place,
                         engine::Effects effects);

bool restoring(Workshop& workshop, const engine::ProjectPlace& place, engine::Effects effects) {
  const replay::RestoreRequest request{place, "2", "Restored", "anna"};
  return replay::restore(workshop.data(), request, effects).has_value();
}

// The broken way: a project grows where everybody looks.
bool building_in_place(Workshop& workshop, const engine::ProjectPlace&, engine::Effects effects) {
  const auto id = engine::new_id<ProjectId>(effects);
  const auto place = workshop.data().place_of(id);
  return engine::Project::create(place, engine::new_id<LineageId>(effects), effects).has_value();
}

// True: the attempt was killed; false: it came to its end.
bool killed(Workshop& workshop, const engine::ProjectPlace& place, Attempt attempt, int looks) {
  const auto child = ::fork();
  BOOST_REQUIRE(child >= 0);
  if (child == 0) {
    auto effects = workshop.effects();
    DeadlyRandom deadly(effects.random, looks);
    ::_exit(attempt(workshop, place, {effects.clock, deadly}) ? 0 : 1);
  }
  int status = 0;
  BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
  BOOST_REQUIRE(WIFSIGNALED(status) || (WIFEXITED(status) && WEXITSTATUS(status) == 0));
  // The next attempt is another project.
  (void)engine::new_id<ProjectId>(workshop.effects());
  return WIFSIGNALED(status);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_restore_that_is_killed_leaves_nothing_visible) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  const auto digest = content_now(place);
  int looks = 0;
  for (; killed(workshop, place, &restoring, looks); ++looks) {
    BOOST_TEST(workshop.data().projects().value().size() == 1u);
    BOOST_TEST((content_now(place) == digest));
    BOOST_TEST(workshop.verify(place).ok());
  }
  BOOST_TEST(looks > 4);
  BOOST_TEST(workshop.data().projects().value().size() == 2u);
}

// Control: the same kills show a project that is not whole, when it is built in its own place.
BOOST_AUTO_TEST_CASE(a_project_built_in_its_own_place_is_seen_half_made) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  std::size_t broken = 0;
  for (int looks = 0; killed(workshop, place, &building_in_place, looks); ++looks)
    for (const auto& info : workshop.data().projects().value()) broken += info.problem ? 1 : 0;
  BOOST_TEST(broken > 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
