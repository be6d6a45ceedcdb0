// SPDX-License-Identifier: Apache-2.0
// The inbox: what an author wrote comes back whole from the asides that it was put into.
#include "projector/query/inbox.h"

#include "projector/tables.h"
#include "tests/projector/story.h"

namespace qualog::test {

using namespace projector;

namespace {

CommandId command(std::uint8_t number) {
  CommandId id;
  id.bytes[15] = number;
  return id;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(inbox_query)

BOOST_AUTO_TEST_CASE(a_refused_draft_is_put_together_from_its_parts) {
  MemoryStore store;
  Story story(store);
  tell_sample(story);
  story.as("alice").refuse(command(1), {"[{\"a\":", "1}", "]"});
  const auto entries = inbox(store);
  BOOST_REQUIRE_EQUAL(entries.size(), 1U);
  const auto& entry = entries.front();
  BOOST_CHECK_EQUAL(entry.draft().value(), "[{\"a\":1}]");
  BOOST_CHECK_EQUAL(entry.mine.size(), 3U);
  BOOST_CHECK_EQUAL(entry.author, "alice");
  BOOST_CHECK(entry.command == command(1));
  BOOST_CHECK(entry.after_sequence == story.last());
  BOOST_CHECK(static_cast<fb::RefusalCode>(entry.code) == fb::RefusalCode::Stale);
  BOOST_CHECK_EQUAL(entry.facets.front(), "code:1.props");
  BOOST_REQUIRE(entry.winner);
  BOOST_CHECK_EQUAL(entry.winner->actor, "bob");
  BOOST_REQUIRE_EQUAL(entry.latest.size(), 1U);
  BOOST_CHECK_EQUAL(entry.latest.front().value->plain, "{}");
  BOOST_CHECK(entry.base.empty());
}

BOOST_AUTO_TEST_CASE(refusals_of_several_authors_are_told_apart) {
  MemoryStore store;
  Story story(store);
  story.as("alice").refuse(command(1), {"1", "2"});
  story.as("bob").refuse(command(2), {"3"});
  const auto last = story.as("alice").refuse(command(3), {"4"});
  BOOST_CHECK_EQUAL(inbox(store).size(), 3U);
  const auto alices = inbox(store, {.author = "alice"});
  BOOST_REQUIRE_EQUAL(alices.size(), 2U);
  BOOST_CHECK_EQUAL(alices[0].draft().value(), "12");
  BOOST_CHECK_EQUAL(alices[1].draft().value(), "4");
  BOOST_CHECK_EQUAL(inbox(store, {.command = command(2)}).front().draft().value(), "3");
  const auto later = inbox(store, {.after = last.previous()});
  BOOST_REQUIRE_EQUAL(later.size(), 1U);
  BOOST_CHECK(later.front().number == last);
}

BOOST_AUTO_TEST_CASE(what_cannot_pass_is_not_read) {
  MemoryStore store;
  Story story(store);
  const auto first = story.as("alice").refuse(command(1), {"1"});
  story.refuse(command(2), {"2", "3"});
  const auto third = story.refuse(command(3), {"4"});
  const auto fourth = story.refuse(command(4), {"5"});
  const auto spoil = [&](AsideNumber number) {
    store.put(Table::Inbox, key_of(Sequence{number.value}), view("garbage"));
  };
  spoil(first);
  BOOST_CHECK_EQUAL(inbox(store, {.after = first}).size(), 3U);
  spoil(fourth);
  BOOST_CHECK_EQUAL(inbox(store, {.command = command(2)}).front().draft().value(), "23");
  BOOST_CHECK(inbox(store, {.command = command(9)}).empty());
  BOOST_CHECK(inbox(store, {.command = command(2), .after = third}).empty());
  BOOST_CHECK_EQUAL(store.damage(), "");
}

BOOST_AUTO_TEST_CASE(a_missing_part_is_said_not_hidden) {
  MemoryStore store;
  Story story(store);
  const auto first = story.refuse(command(1), {"1", "2", "3"});
  store.erase(Table::Inbox, key_of(Sequence{first.value + 2}));
  const auto entries = inbox(store);
  BOOST_REQUIRE_EQUAL(entries.size(), 1U);
  BOOST_CHECK(entries.front().is_cut);
  BOOST_CHECK(!entries.front().draft());
  BOOST_CHECK_EQUAL(entries.front().mine.size(), 2U);
}

BOOST_AUTO_TEST_CASE(an_aside_that_cannot_be_read_is_damage) {
  MemoryStore store;
  Story story(store);
  story.refuse(command(1), {"1"});
  store.put(Table::Inbox, key_of(Sequence{9}), view("garbage"));
  BOOST_CHECK_EQUAL(inbox(store).size(), 1U);
  BOOST_CHECK_NE(store.damage(), "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
