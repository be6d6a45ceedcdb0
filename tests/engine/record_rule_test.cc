// SPDX-License-Identifier: Apache-2.0
// Method: each of the owner's obligations that can be seen at the owner, by its number (RR_n): what
// it owes the rule of docs/log-format.md so that an answer is never taken back. Of the others, 9
// has nothing to hand out yet and 12 is tested with the files.
// Rows: CC-2, ID-3, RR-1, RR-2, RR-3, RR-4, RR-5, RR-6, RR-7, RR-8, RR-10, RR-11.
#include "projector/query/inbox.h"
#include "schema/codec.h"
#include "tests/engine/retries.h"

#include <boost/test/unit_test.hpp>
#include <sys/resource.h>

#include <chrono>
#include <csignal>

namespace qualog::test {

namespace {

using engine::Answer;
using engine::Outcome;
using log::Fate;

const auto code = [](std::uint64_t number, std::string_view name) {
  return MemoryProject::command(number, {code_created(MemoryProject::item(1000 + number), name)});
};

bool is_open(std::future<Answer>& answer) {
  return answer.wait_for(std::chrono::seconds(0)) == std::future_status::timeout;
}

// A round that waits at the gate, so that what is queued behind it makes one round.
std::future<Answer> block(MemoryProject& project, std::uint64_t number) {
  project.log().close_gate();
  auto answered = project.send(code(number, "blocker " + std::to_string(number)));
  project.log().wait_for_append();
  return answered;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(record_rule)

BOOST_AUTO_TEST_CASE(RR_1_nobody_answers_before_an_own_fence_not_even_a_known_id) {
  MemoryProject project;
  const auto known = project.ask(code(2, "one"));
  project.close();
  project.records().script({Fate::Drop, Fate::Drop, Fate::Drop});
  BOOST_TEST(!project.open());
  BOOST_REQUIRE(project.open());
  BOOST_TEST(told(project.ask(code(2, "one"))) == told(known));
}

BOOST_AUTO_TEST_CASE(RR_2_nothing_is_appended_behind_a_record_of_which_nothing_is_known) {
  MemoryProject project;
  project.records().script({Fate::Drop, Fate::Drop});
  BOOST_TEST((project.ask(code(2, "one")).outcome == Outcome::unknown));
  const auto appends = project.log().appends();
  for (std::uint64_t n = 3; n < 6; ++n) {
    const auto answer = project.ask(code(n, "more " + std::to_string(n)));
    BOOST_TEST((answer.outcome == Outcome::error));
    BOOST_TEST((answer.code == Code::read_only));
  }
  BOOST_TEST(project.log().appends() == appends);
}

BOOST_AUTO_TEST_CASE(RR_3_RR_5_no_number_has_two_records_and_no_group_has_another_record_inside) {
  for_seeds(10, [](Rng&, std::uint64_t seed) {
    BOOST_TEST_CONTEXT("QUALOG_SEED=" << seed) {
      MemoryProject project(seed);
      project.records().set_odds({.late = 30, .twice = 20, .land_held = 10});
      const auto commands = story_of_every_outcome();
      const auto wrong = Retries(project, commands).send_all();
      BOOST_TEST(!wrong, wrong.value_or(""));
      project.records().land_held(999);
      using Number = std::tuple<std::uint64_t, std::uint64_t, std::uint32_t>;
      std::map<Number, Bytes> records;
      for (const auto& bytes : project.records().landed()) {
        log::RecordView record;
        BOOST_REQUIRE((log::decode(bytes, record) == log::Decoded::Valid));
        const auto& front = record.front;
        const auto [known, is_new] =
            records.emplace(Number{front.epoch.value, front.owner, front.index}, bytes);
        BOOST_TEST((is_new || known->second == bytes), "two records under one number");
        const auto before = records.find({front.epoch.value, front.owner, front.index - 1});
        if (front.kind != log::Kind::Batch || before == records.end()) continue;
        log::RecordView earlier;
        (void)log::decode(before->second, earlier);
        if (!earlier.front.more || front.events == 0) continue;
        const auto& event = trusted_event(log::ItemCursor(record).next());
        BOOST_TEST(event.group() != 0u);
        BOOST_TEST(event.group() < event.sequence());
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(RR_4_nothing_is_answered_shown_or_published_before_it_is_durable) {
  MemoryProject project;
  std::atomic<int> published{0};
  project.owner().subscribe([&](Sequence, ByteView) { ++published; });
  const auto before = project.digests();
  auto answered = block(project, 2);
  BOOST_TEST(is_open(answered));
  BOOST_TEST(published == 0);
  BOOST_TEST((project.digests_shown() == before));
  project.log().open_gate();
  BOOST_TEST((answered.get().outcome == Outcome::accepted));
  BOOST_TEST((project.digests() != before));
  project.close();
  BOOST_TEST(published == 1);
}

BOOST_AUTO_TEST_CASE(RR_4_a_retry_of_what_is_in_flight_waits_for_the_same_record) {
  MemoryProject project;
  auto blocker = block(project, 3);
  auto first = project.send(code(2, "absence")), second = project.send(code(2, "absence"));
  project.records().script({Fate::Land, Fate::Drop});
  project.log().open_gate();
  BOOST_TEST((blocker.get().outcome == Outcome::accepted));
  BOOST_TEST((first.get().outcome == Outcome::not_applied));
  BOOST_TEST((second.get().outcome == Outcome::not_applied));
  BOOST_TEST((project.ask(code(2, "absence")).outcome == Outcome::accepted));
  BOOST_TEST(project.outcomes()[code(2, "absence").command_id] == 1u);
}

BOOST_AUTO_TEST_CASE(RR_4_a_retry_of_what_is_durable_does_not_wait_for_the_fate_of_others) {
  MemoryProject project;
  const auto refused = MemoryProject::command(5, {code_renamed(MemoryProject::item(9), "nobody")});
  const auto accepted_first = project.ask(code(2, "absence")), refused_first = project.ask(refused);
  BOOST_TEST((refused_first.outcome == Outcome::refused));
  auto blocker = block(project, 3);
  auto lost = project.send(code(4, "presence"));
  auto again = project.send(code(2, "absence")), refused_again = project.send(refused);
  project.records().script({Fate::Land, Fate::Drop, Fate::Drop});
  project.log().open_gate();
  BOOST_TEST((lost.get().outcome == Outcome::unknown));
  BOOST_TEST(told(again.get()) == told(accepted_first));
  BOOST_TEST(told(refused_again.get()) == told(refused_first));
}

BOOST_AUTO_TEST_CASE(RR_6_a_discarded_group_takes_everything_back_and_leaves_its_id_free) {
  MemoryProject project;
  project.ask(MemoryProject::command(
      2, {source_created(MemoryProject::item(1), "interview", "There was nobody.")}));
  Actions actions = {lease_acquired(MemoryProject::item(1)),
                     code_created(MemoryProject::item(2), "one")};
  for (std::uint64_t n = 0; n < 40; ++n)
    actions.push_back(annotated(MemoryProject::item(100 + n), MemoryProject::item(1), 0, 5,
                                std::string(44'000, 'z')));
  auto group = MemoryProject::command(3, actions);
  group.session.bytes.fill(0xB0);
  const auto before = project.digests();
  const auto head = project.log().head();
  project.records().script({Fate::Land, Fate::Drop});
  BOOST_TEST((project.ask(group).outcome == Outcome::not_applied));
  BOOST_TEST((project.digests() == before));
  BOOST_TEST((project.log().head() == head));
  // The lease is nobody's, the name and the numbers are free.
  auto lease = MemoryProject::command(4, {lease_acquired(MemoryProject::item(1))});
  BOOST_TEST((project.ask(lease).outcome == Outcome::accepted));
  const auto free = project.ask(MemoryProject::command(
      5, {lease_released(MemoryProject::item(1), project.log().head().sequence())}));
  BOOST_TEST((free.outcome == Outcome::accepted));
  BOOST_TEST((project.ask(group).outcome == Outcome::accepted));
  BOOST_TEST(project.outcomes()[group.command_id] == 1u);
}

BOOST_AUTO_TEST_CASE(RR_7_not_applied_is_never_applied_and_durable_is_never_denied) {
  MemoryProject project;
  project.records().script({Fate::Late});
  BOOST_TEST((project.ask(code(2, "one")).outcome == Outcome::not_applied));
  project.records().land_held(9);
  BOOST_TEST(project.outcomes()[code(2, "one").command_id] == 0u);
  project.records().script({Fate::Unanswered});
  BOOST_TEST((project.ask(code(2, "one")).outcome == Outcome::accepted));
  BOOST_TEST((project.ask(code(3, "two")).outcome == Outcome::accepted));
  BOOST_TEST((project.folded() == project.digests()));
}

BOOST_AUTO_TEST_CASE(RR_7_an_outcome_that_cannot_be_known_is_unknown_until_opened_again) {
  for (const auto fate : {Fate::Unanswered, Fate::Drop}) {
    MemoryProject project;
    project.records().script({fate, Fate::Drop});
    BOOST_TEST((project.ask(code(2, "one")).outcome == Outcome::unknown));
    BOOST_REQUIRE(project.open());
    const auto answer = project.ask(code(2, "one"));
    BOOST_TEST((answer.outcome == Outcome::accepted));
    BOOST_TEST(answer.sequence.value == 3u);
    BOOST_TEST(project.outcomes()[code(2, "one").command_id] == 1u);
    BOOST_TEST((project.folded() == project.digests()));
  }
}

BOOST_AUTO_TEST_CASE(RR_8_what_is_no_outcome_writes_nothing_under_its_id) {
  MemoryProject project;
  const auto first = project.ask(code(2, "one"));
  const auto before = project.digests();
  const auto records = project.records().landed().size();
  auto other = MemoryProject::command(2, {code_created(MemoryProject::item(7), "other words")});
  BOOST_TEST((project.ask(other).outcome == Outcome::error));
  BOOST_TEST((project.ask(code(2, "one"), "ben").outcome == Outcome::error));
  BOOST_TEST((project.digests() == before));
  BOOST_TEST(project.records().landed().size() == records);
  BOOST_TEST(told(project.ask(code(2, "one"))) == told(first));
  // Misused while the first use was in flight and was lost: neither was applied, the id is free.
  auto blocker = block(project, 4);
  auto lost = project.send(code(3, "two"));
  other.command_id = code(3, "two").command_id;
  auto misused = project.send(other);
  project.records().script({Fate::Land, Fate::Drop});
  project.log().open_gate();
  BOOST_TEST((lost.get().outcome == Outcome::not_applied));
  BOOST_TEST((misused.get().outcome == Outcome::not_applied));
  BOOST_TEST((project.ask(other).outcome == Outcome::accepted));
}

BOOST_AUTO_TEST_CASE(RR_10_the_state_stands_where_no_group_is_open) {
  MemoryProject project;
  const auto place = engine::applied_of(*project.read());
  project.records().script({Fate::Land, Fate::Drop, Fate::Drop});
  const auto large = story_of_every_outcome()[4];
  BOOST_TEST((project.ask(large).outcome == Outcome::unknown));
  BOOST_TEST((engine::applied_of(*project.read()) == place));
  BOOST_REQUIRE(project.open());
  BOOST_TEST((project.folded() == project.digests()));
}

BOOST_AUTO_TEST_CASE(RR_11_refused_and_repeated_ids_are_remembered_by_a_state_built_anew) {
  MemoryProject project;
  std::vector<fb::CommandT> commands;
  commands.push_back(MemoryProject::command(2, {code_renamed(MemoryProject::item(9), "nobody")}));
  commands.push_back(MemoryProject::command(3, {member_added("ann", fb::Group::Owner)}));
  std::vector<std::string> first;
  for (const auto& command : commands) first.push_back(told(project.ask(command)));
  BOOST_REQUIRE(project.open(true));
  for (std::size_t n = 0; n < commands.size(); ++n)
    BOOST_TEST(told(project.ask(commands[n])) == first[n]);
}

// ---- rounds of several records ------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(a_round_of_which_a_part_is_durable_answers_each_by_its_own_record) {
  for (const bool known : {true, false}) {
    MemoryProject project;
    project.ask(MemoryProject::command(
        2, {source_created(MemoryProject::item(1), "interview", "There was nobody.")}));
    std::vector<std::uint64_t> published;
    project.owner().subscribe([&](Sequence at, ByteView) { published.push_back(at.value); });
    auto blocker = block(project, 3);
    std::vector<std::future<Answer>> answers;
    constexpr std::uint64_t kNotes = 30;
    for (std::uint64_t n = 0; n < kNotes; ++n)
      answers.push_back(project.send(MemoryProject::command(
          100 + n, {annotated(MemoryProject::item(100 + n), MemoryProject::item(1), 0, 5,
                              std::string(40'000, 'z'))})));
    auto last = MemoryProject::command(
        200, {code_renamed(MemoryProject::item(9), "refused in the last record")});
    last.session.bytes.fill(0xB0);
    answers.push_back(project.send(last));
    std::deque<Fate> script = {Fate::Land, Fate::Land, Fate::Drop};
    if (!known) script.push_back(Fate::Drop);
    project.records().script(script);
    const auto asides = project.log().head().next_aside;
    project.log().open_gate();
    std::size_t accepted = 0;
    while (accepted < answers.size() && answers[accepted].get().outcome == Outcome::accepted)
      ++accepted;
    BOOST_TEST(accepted > 5u);
    BOOST_TEST(accepted < kNotes);
    for (std::size_t n = accepted + 1; n < answers.size(); ++n)
      BOOST_TEST((answers[n].get().outcome == (known ? Outcome::not_applied : Outcome::unknown)));
    BOOST_TEST((project.folded() == project.digests()));
    BOOST_TEST((project.log().settled().next_aside == asides));
    if (!known) BOOST_REQUIRE(project.open());
    BOOST_TEST((project.ask(last).outcome == Outcome::refused));
    project.close();
    BOOST_TEST(published.size() == accepted + 1);
    for (std::size_t n = 1; n < published.size(); ++n)
      BOOST_TEST(published[n] == published[n - 1] + 1);
  }
}

BOOST_AUTO_TEST_CASE(what_came_before_an_interrupted_group_in_its_round_stands) {
  MemoryProject project;
  auto blocker = block(project, 3);
  auto before = project.send(code(14, "before"));
  auto group = project.send(story_of_every_outcome()[4]);
  auto behind = project.send(code(15, "behind"));
  project.records().script({Fate::Land, Fate::Land, Fate::Land, Fate::Drop});
  project.log().open_gate();
  BOOST_TEST((before.get().outcome == Outcome::accepted));
  BOOST_TEST((group.get().outcome == Outcome::not_applied));
  BOOST_TEST((behind.get().outcome == Outcome::not_applied));
  BOOST_TEST(told(project.ask(story_of_every_outcome()[4])) == "accepted 34");
  const auto next = project.ask(code(15, "behind"));
  BOOST_TEST((next.outcome == Outcome::accepted));
  BOOST_TEST(next.sequence.value == project.log().head().sequence().value);
  BOOST_TEST((project.folded() == project.digests()));
}

BOOST_AUTO_TEST_CASE(CC_2_an_older_value_sent_again_never_overwrites_a_newer_one) {
  MemoryProject project;
  const auto known = project.ask(code(2, "one"));
  const auto renamed = [](std::uint64_t number, std::string_view name) {
    return MemoryProject::command(number, {code_renamed(MemoryProject::item(1002), name)});
  };
  project.records().script({Fate::Drop});
  BOOST_TEST((project.ask(renamed(3, "older")).outcome == Outcome::not_applied));
  const auto early = project.ask(renamed(4, "newer"));
  BOOST_TEST((early.outcome == Outcome::not_applied));
  BOOST_TEST(early.message.find(MemoryProject::item(3).text()) != std::string::npos);
  // Nobody else waits, and what has its answer keeps it.
  auto other = renamed(5, "another's");
  other.session.bytes.fill(0xB0);
  BOOST_TEST((project.ask(other).outcome == Outcome::accepted));
  BOOST_TEST(told(project.ask(code(2, "one"))) == told(known));
  BOOST_TEST((project.ask(renamed(3, "older")).outcome == Outcome::accepted));
  BOOST_TEST((project.ask(renamed(4, "newer")).outcome == Outcome::accepted));
  const auto row = projector::item(*project.read(), MemoryProject::item(1002));
  BOOST_REQUIRE(row);
  BOOST_TEST(projector::value_of<projector::Props>(*row, projector::Facet::Props).name.plain ==
             "newer");
}

BOOST_AUTO_TEST_CASE(CC_2_a_session_that_lost_does_not_overtake_what_it_builds_on) {
  MemoryProject project;
  const auto of = [](std::uint64_t session, fb::CommandT command) {
    command.session.bytes.fill(static_cast<std::uint8_t>(session));
    return command;
  };
  const auto lost =
      of(0xB1, MemoryProject::command(2, {code_renamed(MemoryProject::item(9), "nobody")}));
  BOOST_TEST((project.ask(lost).outcome == Outcome::refused));
  auto blocker = block(project, 3);
  auto base = project.send(of(0xB2, code(4, "base")));
  auto on_it = of(0xB1, code(5, "on it"));
  on_it.after = code(4, "base").command_id;
  auto built = project.send(on_it);
  project.log().open_gate();
  BOOST_TEST((base.get().outcome == Outcome::accepted));
  BOOST_TEST((built.get().outcome == Outcome::accepted));
}

BOOST_AUTO_TEST_CASE(CC_2_a_session_that_lost_goes_first_and_keeps_its_own_order) {
  MemoryProject project;
  const auto of_ben = [](std::uint64_t number, const Actions& actions) {
    auto command = MemoryProject::command(number, actions);
    command.session.bytes.fill(0xB0);
    return command;
  };
  project.ask(of_ben(2, {code_renamed(MemoryProject::item(9), "refused")}));
  auto blocker = block(project, 3);
  auto other = project.send(code(4, "other"));
  auto first = project.send(of_ben(5, {code_created(MemoryProject::item(51), "first")}));
  auto second = project.send(of_ben(6, {code_renamed(MemoryProject::item(51), "second")}));
  project.log().open_gate();
  const auto last = other.get().sequence;
  const auto one = first.get(), two = second.get();
  BOOST_TEST((one.outcome == Outcome::accepted));
  BOOST_TEST((two.outcome == Outcome::accepted));
  BOOST_TEST(one.sequence.value < two.sequence.value);
  BOOST_TEST(two.sequence.value < last.value);
}

BOOST_AUTO_TEST_CASE(a_first_group_is_answered_by_its_own_records_not_by_its_profile) {
  MemoryProject project;
  project.ask(MemoryProject::command(2, {member_added("bo", fb::Group::Contributor)}));
  auto group = MemoryProject::command(3, {code_created(MemoryProject::item(1001), "one"),
                                          code_created(MemoryProject::item(1002), "two")});
  group.session.bytes.fill(0xB0);
  project.records().script({Fate::Land, Fate::Drop});
  BOOST_TEST((project.ask(group, "bo").outcome == Outcome::accepted));
  BOOST_TEST((project.folded() == project.digests()));
  auto next = code(4, "three");
  next.session = group.session;
  project.ask(next, "bo");
  const auto profile = projector::profile_item("bo");
  BOOST_TEST(project.read()->get(projector::Table::Items, profile.view()).has_value());
}

// ---- state, takeover, end -----------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(a_commit_of_the_state_that_fails_changes_no_answer) {
  MemoryProject project;
  BOOST_REQUIRE(project.owner().flush());
  struct rlimit before {};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  struct rlimit tight = before;
  tight.rlim_cur = 4096;
  ::setrlimit(RLIMIT_FSIZE, &tight);
  const auto answer = project.ask(code(2, "one"));
  const bool written = project.owner().flush().has_value();
  const auto next = project.ask(code(3, "two"));
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  BOOST_TEST(!written);
  BOOST_TEST((answer.outcome == Outcome::accepted));
  BOOST_TEST((next.outcome == Outcome::error));
  BOOST_REQUIRE(project.open());
  BOOST_TEST((project.folded() == project.digests()));
  BOOST_TEST(project.ask(code(2, "one")).sequence.value == answer.sequence.value);
  BOOST_TEST(project.outcomes()[code(2, "one").command_id] == 1u);
  BOOST_TEST(project.outcomes()[code(3, "two").command_id] == 0u);
}

BOOST_AUTO_TEST_CASE(ID_3_an_id_whose_answer_cannot_be_read_is_not_decided_anew) {
  const auto refused = MemoryProject::command(2, {code_renamed(MemoryProject::item(9), "nobody")});
  for (const auto table : {projector::Table::Inbox, projector::Table::Answers}) {
    MemoryProject project;
    const auto answer = project.ask(refused);
    project.close();
    auto txn = projector::WriteTransaction::begin(project.state());
    BOOST_REQUIRE(txn);
    Bytes key;
    (*txn)->scan(table, {}, [&](ByteView found, ByteView) {
      key.assign(found.begin(), found.end());
      return true;
    });
    (*txn)->put(table, key, bytes_of("what nobody wrote"));
    BOOST_REQUIRE((*txn)->commit());
    BOOST_REQUIRE(project.open());
    const auto records = project.log().appends();
    const auto again = project.ask(refused);
    BOOST_TEST((again.outcome == Outcome::error));
    BOOST_TEST((again.code == Code::damaged));
    BOOST_TEST(project.log().appends() == records);
    BOOST_REQUIRE(project.open(true));
    BOOST_TEST(told(project.ask(refused)) == told(answer));
  }
}

BOOST_AUTO_TEST_CASE(an_owner_whose_log_was_taken_over_says_so_and_takes_no_more) {
  MemoryProject project;
  SeededRandom random(77);
  engine::MemoryFolding folding(nullptr);
  const auto other = log::open_memory_log(project.records(), {}, random, folding);
  BOOST_REQUIRE(other);
  const auto answer = project.ask(code(2, "one"));
  BOOST_TEST((answer.outcome == Outcome::not_applied));
  BOOST_TEST((answer.code == Code::held));
  const auto next = project.ask(code(2, "one"));
  BOOST_TEST((next.outcome == Outcome::not_applied));
  BOOST_TEST((next.code == Code::held));
  BOOST_TEST(project.outcomes()[code(2, "one").command_id] == 0u);
}

BOOST_AUTO_TEST_CASE(a_state_never_claims_what_another_owner_has_appended_behind_its_own) {
  MemoryProject project;
  const auto before = engine::applied_of(*project.read());
  auto farther = *before;
  farther.place.offset += 5;
  farther.head.next_event.value += 3;
  project.log().pretend_settled(farther);
  BOOST_TEST((project.ask(code(2, "one")).outcome == Outcome::accepted));
  BOOST_TEST((project.ask(code(3, "two")).code == Code::held));
  BOOST_TEST((engine::applied_of(*project.read()) == before));
  BOOST_REQUIRE(project.open());
  BOOST_TEST((project.folded() == project.digests()));
}

BOOST_AUTO_TEST_CASE(what_is_submitted_to_a_stopped_owner_is_answered_all_the_same) {
  MemoryProject project;
  auto answered = block(project, 2);
  auto queued = project.send(code(3, "queued"));
  project.log().open_gate();
  project.owner().stop();
  BOOST_TEST((answered.get().outcome == Outcome::accepted));
  BOOST_TEST((queued.get().outcome == Outcome::accepted));
  const auto late = project.ask(code(4, "late"));
  BOOST_TEST((late.outcome == Outcome::error));
  BOOST_TEST((late.code == Code::read_only));
}

BOOST_AUTO_TEST_CASE(a_subscriber_may_submit) {
  MemoryProject project;
  std::promise<Answer> promise;
  bool done = false;
  project.owner().subscribe([&](Sequence, ByteView) {
    if (!std::exchange(done, true))
      project.owner().submit(
          {code(3, "two"), "ann", false, [&](const Answer& answer) { promise.set_value(answer); }});
  });
  project.ask(code(2, "one"));
  BOOST_TEST((promise.get_future().get().outcome == Outcome::accepted));
  project.close();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
